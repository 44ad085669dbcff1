import { SinchError, type SinchClient } from '../sinch';
import { failingTyped } from './typed-failures';

/** Whether this very number can be ordered now. */
export function isAvailable(sinch: SinchClient, phoneNumber: string): Promise<boolean> {
  return failingTyped('read', async () => {
    try {
      await sinch.getAvailableNumber(phoneNumber);
      return true;
    } catch (error) {
      if (error instanceof SinchError && error.type === 'SinchNotFound') return false;
      throw error;
    }
  });
}

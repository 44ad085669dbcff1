import { orNone, type SinchClient } from '../sinch';
import { failingTyped } from './typed-failures';

/** Whether this number can be ordered now. */
export function isAvailable(sinch: SinchClient, phoneNumber: string): Promise<boolean> {
  return failingTyped('read', async () => (await orNone(sinch.getAvailableNumber(phoneNumber))) !== undefined);
}

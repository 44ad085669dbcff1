import { SinchError } from './sinch-error';

/** Sinch's answer; undefined for its 404. Any other failure is thrown. */
export async function orNone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SinchError && error.type === 'SinchNotFound') return undefined;
    throw error;
  }
}

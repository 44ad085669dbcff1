import { SinchError } from './sinch-error';

/** What Sinch has; undefined where it says that there is no such thing. Any other failure is thrown on. */
export async function orNone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SinchError && error.type === 'SinchNotFound') return undefined;
    throw error;
  }
}

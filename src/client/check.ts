import type { Read } from '@number-orders/contract';
import type { AttachmentStore } from '../store/attachment-store';
import { InvalidRequestError, ReferenceErasedError } from './errors';

/** The request to send, with the known fields only. @throws {InvalidRequestError} when there is anything wrong */
export function check<T>({ violations, value }: Read<T>, what?: string): T {
  if (violations) throw new InvalidRequestError(violations, what);
  return value;
}

/** Only the store remembers what was erased. @throws {ReferenceErasedError} */
export async function refuseErased(store: AttachmentStore | undefined, reference: string): Promise<void> {
  if (await store?.isErased(reference)) throw new ReferenceErasedError(reference);
}

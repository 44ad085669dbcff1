import type { Violation } from '../contract';
import type { AttachmentStore } from '../store/attachment-store';
import { InvalidRequestError, ReferenceErasedError } from './errors';

/** @throws {InvalidRequestError} when there is anything wrong */
export function check(violations: Violation[], what?: string): void {
  if (violations.length > 0) throw new InvalidRequestError(violations, what);
}

/** Only the store remembers what was erased. @throws {ReferenceErasedError} */
export async function refuseErased(store: AttachmentStore | undefined, reference: string): Promise<void> {
  if (await store?.isErased(reference)) throw new ReferenceErasedError(reference);
}

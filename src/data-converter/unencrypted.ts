/**
 * Tells handlers that a value arrived in plain text although keys are set. A symbol that is not enumerable: it is neither
 * copied nor serialized, so no message can claim or deny it.
 */
const UNENCRYPTED = Symbol('arrived unencrypted');

/** The metadata under which the codec tells the converter. It never leaves this process. */
export const UNENCRYPTED_METADATA = 'number-orders/unencrypted';

export function markUnencrypted(value: unknown): void {
  if (typeof value === 'object' && value !== null) Object.defineProperty(value, UNENCRYPTED, { value: true });
}

export function arrivedUnencrypted(value: unknown): boolean {
  return typeof value === 'object' && value !== null && UNENCRYPTED in value;
}

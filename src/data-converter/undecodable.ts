/** The marker's only field. No message has a field of this name, so no validation accepts the marker as a message. */
const MARK = 'number-orders/undecodable';

/** The encoding in which the codec passes on a payload that it could not decrypt. It never leaves this process. */
export const UNDECODABLE_ENCODING = MARK;

/**
 * Why a payload could not be decoded. KEY_MISSING: it is encrypted with a key that this process lacks. MALFORMED: its content
 * does not match its encoding, was changed, or has another key with the same id. TOO_LARGE: it would inflate beyond the limit.
 * UNKNOWN_ENCODING: its encoding is not supported.
 */
export type UndecodableReason = 'KEY_MISSING' | 'MALFORMED' | 'TOO_LARGE' | 'UNKNOWN_ENCODING';

/** What is known of a payload that could not be decoded. Never its bytes: they may be personal data. */
export interface UndecodableDetails {
  reason: UndecodableReason;
  /** As named by the sender. */
  encoding: string;
  /** The id of the key it names. */
  keyId?: string;
  /**
   * Lower-case hex SHA-256 of the payload. Set if and only if decrypting failed: with other keys the same payload may be
   * readable, so its handling must not depend on when it is read.
   */
  digest?: string;
}

/** Replaces a payload that could not be decoded. */
export interface Undecodable {
  [MARK]: UndecodableDetails;
}

/** The failure type of an activity whose argument could not be decoded. */
export const UNDECODABLE_PAYLOAD_ERROR = 'UndecodablePayloadError';

const LONGEST_ENCODING = 64;

export function undecodable(details: UndecodableDetails): Undecodable {
  return { [MARK]: { ...details, encoding: details.encoding.slice(0, LONGEST_ENCODING) } };
}

export function isUndecodable(value: unknown): value is Undecodable {
  return typeof value === 'object' && value !== null && MARK in value;
}

/** Whether other keys might have read it. */
export function dependsOnKeys(value: unknown): value is Undecodable {
  return isUndecodable(value) && value[MARK].digest !== undefined;
}

export function isKeyMissing(value: unknown): value is Undecodable {
  return isUndecodable(value) && value[MARK].reason === 'KEY_MISSING';
}

/** Half a sentence for notices, refusals and errors. */
export function describeUndecodable(value: Undecodable): string {
  const { reason, encoding, keyId, digest } = value[MARK];
  switch (reason) {
    case 'KEY_MISSING':
      return `it is encrypted with the key ${keyId ?? 'of no id'}, which is not among NUMBER_ORDERS_ENCRYPTION_KEYS`;
    case 'MALFORMED':
      return digest === undefined
        ? `its content is not what its encoding, ${encoding || 'none'}, says`
        : `it was changed in transit, or its key ${keyId ?? 'of no id'} is not the one of NUMBER_ORDERS_ENCRYPTION_KEYS`;
    case 'TOO_LARGE':
      return 'it is larger, or has more parts, than any message may: send less of it, and documents as attachments';
    case 'UNKNOWN_ENCODING':
      // A sender chose its name, so it is left out of messages.
      return 'its encoding is not supported: send plain JSON, json/plain';
  }
}

/** The marker's one field. No message has a field of this name, so no validation can take the marker for a message. */
const MARK = 'number-orders/undecodable';

/** The encoding under which the codec hands over what it could not decrypt. It never leaves this process. */
export const UNDECODABLE_ENCODING = MARK;

/**
 * Why a payload could not be decoded.
 * KEY_MISSING: it is encrypted with a key that is not here. MALFORMED: its content is not what its encoding says, or was
 * changed, or its key is another of the same id. TOO_LARGE: more would become of it than is taken.
 * UNKNOWN_ENCODING: nobody here reads its encoding.
 */
export type UndecodableReason = 'KEY_MISSING' | 'MALFORMED' | 'TOO_LARGE' | 'UNKNOWN_ENCODING';

/** What is known of a payload that could not be decoded. Never its bytes: they may be personal data. */
export interface UndecodableDetails {
  reason: UndecodableReason;
  /** As the sender named it. */
  encoding: string;
  /** Of the key it names. */
  keyId?: string;
  /**
   * Lower-case hex SHA-256 of the payload. There if and only if decrypting failed: with other keys the same payload may be
   * readable, so what is done about it must not depend on when it is looked at.
   */
  digest?: string;
}

/** What stands in for a payload that could not be decoded. */
export interface Undecodable {
  [MARK]: UndecodableDetails;
}

/** The type of the failure with which an activity ends that could not read what it was given. */
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
        : `it was changed on its way, or its key ${keyId ?? 'of no id'} is not the one of NUMBER_ORDERS_ENCRYPTION_KEYS`;
    case 'TOO_LARGE':
      return 'it is larger, or has more parts, than any message may: send less of it, and documents as attachments';
    case 'UNKNOWN_ENCODING':
      // A sender chose its name: that stands in no failure's message.
      return 'its encoding is not known here: send plain JSON, json/plain';
  }
}

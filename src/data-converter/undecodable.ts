/** The marker's one field. No message has a field of this name, so no validation can take the marker for a message. */
const MARK = 'number-orders/undecodable';

/** What stands in for a payload that could not be decoded. It never holds the payload's bytes: they may be personal data. */
export interface Undecodable {
  [MARK]: {
    /** As the sender named it. */
    encoding: string;
    reason: string;
  };
}

const KNOWN_ENCODINGS = ['json/plain', 'binary/plain', 'binary/null'];
const LONGEST_ENCODING = 64;

export function undecodable(encoding: string): Undecodable {
  return {
    [MARK]: {
      encoding: encoding.slice(0, LONGEST_ENCODING),
      reason: KNOWN_ENCODINGS.includes(encoding)
        ? 'its content is not what its encoding says'
        : 'its encoding is not known here: send plain JSON',
    },
  };
}

export function isUndecodable(value: unknown): value is Undecodable {
  return typeof value === 'object' && value !== null && MARK in value;
}

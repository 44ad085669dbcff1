import {
  defaultPayloadConverter,
  METADATA_ENCODING_KEY,
  type Payload,
  type PayloadConverter,
} from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding';
import {
  describeUndecodable,
  undecodable,
  UNDECODABLE_ENCODING,
  UNDECODABLE_PAYLOAD_ERROR,
  type Undecodable,
  type UndecodableDetails,
} from './undecodable';
import { markUnencrypted, UNENCRYPTED_METADATA } from './unencrypted';

/**
 * Thrown when an activity's argument or result cannot be decoded. Temporal retries the activity or the workflow task. The name is
 * the failure's type on the wire.
 */
class UndecodablePayloadError extends Error {
  override readonly name = UNDECODABLE_PAYLOAD_ERROR;
}

const KNOWN_ENCODINGS = ['json/plain', 'binary/plain', 'binary/null'];

/**
 * The SDK's own JSON converter, but a payload that cannot be decoded becomes a marked value. A throw would fail every workflow
 * task before any handler runs, so one stray signal would wedge its order permanently. Handlers refuse the marked value like any
 * malformed argument.
 *
 * Arguments and results of activities are our own data, and must never be replaced. There it throws, and Temporal retries.
 *
 * Loaded by path, also into the workflow sandbox; the SDK wants this export's name.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value, context) => defaultPayloadConverter.toPayload(value, context),

  fromPayload<T>(payload: Payload, context?: Parameters<PayloadConverter['fromPayload']>[1]): T {
    const value = valueOf<T>(payload);
    if ('decoded' in value) {
      if (payload.metadata?.[UNENCRYPTED_METADATA]) markUnencrypted(value.decoded);
      return value.decoded;
    }
    if (context?.type === 'activity') throw new UndecodablePayloadError(describeUndecodable(value.undecodable));
    // The interface promises a T. Handlers of messages from outside check it before use.
    return value.undecodable as T;
  },
};

function valueOf<T>(payload: Payload): { decoded: T } | { undecodable: Undecodable } {
  const encoding = textOf(payload.metadata?.[METADATA_ENCODING_KEY]);
  if (encoding === UNDECODABLE_ENCODING) {
    return { undecodable: undecodable(JSON.parse(textOf(payload.data)) as UndecodableDetails) };
  }
  try {
    return { decoded: defaultPayloadConverter.fromPayload<T>(payload) };
  } catch {
    const reason = KNOWN_ENCODINGS.includes(encoding) ? 'MALFORMED' : 'UNKNOWN_ENCODING';
    return { undecodable: undecodable({ reason, encoding }) };
  }
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return bytes ? decode(bytes) : '';
}

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
 * Thrown when what an activity was given or has answered cannot be decoded. Temporal's retries repeat the activity or the
 * workflow task; the name is the failure's type on the wire.
 */
class UndecodablePayloadError extends Error {
  override readonly name = UNDECODABLE_PAYLOAD_ERROR;
}

const KNOWN_ENCODINGS = ['json/plain', 'binary/plain', 'binary/null'];

/**
 * The SDK's own JSON converter, but for one thing: what cannot be decoded becomes a marked value. A throw would fail every
 * workflow task before any handler runs, so one stray signal would wedge its order for good. Handlers refuse the marked
 * value as they refuse any malformed argument.
 *
 * What an activity was given or returned is another matter: that is our own data, and must never become something else.
 * There it throws, and is tried again.
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
    // The interface promises a T; whoever receives a message from outside checks it before use.
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

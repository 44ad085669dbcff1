import {
  defaultPayloadConverter,
  METADATA_ENCODING_KEY,
  type Payload,
  type PayloadConverter,
} from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding';
import { undecodable } from './undecodable';

/**
 * The SDK's own JSON converter, but for one thing: what cannot be decoded becomes a marked value. A throw would fail every
 * workflow task before any handler runs, so one stray signal would wedge its order for good. Handlers refuse the marked
 * value as they refuse any malformed argument.
 *
 * What an activity returned is another matter: that is our own data, already acted upon, and must never become something
 * else on replay. There the throw stands, the workflow task fails, alerts and is tried again.
 *
 * Loaded by path, also into the workflow sandbox; the SDK wants this export's name.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value, context) => defaultPayloadConverter.toPayload(value, context),

  fromPayload<T>(payload: Payload, context?: Parameters<PayloadConverter['fromPayload']>[1]): T {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload, context);
    } catch (error) {
      if (context?.type === 'activity') throw error;
      // The interface promises a T; whoever receives a message from outside checks it before use.
      return undecodable(encodingOf(payload)) as T;
    }
  },
};

function encodingOf(payload: Payload): string {
  const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
  return encoding ? decode(encoding) : '';
}

import { WorkflowClient, defaultPayloadConverter, type ConnectionLike } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';

/**
 * A client for lists that leaves memos closed: Temporal's would end the list at the first one that it cannot decode,
 * which may be another team's.
 */
export function listing(connection: ConnectionLike, namespace: string): WorkflowClient {
  const closed = defaultPayloadConverter.toPayload(undefined);
  const codec: PayloadCodec = {
    encode: (payloads) => Promise.resolve(payloads),
    decode: (payloads) => Promise.resolve(payloads.map(() => closed)),
  };
  return new WorkflowClient({ connection, namespace, dataConverter: { payloadCodecs: [codec] } });
}

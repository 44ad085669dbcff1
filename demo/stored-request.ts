import type { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { Claim } from '../local/verdict';
import { readPayloads, writePayloads } from '../src/codec-server/remote-codec';
import { workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import { encodingOf } from '../src/data-converter/encoding';
import { ENCRYPTED } from '../src/data-converter/encryption';

/** Where the codec server is, and what it wants to be shown. */
export interface CodecAccess {
  TEMPORAL_CODEC_ENDPOINT: string;
  TEMPORAL_CODEC_AUTH: string;
}

/** What Temporal has of an order's request, which holds no KYC, and what the codec server makes of it. */
export async function claimsOfEncryption(temporal: Client, reference: string, codec: CodecAccess): Promise<Claim[]> {
  const { history } = await temporal.workflowService.getWorkflowExecutionHistory({
    namespace: 'default',
    execution: { workflowId: workflowIdOf(reference) },
    maximumPageSize: 1,
  });
  const stored = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0] ?? {};
  const shown = await decode(stored, codec);
  return [
    {
      claim: `Temporal stores of ${reference}'s request: ${Buffer.from(stored.data ?? [])
        .toString('base64')
        .slice(0, 60)}…`,
      ok: encodingOf(stored) === ENCRYPTED,
    },
    { claim: `the codec server shows: ${JSON.stringify(shown)}`, ok: shown?.reference === reference },
  ];
}

/** As the Web UI and the `temporal` CLI ask for it. Undefined: the codec server refuses. */
async function decode(payload: Payload, codec: CodecAccess): Promise<NumberOrderRequest | undefined> {
  const answer = await fetch(`${codec.TEMPORAL_CODEC_ENDPOINT}/decode`, {
    method: 'POST',
    headers: { authorization: codec.TEMPORAL_CODEC_AUTH, 'content-type': 'application/json' },
    body: JSON.stringify(writePayloads([payload])),
  });
  const [decoded] = (answer.ok && readPayloads(await answer.text())) || [];
  return decoded && defaultPayloadConverter.fromPayload<NumberOrderRequest>(decoded);
}

import type { Payload } from '@temporalio/common';
import { z } from 'zod';

/** The body of Temporal's remote codec protocol, both ways: `Payloads` in protobuf's JSON form, where bytes are base64. */
const base64 = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

const payloads = z.object({
  // An empty list is left out in that form: the CLI asks so for a query without arguments.
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.optional() }))
    .default([]),
});

/** Undefined: it is not such a body. */
export function readPayloads(body: string): Payload[] | undefined {
  try {
    return payloads.parse(JSON.parse(body)).payloads.map(({ metadata, data }) => ({ metadata, data: data ?? null }));
  } catch {
    return undefined;
  }
}

export function writePayloads(payloads: readonly Payload[]) {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)])),
      ...(data && { data: text(data) }),
    })),
  };
}

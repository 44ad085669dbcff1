import type { Payload } from '@temporalio/common';
import { z } from 'zod';

/** The body of Temporal's remote codec protocol, both ways: `Payloads` in protobuf's JSON form, where bytes are base64. */
const base64 = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

const body = z.object({
  // That form omits an empty list: the CLI sends that for a query without arguments.
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.optional() }))
    .default([]),
});

/** A page of history has a few hundred. */
const MOST_PAYLOADS = 1_000;
/** Objects, lists and commas: one of our payloads has five. */
const MOST_PARTS = 10 * MOST_PAYLOADS;

/** Counted before parsing: two bytes of JSON can take fifty in memory. */
function hasTooManyParts(text: string): boolean {
  let left = MOST_PARTS;
  for (const part of ['{', '[', ',']) {
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) if (--left < 0) return true;
  }
  return false;
}

/** Thrown for a body with more payloads, or larger ones, than any page of the Web UI has. */
export class TooManyPayloadsError extends Error {
  override readonly name = 'TooManyPayloadsError';
}

/**
 * Undefined: it is not such a body.
 * @throws {TooManyPayloadsError}
 */
export function readPayloads(text: string): Payload[] | undefined {
  if (hasTooManyParts(text)) throw new TooManyPayloadsError();
  const { payloads } = body.safeParse(jsonIn(text)).data ?? {};
  if (payloads && payloads.length > MOST_PAYLOADS) throw new TooManyPayloadsError();
  return payloads?.map(({ metadata, data }) => ({ metadata, data: data ?? null }));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
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

import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { METADATA_ENCODING_KEY, type Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import { temporal } from '@temporalio/proto';
import { encodingOf } from './encoding';

/** The encoding of a payload that contains another one, as deflated protobuf. */
const DEFLATED = 'binary/zlib';
/** Padding in the metadata of such a payload: see {@link LARGEST_FACTOR}. */
const PADDING = 'padding';

/** Below this size compression gains little. */
const WORTH_DEFLATING_BYTES = 1024;
/** Twice Temporal's limit for a payload. */
const MOST_INFLATED_BYTES = 4 * 1024 * 1024;
/** The limit for a list together. Pages of the Web UI need it; lists of orders have few payloads. */
const MOST_INFLATED_TOGETHER_BYTES = 16 * 1024 * 1024;
/**
 * A payload inflates to at most this many times its size; one that deflates better is padded. So a worker's memory for a history
 * is bounded by the history's size, which Temporal limits, however many messages it has.
 */
const LARGEST_FACTOR = 4;
/** Smaller payloads may inflate by any factor: Temporal limits a run to 10,000 signals. */
const ANY_FACTOR_BYTES = 16 * 1024;

const { Payload: PayloadProto } = temporal.api.common.v1;
const deflated = promisify<Uint8Array, Buffer>(deflate);
const inflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

/** How far the payloads of one list may still inflate. Depends only on the list, so that replay decides alike. */
export interface Allowance {
  bytes: number;
}

export function allowanceOfList(): Allowance {
  return { bytes: MOST_INFLATED_TOGETHER_BYTES };
}

/** Thrown when a payload would inflate beyond the limit. */
export class InflatesTooFarError extends Error {
  override readonly name = 'InflatesTooFarError';
}

/** A payload as bytes, deflated if that is smaller and {@link inflatePayload} accepts it. */
export async function deflatePayload(payload: Payload): Promise<Uint8Array> {
  const bytes = PayloadProto.encode(payload).finish();
  if (bytes.length <= WORTH_DEFLATING_BYTES || bytes.length > MOST_INFLATED_BYTES) return bytes;
  const data = await deflated(bytes);
  const least = bytes.length > ANY_FACTOR_BYTES ? Math.ceil(bytes.length / LARGEST_FACTOR) : 0;
  const metadata = {
    [METADATA_ENCODING_KEY]: encode(DEFLATED),
    ...(data.length < least && { [PADDING]: new Uint8Array(least - data.length) }),
  };
  const wrapped = PayloadProto.encode({ metadata, data }).finish();
  return wrapped.length < bytes.length ? wrapped : bytes;
}

/** @throws {InflatesTooFarError} and other errors if the bytes are not a payload */
export async function inflatePayload(bytes: Uint8Array, allowance: Allowance): Promise<Payload> {
  const { metadata, data } = PayloadProto.decode(bytes);
  if (encodingOf({ metadata }) !== DEFLATED) return { metadata, data };
  const most = Math.min(
    MOST_INFLATED_BYTES,
    allowance.bytes,
    Math.max(ANY_FACTOR_BYTES, LARGEST_FACTOR * bytes.length),
  );
  if (most <= 0) throw new InflatesTooFarError();
  // A failed attempt counts too: it has cost the same work.
  allowance.bytes -= most;
  const inner = await inflated(data, { maxOutputLength: most }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new InflatesTooFarError() : error;
  });
  allowance.bytes += most - inner.length;
  const payload = PayloadProto.decode(inner);
  return { metadata: payload.metadata, data: payload.data };
}

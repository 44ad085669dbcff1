import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { METADATA_ENCODING_KEY, type Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import { temporal } from '@temporalio/proto';
import { encodingOf } from './encoding';

/** The encoding of a payload that is another one, as protobuf, deflated. */
const DEFLATED = 'binary/zlib';
/** Metadata of such a payload that nothing reads: see {@link LARGEST_FACTOR}. */
const PADDING = 'padding';

/** Below it there is little to win. */
const WORTH_DEFLATING_BYTES = 1024;
/** Twice what Temporal takes of a payload that is not deflated. */
const MOST_INFLATED_BYTES = 4 * 1024 * 1024;
/** Of a list together: of the Web UI's page, since the lists of orders have few payloads. */
const MOST_INFLATED_TOGETHER_BYTES = 16 * 1024 * 1024;
/**
 * A payload inflates to so many times its own size at most; what deflates better is padded. So what a worker has in memory
 * of a history is bounded by the history's size, which Temporal bounds, however many messages are in it.
 */
const LARGEST_FACTOR = 4;
/** What is smaller may inflate as it likes: Temporal takes 10,000 signals for one run. */
const ANY_FACTOR_BYTES = 16 * 1024;

const { Payload: PayloadProto } = temporal.api.common.v1;
const deflated = promisify<Uint8Array, Buffer>(deflate);
const inflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

/** What the payloads of one list may still inflate to. It depends on the list alone: a replay decides as the first time. */
export interface Allowance {
  bytes: number;
}

export function allowanceOfList(): Allowance {
  return { bytes: MOST_INFLATED_TOGETHER_BYTES };
}

/** Thrown where a payload would inflate to more than may be. */
export class InflatesTooFarError extends Error {
  override readonly name = 'InflatesTooFarError';
}

/** A payload as bytes, deflated where that pays and {@link inflatePayload} will take it. */
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

/** @throws {InflatesTooFarError} and anything else where the bytes are no payload */
export async function inflatePayload(bytes: Uint8Array, allowance: Allowance): Promise<Payload> {
  const { metadata, data } = PayloadProto.decode(bytes);
  if (encodingOf({ metadata }) !== DEFLATED) return { metadata, data };
  const most = Math.min(
    MOST_INFLATED_BYTES,
    allowance.bytes,
    Math.max(ANY_FACTOR_BYTES, LARGEST_FACTOR * bytes.length),
  );
  if (most <= 0) throw new InflatesTooFarError();
  // Also what comes to nothing has cost the work.
  allowance.bytes -= most;
  const inner = await inflated(data, { maxOutputLength: most }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new InflatesTooFarError() : error;
  });
  allowance.bytes += most - inner.length;
  const payload = PayloadProto.decode(inner);
  return { metadata: payload.metadata, data: payload.data };
}

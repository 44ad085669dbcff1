import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { LIMITS } from '@number-orders/contract';
import { postedOf, type Posted } from '../page/read-posted';

/** A file from the browser, once it has been handled. */
export interface PostedFile<Taken> {
  /** The name of the input. */
  name: string;
  fileName: string;
  mimeType: string;
  taken: Taken;
}

export interface PostedParts<Taken> {
  posted: Posted;
  files: PostedFile<Taken>[];
}

/** Thrown when a body is not a form, or is larger than any that the page sends. */
export class UnreadableFormError extends Error {
  override readonly name = 'UnreadableFormError';
}

/** Many more inputs than the largest form has. */
const MOST_FIELDS = 30_000;

/**
 * Reads a multipart body as it arrives. Inputs are kept in memory, bounded. Files are passed on as streams and never held whole.
 * File inputs without a file are skipped.
 *
 * @param take must not reject, and need not read the whole file
 * @throws {UnreadableFormError} also when the browser disconnects
 */
export async function readPostedParts<Taken>(
  { headers, body }: Request,
  maxBytes: number,
  take: (content: Readable) => Promise<Taken>,
): Promise<PostedParts<Taken>> {
  const contentType = headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType) || !body) throw new UnreadableFormError('not a form');
  const pairs: [string, string][] = [];
  const files: Promise<PostedFile<Taken>>[] = [];
  const streams: Readable[] = [];
  let bytes = 0;
  const busboy = new Busboy({
    headers: { 'content-type': contentType },
    limits: {
      fieldNameSize: 1_000,
      fieldSize: LIMITS.registrationBytes,
      fields: MOST_FIELDS,
      files: LIMITS.attachments,
      headerPairs: 20,
    },
  });
  const keep = (name: string, value: string) => {
    bytes += name.length + value.length;
    // The order refuses more than a registration may have, so the rest need not be read.
    if (bytes > 4 * LIMITS.registrationBytes) busboy.destroy(new UnreadableFormError('too large'));
    else pairs.push([name, value]);
  };
  busboy.on('field', keep);
  busboy.on('file', (name, stream: BusboyFileStream, fileName: string | undefined, _encoding, mimeType) => {
    if (!fileName) {
      stream.resume();
      return;
    }
    streams.push(stream);
    const file = taken(stream, take).then((result) => ({
      name,
      fileName: plainFileName(fileName),
      mimeType: mediaType(mimeType),
      taken: result,
    }));
    file.catch(() => undefined);
    files.push(file);
  });
  try {
    await pipeline(Readable.fromWeb(body), bounded(maxBytes), busboy);
  } catch (cause) {
    // The partial file is dropped, and nothing waits for the rest.
    for (const stream of streams) stream.destroy(new Error('broken off'));
    await Promise.allSettled(files);
    throw cause instanceof UnreadableFormError ? cause : new UnreadableFormError('broken off', { cause });
  }
  return { posted: postedOf(pairs), files: await Promise.all(files) };
}

async function taken<Taken>(stream: Readable, take: (content: Readable) => Promise<Taken>): Promise<Taken> {
  const result = await take(stream);
  // The rest of an unwanted file must be read to reach the inputs after it.
  stream.resume();
  return result;
}

function bounded(maxBytes: number) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new UnreadableFormError('too large');
      yield chunk;
    }
  };
}

/** The last part of a path, without characters that orders refuse. A name that is too long is cut, but keeps its extension. */
function plainFileName(name: string): string {
  const plain = (name.split(/[/\\]/).at(-1) ?? '')
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim();
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? '';
  let stem = plain.slice(0, plain.length - ending.length);
  while (Buffer.byteLength(stem + ending) > LIMITS.fileNameBytes) stem = Array.from(stem).slice(0, -1).join('');
  return stem + ending || 'document';
}

/** Without parameters. Browsers send no type for unknown files. */
function mediaType(stated: string | undefined): string {
  const [type = ''] = (stated ?? '').split(';');
  return /^[\w.+-]+\/[\w.+-]+$/.test(type.trim()) ? type.trim().toLowerCase() : 'application/octet-stream';
}

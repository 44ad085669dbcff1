import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { types } from 'node:util';
import { InvalidRequestError } from './errors';

/** A web stream, such as the body of a `Response`. Fits the types of both the DOM and Node. */
interface WebStream {
  readonly locked: boolean;
  getReader(): unknown;
  cancel(reason?: unknown): Promise<void>;
}

/** A document's bytes; a Node or web stream of them; a web `File`; or the path of a file. */
export type DocumentContent = Uint8Array | ArrayBuffer | Readable | WebStream | Blob | string;

/**
 * Lets `use` read a document's bytes. A stream is closed even if it is not read. One that breaks earlier fails the read, not the
 * process.
 * @throws {InvalidRequestError}
 */
export async function usingUp<T>(content: DocumentContent, use: (bytes: Readable) => Promise<T>): Promise<T> {
  const bytes = streamOf(content);
  bytes.once('error', () => undefined);
  try {
    return await use(bytes);
  } finally {
    bytes.destroy();
  }
}

function streamOf(content: DocumentContent): Readable {
  if (typeof content === 'string') return createReadStream(content);
  if (types.isUint8Array(content)) return streamOfBytes(content);
  if (types.isAnyArrayBuffer(content)) return streamOfBytes(new Uint8Array(content));
  if (isBlob(content)) return fromWeb(content.stream());
  if (isWebStream(content)) return fromWeb(content);
  // A JavaScript caller may pass any value.
  if (typeof (content as Partial<Readable> | undefined)?.once === 'function') return content;
  throw refusal(
    'must be the bytes (Buffer, Uint8Array, ArrayBuffer or Blob), a stream of Node or of the web, or a path',
  );
}

const streamOfBytes = (bytes: Uint8Array): Readable => Readable.from([bytes], { objectMode: false });

function fromWeb(stream: WebStream): Readable {
  if (stream.locked) throw refusal('is a web stream that is being read already: pass an unread one');
  return Readable.fromWeb(stream as unknown as ReadableStream);
}

const isBlob = (content: unknown): content is Blob =>
  typeof (content as Partial<Blob> | undefined)?.stream === 'function';

const isWebStream = (content: unknown): content is WebStream =>
  typeof (content as Partial<WebStream> | undefined)?.getReader === 'function';

function refusal(description: string): InvalidRequestError {
  return new InvalidRequestError([{ field: 'content', description }], 'The document');
}

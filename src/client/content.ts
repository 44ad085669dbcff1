import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { types } from 'node:util';
import { InvalidRequestError } from './errors';

/** A stream of the web's, such as the body of a `Response`. The DOM's types and Node's both fit. */
interface WebStream {
  readonly locked: boolean;
  getReader(): unknown;
  cancel(reason?: unknown): Promise<void>;
}

/** A document's bytes; a stream of them, Node's or the web's; a file of the web's; or the path of the file that has them. */
export type DocumentContent = Uint8Array | ArrayBuffer | Readable | WebStream | Blob | string;

/**
 * Has `use` read a document's bytes. A stream is closed also where it is not read; one that breaks before that fails the reading,
 * not the process.
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
  // A caller in JavaScript may pass anything.
  if (typeof (content as Partial<Readable> | undefined)?.once === 'function') return content;
  throw refusal(
    'must be the bytes (Buffer, Uint8Array, ArrayBuffer or Blob), a stream of Node or of the web, or a path',
  );
}

const streamOfBytes = (bytes: Uint8Array): Readable => Readable.from([bytes], { objectMode: false });

function fromWeb(stream: WebStream): Readable {
  if (stream.locked) throw refusal('is a web stream that is being read already: hand over one that nothing has read');
  return Readable.fromWeb(stream as unknown as ReadableStream);
}

const isBlob = (content: unknown): content is Blob =>
  typeof (content as Partial<Blob> | undefined)?.stream === 'function';

const isWebStream = (content: unknown): content is WebStream =>
  typeof (content as Partial<WebStream> | undefined)?.getReader === 'function';

function refusal(description: string): InvalidRequestError {
  return new InvalidRequestError([{ field: 'content', description }], 'The document');
}

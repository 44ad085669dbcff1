export interface PartHeaders {
  name: string;
  fileName: string | undefined;
  mimeType: string;
}

/** Takes one part's bytes as they pass; nothing is kept here. */
export interface PartSink {
  begin(headers: PartHeaders): void;
  data(bytes: Buffer): void;
}

/** Thrown when the body is not what its Content-Type promises. */
export class MultipartError extends Error {}

/** Reads a multipart/form-data body piece by piece, so that an attachment of any size is never held in memory. */
export async function readMultipart(
  body: AsyncIterable<Buffer>,
  contentType: string | undefined,
  sink: PartSink,
): Promise<void> {
  const boundary = /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  if (!boundary) throw new MultipartError('the Content-Type must be multipart/form-data with a boundary');
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2] ?? ''}`);
  // The first delimiter has no line before it; lending it one lets all of them be found alike.
  let held = Buffer.from('\r\n');
  let state = 'PREAMBLE' as 'PREAMBLE' | 'DATA' | 'HEADERS' | 'END';

  /** True when what is held took the reader a step on. */
  const step = (): boolean => {
    if (state === 'HEADERS') {
      if (held.subarray(0, 2).toString() === '--') {
        state = 'END';
        return false;
      }
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) return false;
      sink.begin(readHeaders(held.subarray(0, end).toString('utf8')));
      held = held.subarray(end + 4);
      state = 'DATA';
      return true;
    }
    const end = held.indexOf(delimiter);
    // A delimiter may be cut in two by the network: as many bytes as could be its beginning stay for the next piece.
    const sure = end >= 0 ? end : Math.max(0, held.length - delimiter.length + 1);
    if (state === 'DATA' && sure > 0) sink.data(held.subarray(0, sure));
    held = held.subarray(end >= 0 ? end + delimiter.length : sure);
    if (end >= 0) state = 'HEADERS';
    return end >= 0;
  };

  for await (const piece of body) {
    held = Buffer.concat([held, piece]);
    while (state !== 'END' && step());
    if (state === 'END') held = Buffer.alloc(0);
  }
  if (state !== 'END') throw new MultipartError('the body ends before its last boundary');
}

function readHeaders(text: string): PartHeaders {
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(text)?.[1] ?? '';
  const name = /\bname="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) throw new MultipartError('a part has no name');
  return {
    name,
    fileName: /\bfilename="([^"]*)"/i.exec(disposition)?.[1],
    mimeType: /^content-type:\s*([^;\s]+)/im.exec(text)?.[1]?.toLowerCase() ?? 'application/octet-stream',
  };
}

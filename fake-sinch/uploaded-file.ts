import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyHeaders } from '@fastify/busboy';
import { invalidArgument, tooLarge } from './errors';
import { type Call, piecesOf } from './http';
import type { UploadedFile } from './orders';

/** Reads the form as it arrives, keeping the file's size and hash alone: a document of any size is never held in memory. */
export async function receiveFile({ request, params }: Call, limitBytes: number): Promise<UploadedFile> {
  const hash = createHash('sha256');
  let file: { fileName: string; mimeType: string; size: number } | undefined;
  let documentType = '';
  const form = formOf(request.headers as BusboyHeaders);
  form.on('field', (name: string, value: string) => {
    if (name === 'documentType') documentType = value;
  });
  form.on('file', (name, stream: BusboyFileStream, fileName: string | undefined, _encoding, mimeType) => {
    if (name !== 'file') {
      stream.resume();
      return;
    }
    const received = { fileName: fileName ?? '', mimeType, size: 0 };
    file = received;
    stream.on('data', (bytes: Buffer) => {
      received.size += bytes.length;
      if (received.size > limitBytes) form.destroy(tooLarge(params[1] ?? '', limitBytes));
      else hash.update(bytes);
    });
  });
  try {
    await pipeline(piecesOf(request), form);
  } catch (error) {
    throw isUnreadableForm(error) ? unreadableForm(error) : error;
  }
  if (!file) throw invalidArgument({ field: 'file', description: 'is required' });
  return { ...file, sha256: hash.digest('hex'), ...(documentType !== '' && { documentType }) };
}

function formOf(headers: BusboyHeaders): InstanceType<typeof Busboy> {
  try {
    return new Busboy({ headers, preservePath: true });
  } catch {
    throw invalidArgument({
      field: 'body',
      description: 'the Content-Type must be multipart/form-data with a boundary',
    });
  }
}

/** What the library says of a body that is not what its Content-Type promises. */
function isUnreadableForm(error: unknown): error is Error {
  return error instanceof Error && /multipart|header|boundary/i.test(error.message);
}

function unreadableForm(error: Error): Error {
  return invalidArgument({ field: 'body', description: error.message });
}

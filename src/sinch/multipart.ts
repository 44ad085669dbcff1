import { Readable } from 'node:stream';
import FormData from 'form-data';
import type { AttachmentUpload } from './types';

/** Thrown by an upload whose content does not have `size` bytes. */
export class AttachmentSizeMismatch extends Error {
  override readonly name = 'AttachmentSizeMismatch';
  constructor(readonly size: number) {
    super(`the attachment's content does not have the announced ${size} bytes; stage the file again`);
  }
}

/** An upload's form: its length is known in advance, its content is read as fast as Sinch accepts it. */
export class Multipart {
  readonly form = new FormData();
  /** The error of reading the content, if that ended the upload. */
  contentFailure: unknown;
  private readonly body: Readable;

  static async open(upload: AttachmentUpload): Promise<Multipart> {
    return new Multipart(upload, await upload.content());
  }

  private constructor(
    { documentType, fileName, mimeType, size }: AttachmentUpload,
    private readonly content: Readable,
  ) {
    this.body = Readable.from(this.exactly(size), { objectMode: false });
    if (documentType !== undefined) this.form.append('documentType', documentType);
    this.form.append('file', this.body, { filename: fileName, contentType: mimeType, knownLength: size });
  }

  headers(): Record<string, string> {
    return this.form.getHeaders({ 'Content-Length': String(this.form.getLengthSync()) });
  }

  /** Closes the content, even if it was never read or Sinch answered before its end. */
  close(): void {
    this.body.destroy();
    this.content.destroy();
  }

  /** The length was announced: an extra byte would be read as the start of the next request on the connection. */
  private async *exactly(size: number): AsyncGenerator<Buffer> {
    let seen = 0;
    try {
      for await (const chunk of this.content as AsyncIterable<Buffer>) {
        seen += chunk.length;
        if (seen > size) break;
        yield chunk;
      }
      if (seen !== size) throw new AttachmentSizeMismatch(size);
    } catch (error) {
      this.contentFailure = error;
      throw error;
    }
  }
}

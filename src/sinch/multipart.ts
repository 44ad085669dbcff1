import { Readable } from 'node:stream';
import FormData from 'form-data';
import type { AttachmentUpload } from './types';

/** Thrown by an upload whose content has not as many bytes as its `size` says. */
export class AttachmentSizeMismatch extends Error {
  override readonly name = 'AttachmentSizeMismatch';
  constructor(readonly size: number) {
    super(`the attachment's content does not have the ${size} bytes that its size says; stage the file again`);
  }
}

/** An upload's form: its length is known beforehand, its content is read as fast as Sinch takes it. */
export class Multipart {
  readonly form = new FormData();
  /** Why the content could not be read, when it was not Sinch that ended the upload. */
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

  /** Lets go of the content, also when it was never read or Sinch answered before its end. */
  close(): void {
    this.body.destroy();
    this.content.destroy();
  }

  /** The length was announced: a byte more would be taken for the start of the next request on the connection. */
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

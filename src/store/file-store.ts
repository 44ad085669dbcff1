import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { attachmentKeyOf, REFERENCE_PATTERN } from '../contract';
import { AttachmentUnreadableError, type AttachmentStore, type StoredAttachment } from './attachment-store';

const KEY_PATTERN = /^([^/]+)\/([0-9a-f]{64})$/;
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/** Keeps documents in a folder, `<folder>/<reference>/<sha256>`, readable by its owner alone. */
export class FileAttachmentStore implements AttachmentStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  async put(reference: string, content: Readable): Promise<StoredAttachment> {
    // A stream that breaks before it is read shall fail the reading, not the process.
    content.once('error', () => undefined);
    const folder = this.folderOf(reference);
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    await refuseSymlink(folder);
    await chmod(folder, OWNER_ONLY_FOLDER);
    // In the order's own folder, so that deleting the order deletes what a crash left behind.
    const temporary = join(folder, `.${randomUUID()}.part`);
    try {
      const { size, sha256 } = await writeAndSync(temporary, content);
      if (size === 0) throw new AttachmentUnreadableError('The document is empty: send the file itself.');
      // The name appears only once the bytes are on disk: nobody ever sees half a document under its key.
      await rename(temporary, join(folder, sha256));
      await syncFolder(folder);
      return { key: attachmentKeyOf(reference, sha256), size, sha256 };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async verify(document: StoredAttachment): Promise<void> {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of this.open(document.key) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
    }
    if (size !== document.size) {
      throw new AttachmentUnreadableError(
        `The document ${document.key} has ${size} bytes, ${document.size} were announced: put it into the store again.`,
      );
    }
    if (hash.digest('hex') !== document.sha256) {
      throw new AttachmentUnreadableError(
        `The document ${document.key} has another sha256: put it into the store again.`,
      );
    }
  }

  open(key: string): Readable {
    return Readable.from(this.read(key), { objectMode: false });
  }

  async deleteAll(reference: string): Promise<void> {
    await rm(this.folderOf(reference), { recursive: true, force: true });
  }

  private async *read(key: string): AsyncGenerator<Buffer> {
    const file = await this.openFile(key);
    try {
      yield* file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>;
    } finally {
      await file.close();
    }
  }

  private async openFile(key: string): Promise<FileHandle> {
    const [, reference = '', sha256 = ''] = KEY_PATTERN.exec(key) ?? [];
    if (!sha256) throw new AttachmentUnreadableError('The key of the document must be <reference>/<sha256>.');
    const folder = this.folderOf(reference);
    try {
      await refuseSymlink(folder);
      return await open(join(folder, sha256), constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (cause) {
      const { code = 'not a document' } = cause as NodeJS.ErrnoException;
      throw new AttachmentUnreadableError(
        `The document ${key} cannot be read (${code}): put it into the store that NUMBER_ORDERS_STORE of the worker names.`,
        { cause },
      );
    }
  }

  private folderOf(reference: string): string {
    const folder = resolve(this.folder, reference);
    if (!REFERENCE_PATTERN.test(reference) || dirname(folder) !== this.folder) {
      throw new AttachmentUnreadableError(
        'The reference must be 1 to 128 letters, digits, dots, dashes or underscores, beginning with a letter or digit.',
      );
    }
    return folder;
  }
}

async function writeAndSync(path: string, content: Readable): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', OWNER_ONLY_FILE);
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
      await file.appendFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link planted in the store must not lead out of it. */
async function refuseSymlink(folder: string): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory())
    throw new AttachmentUnreadableError('A folder of the attachment store is not a real folder.');
}

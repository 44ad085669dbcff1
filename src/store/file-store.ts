import { randomUUID } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { KeySource } from '../data-converter';
import { AttachmentUnreadableError, DocumentsDeletedError, type StagedOrder } from './attachment-store';
import { DocumentStore, isOwnName } from './document-store';
import { pathOf, referenceOf } from './folder-name';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * Keeps documents in a folder, `<folder>/<reference>/<sha256>`, readable only by its owner if the file system has owners. See
 * folderNameOf for references with capitals.
 */
export class FileAttachmentStore extends DocumentStore {
  private readonly folder: string;

  constructor(folder: string, keys?: KeySource) {
    super(keys);
    this.folder = resolve(folder);
  }

  async *stagedOrders(): AsyncGenerator<StagedOrder> {
    const entries = (await unlessGone(readdir(this.folder, { withFileTypes: true }))) ?? [];
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      const reference = referenceOf(name);
      if (reference === undefined) continue;
      const newest = await newestIn(join(this.folder, name));
      if (newest) yield { reference, newest };
    }
  }

  protected async write(reference: string, content: Readable, nameOf: () => string): Promise<void> {
    const folder = join(this.folder, pathOf(reference));
    const isNew = await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    if (isNew) await syncFolder(this.folder);
    // In the order's own folder, so that deleting the order deletes what a crash left behind.
    const temporary = join(folder, `.${randomUUID()}.part`);
    try {
      await refuseSymlink(folder);
      await whereSupported(chmod(folder, OWNER_ONLY_FOLDER));
      await writeAndSync(temporary, content);
      // The name appears only once the bytes are on disk, so that half a document is never visible.
      await rename(temporary, join(folder, nameOf()));
      await syncFolder(folder);
    } catch (cause) {
      await rm(temporary, { force: true });
      if (!content.errored && codeOf(cause) === 'ENOENT') throw new DocumentsDeletedError(reference, { cause });
      throw cause;
    }
  }

  protected async read(reference: string, name: string): Promise<AsyncIterable<Buffer> | undefined> {
    const folder = join(this.folder, pathOf(reference));
    try {
      await refuseSymlink(folder);
      return contentOf(await open(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW));
    } catch (cause) {
      const code = codeOf(cause);
      if (code === 'ENOENT') return undefined;
      if (cause instanceof AttachmentUnreadableError || code === 'ELOOP') {
        throw new AttachmentUnreadableError(
          `A document of ${reference} is a link, or lies behind one: put it into the store that NUMBER_ORDERS_STORE of the worker names.`,
          { cause },
        );
      }
      // Not the document's fault: a missing disk, too many open files, or missing rights.
      throw new Error(
        `A document of ${reference} cannot be read (${code}): check NUMBER_ORDERS_STORE of the worker, and its rights there.`,
        { cause },
      );
    }
  }

  protected async delete(reference: string): Promise<void> {
    await rm(join(this.folder, pathOf(reference)), { recursive: true, force: true });
  }

  protected async remove(place: string, name: string): Promise<void> {
    await rm(join(this.folder, pathOf(place), name), { force: true });
  }

  protected list(place: string): AsyncGenerator<string> {
    return namesOf(join(this.folder, pathOf(place)), (entry) => entry.isFile());
  }

  protected async *listPlaces(root: string): AsyncGenerator<string> {
    for await (const name of namesOf(join(this.folder, root), (entry) => entry.isDirectory())) {
      const place = referenceOf(name);
      if (place !== undefined) yield place;
    }
  }
}

async function* namesOf(folder: string, isWanted: (entry: Dirent) => boolean): AsyncGenerator<string> {
  const entries = (await unlessGone(readdir(folder, { withFileTypes: true }))) ?? [];
  for (const entry of entries.filter(isWanted)) yield entry.name;
}

async function writeAndSync(path: string, content: Readable): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY_FILE);
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* contentOf(file: FileHandle): AsyncGenerator<Buffer> {
  try {
    yield* file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>;
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await whereSupported(open(folder, constants.O_RDONLY));
  if (!handle) return;
  try {
    await whereSupported(handle.sync());
  } finally {
    await handle.close();
  }
}

/** Errors of mounts and systems without owners' rights, or that cannot sync or open a folder. */
const NOT_SUPPORTED = ['EPERM', 'EACCES', 'EINVAL', 'EISDIR', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

async function whereSupported<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (NOT_SUPPORTED.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** A link planted in the store must not lead out of it. */
async function refuseSymlink(folder: string): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory())
    throw new AttachmentUnreadableError('A folder of the attachment store is not a real folder.');
}

/** Undefined for a folder that is not an order's. Incomplete uploads count: one in progress is the newest. */
async function newestIn(folder: string): Promise<Date | undefined> {
  const names = (await unlessGone(readdir(folder))) ?? [];
  if (!names.every(isOwnName)) return undefined;
  const paths = [folder, ...names.map((name) => join(folder, name))];
  const stats = await Promise.all(paths.map((path) => unlessGone(lstat(path))));
  const times = stats.flatMap((entry) => (entry ? [entry.mtimeMs] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/** Orders may end during the scan. */
async function unlessGone<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

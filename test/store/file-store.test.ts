import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AttachmentUnreadableError } from '../../src/store/attachment-store';
import { FileAttachmentStore } from '../../src/store/file-store';
import { openStore } from '../../src/store/open-store';

const bytes = Buffer.from('%PDF-1.7 a lease agreement');
const sha256 = createHash('sha256').update(bytes).digest('hex');

let folder: string;
let store: FileAttachmentStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  store = new FileAttachmentStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (reference = 'order-1', content = bytes) => store.put(reference, Readable.from([content]));

describe('keeping a document', () => {
  it('names it by its order and its content', async () => {
    await expect(put()).resolves.toEqual({ key: `order-1/${sha256}`, size: bytes.length, sha256 });
  });

  it('gives the same bytes back', async () => {
    const { key } = await put();
    await expect(buffer(store.open(key))).resolves.toEqual(bytes);
  });

  it('streams a document of many chunks', async () => {
    const chunks = Array.from({ length: 64 }, (_, index) => Buffer.alloc(64 * 1024, index));
    const document = await store.put('order-1', Readable.from(chunks));
    expect(document.size).toBe(64 * 64 * 1024);
    await store.verify(document);
    const back = await buffer(store.open(document.key));
    // Not toEqual: it would compare four million numbers one by one.
    expect(back.equals(Buffer.concat(chunks))).toBe(true);
  });

  it('keeps the same bytes once', async () => {
    await put();
    await put();
    await expect(readdir(join(folder, 'order-1'))).resolves.toEqual([sha256]);
  });

  it('lets nobody but its owner read it', async () => {
    const { key } = await put();
    expect((await stat(join(folder, 'order-1'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
  });

  it('keeps nothing of a document that broke off', async () => {
    const broken = Readable.from(
      (function* () {
        yield bytes;
        throw new Error('connection lost');
      })(),
    );
    await expect(store.put('order-1', broken)).rejects.toThrow('connection lost');
    await expect(readdir(join(folder, 'order-1'))).resolves.toEqual([]);
  });

  it('refuses an empty document', async () => {
    await expect(put('order-1', Buffer.alloc(0))).rejects.toThrow(AttachmentUnreadableError);
    await expect(readdir(join(folder, 'order-1'))).resolves.toEqual([]);
  });
});

describe('checking a document before it is sent', () => {
  it('passes the one that was announced', async () => {
    await expect(store.verify(await put())).resolves.toBeUndefined();
  });

  it('refuses one that is missing, and names the remedy', async () => {
    const missing = { key: `order-1/${sha256}`, size: 1, sha256 };
    await expect(store.verify(missing)).rejects.toThrow(AttachmentUnreadableError);
    await expect(store.verify(missing)).rejects.toThrow(/NUMBER_ORDERS_STORE/);
  });

  it('refuses one of another size', async () => {
    const document = await put();
    await expect(store.verify({ ...document, size: 1 })).rejects.toThrow(/has 26 bytes, 1 were announced/);
  });

  it('refuses one whose bytes were changed', async () => {
    const document = await put();
    await writeFile(join(folder, document.key), Buffer.from('%PDF-1.7 a lease agreemenT'));
    await expect(store.verify(document)).rejects.toThrow(/another sha256/);
  });
});

describe('names that would leave the folder', () => {
  it.each(['..', '../other', '/etc', 'a/b', 'a\\..\\b', '', '.hidden', 'a\u0000b'])(
    'refuses the reference %j',
    async (reference) => {
      await expect(put(reference)).rejects.toThrow(/reference must be/);
      await expect(store.deleteAll(reference)).rejects.toThrow(/reference must be/);
    },
  );

  it.each([`../${sha256}`, `order-1/../${sha256}`, `order-1/${sha256}/x`, 'order-1/passwd', sha256])(
    'refuses the key %j',
    async (key) => {
      await expect(buffer(store.open(key))).rejects.toThrow(AttachmentUnreadableError);
    },
  );

  it('follows no link, neither of a document nor of an order', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    await writeFile(join(elsewhere, sha256), bytes);
    await symlink(elsewhere, join(folder, 'linked'));
    await mkdir(join(folder, 'order-1'));
    await symlink(join(elsewhere, sha256), join(folder, 'order-1', sha256));

    await expect(buffer(store.open(`linked/${sha256}`))).rejects.toThrow(AttachmentUnreadableError);
    await expect(buffer(store.open(`order-1/${sha256}`))).rejects.toThrow(AttachmentUnreadableError);
    await expect(put('linked')).rejects.toThrow(AttachmentUnreadableError);
    await store.deleteAll('linked');
    await expect(readdir(elsewhere)).resolves.toEqual([sha256]);
    await rm(elsewhere, { recursive: true });
  });
});

describe('deleting what an order staged', () => {
  it('deletes its documents and what a crash left behind, and nothing else', async () => {
    await put('order-1');
    await writeFile(join(folder, 'order-1', '.crashed.part'), bytes);
    await put('order-2');
    await store.deleteAll('order-1');
    await expect(readdir(folder)).resolves.toEqual(['order-2']);
  });

  it('takes nothing to delete for done', async () => {
    await expect(store.deleteAll('never-seen')).resolves.toBeUndefined();
  });
});

describe('NUMBER_ORDERS_STORE', () => {
  it.each(['file:', 'file://'])('opens a folder written as %s and a path', async (scheme) => {
    const opened = openStore(`${scheme}${folder}`);
    await opened.put('order-1', Readable.from([bytes]));
    await expect(readdir(folder)).resolves.toEqual(['order-1']);
  });

  it('says that s3 is not supported yet', () => {
    expect(() => openStore('s3://bucket/prefix')).toThrow(/not yet supported/);
  });

  it('says what it takes', () => {
    expect(() => openStore('/var/lib')).toThrow(/must be file:/);
  });
});

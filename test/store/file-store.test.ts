import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AttachmentUnreadableError, DocumentsDeletedError } from '../../src/store/attachment-store';
import { FileAttachmentStore } from '../../src/store/file-store';
import { openStore } from '../../src/store/open-store';
import { bytes, describeStore, sha256, type StoreStand } from './contract';
import { namesIn } from './files';
import { keysOf } from './keys';

let folder: string;
let store: FileAttachmentStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  store = new FileAttachmentStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (reference = 'order-1') => store.put(reference, Readable.from([bytes]));
const standOf = (tested: FileAttachmentStore): StoreStand => ({
  store: tested,
  names: () => namesIn(folder),
  overwrite: async (name, content) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  },
});

describe('a folder', () => {
  describeStore(() => standOf(store));

  it('can be read only by its owner', async () => {
    const { key } = await put();
    expect((await stat(join(folder, 'order-1'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
  });

  it('follows no symbolic link, neither of a document nor of an order', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    await writeFile(join(elsewhere, sha256), bytes);
    await symlink(elsewhere, join(folder, 'linked'));
    await mkdir(join(folder, 'order-1'));
    await symlink(join(elsewhere, sha256), join(folder, 'order-1', sha256));

    await expect(buffer(store.open({ key: `linked/${sha256}`, size: bytes.length, sha256 }))).rejects.toThrow(
      AttachmentUnreadableError,
    );
    await expect(buffer(store.open({ key: `order-1/${sha256}`, size: bytes.length, sha256 }))).rejects.toThrow(
      AttachmentUnreadableError,
    );
    await expect(put('linked')).rejects.toThrow(AttachmentUnreadableError);
    for await (const { reference } of store.stagedOrders()) expect(reference).not.toBe('linked');
    await store.deleteAll('linked');
    await expect(readdir(elsewhere)).resolves.toEqual([sha256]);
    await rm(elsewhere, { recursive: true });
  });

  it('that cannot be read is not reported as a fault of the document', async () => {
    const document = await put();
    await rename(folder, `${folder}-away`);
    await writeFile(folder, bytes);
    const failure = await store.verify(document).catch((error: unknown) => error);
    await rm(folder);
    await rename(`${folder}-away`, folder);
    expect(failure).not.toBeInstanceOf(AttachmentUnreadableError);
    expect(failure).toMatchObject({ message: expect.stringMatching(/\(ENOTDIR\): check NUMBER_ORDERS_STORE/) });
    await expect(store.verify(document)).resolves.toBeUndefined();
  });

  it('separates orders whose references differ only in case, even on file systems that ignore case', async () => {
    const references = ['shop-1', 'Shop-1', 'SHOP-1', 'shop-1.', 'A'.repeat(128)];
    for (const reference of references) await put(reference);
    const folders = await readdir(folder);
    expect(new Set(folders.map((name) => name.toLowerCase())).size).toBe(references.length);
    expect(folders.every((name) => Buffer.byteLength(name) <= 255 && !name.endsWith('.'))).toBe(true);

    const staged: string[] = [];
    for await (const { reference } of store.stagedOrders()) staged.push(reference);
    expect(staged.sort()).toEqual([...references].sort());
    await store.deleteAll('Shop-1');
    await expect(readdir(folder)).resolves.toHaveLength(references.length - 1);
    await expect(put('shop-1').then((document) => store.verify(document))).resolves.toBeUndefined();
  });

  it.each(['shop-1+0', 'shop-1+20+1', 'shop-1+fffff', 'Shop-1', '+1', 'shop+'])(
    'is not listed as an order if its name is %s, which no order has',
    async (name) => {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, sha256), bytes);
      for await (const { reference } of store.stagedOrders()) throw new Error(`unexpected ${reference}`);
    },
  );

  it('reports that an order was deleted while one of its documents was stored', async () => {
    const slow = Readable.from(
      (async function* () {
        yield bytes;
        await store.deleteAll('order-1');
        yield bytes;
      })(),
    );
    await expect(store.put('order-1', slow)).rejects.toThrow(DocumentsDeletedError);
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  it('reports a missing source file as such, not as a deleted order', async () => {
    const missing = createReadStream(join(folder, 'no-such-file'));
    await expect(store.put('order-1', missing)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that is not a folder is not reported as a deleted order', async () => {
    await writeFile(join(folder, 'a-file'), bytes);
    const misplaced = new FileAttachmentStore(join(folder, 'a-file'));
    await expect(misplaced.put('order-1', Readable.from([bytes]))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('lists an order with the time of its current upload, or of its folder if it left nothing else', async () => {
    await put('order-1');
    await writeFile(join(folder, 'order-1', `.${randomUUID()}.part`), bytes);
    const old = new Date('2026-01-01T00:00:00Z');
    await utimes(join(folder, 'order-1', sha256), old, old);
    await mkdir(join(folder, 'order-2'));
    await utimes(join(folder, 'order-2'), old, old);
    const newest = new Map<string, Date>();
    for await (const order of store.stagedOrders()) newest.set(order.reference, order.newest);
    expect(newest.get('order-2')).toEqual(old);
    expect(newest.get('order-1')?.getTime()).toBeGreaterThan(old.getTime());
  });
});

describe('a folder whose documents are encrypted', () => {
  describeStore(() => standOf(new FileAttachmentStore(folder, keysOf('current'))));
});

describe('NUMBER_ORDERS_STORE', () => {
  const s3 = { pathStyle: true };

  it.each(['file:', 'file://'])('opens a folder written as %s and a path', async (scheme) => {
    const opened = openStore({ url: `${scheme}${folder}`, s3 });
    await opened.put('order-1', Readable.from([bytes]));
    await expect(readdir(folder)).resolves.toEqual(['order-1']);
  });

  it.each([
    '/var/lib',
    'file:',
    's3://',
    's3://bucket/../other',
    's3://bucket//x',
    'https://bucket.example',
    'file://store/documents',
    'file:///a%2Fb',
    'file://[',
  ])('refuses %s and says what it accepts', (url) => {
    expect(() => openStore({ url, s3 })).toThrow(/must be file: and a folder, or s3:/);
  });
});

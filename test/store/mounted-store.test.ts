import type * as FileSystem from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileAttachmentStore } from '../../src/store/file-store';
import { bytes } from './contract';

// No such mount can be had in a test: what it refuses is played by the calls of Node's file system.
jest.mock('node:fs/promises', () => ({ ...jest.requireActual<typeof FileSystem>('node:fs/promises') }));
const actual = jest.requireActual<typeof FileSystem>('node:fs/promises');
const fs = jest.requireMock<typeof FileSystem>('node:fs/promises');

const refusing = (code: string) => () => Promise.reject(Object.assign(new Error(`${code}: played`), { code }));

/** Node's `open`, with something done to folders that are opened. */
function openingFolders(then: (handle: FileSystem.FileHandle) => void): typeof FileSystem.open {
  return async (...how) => {
    const handle = await actual.open(...how);
    if ((await handle.stat()).isDirectory()) then(handle);
    return handle;
  };
}

describe('a store on a mount', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mount-'));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
  });
  const putOne = () => new FileAttachmentStore(folder).put('order-1', Readable.from([bytes]));

  it.each(['EPERM', 'ENOTSUP', 'EINVAL', 'ENOSYS'])('stores documents although chmod fails with %s', async (code) => {
    const chmod = jest.spyOn(fs, 'chmod').mockImplementation(refusing(code));
    await expect(
      putOne().then((document) => new FileAttachmentStore(folder).verify(document)),
    ).resolves.toBeUndefined();
    expect(chmod).toHaveBeenCalled();
  });

  it.each(['EPERM', 'EINVAL', 'ENOTSUP'])('stores documents although a folder cannot be synced (%s)', async (code) => {
    const sync = jest.fn(refusing(code));
    jest.spyOn(fs, 'open').mockImplementation(openingFolders((handle) => Object.assign(handle, { sync })));
    await expect(putOne()).resolves.toMatchObject({ size: bytes.length });
    expect(sync).toHaveBeenCalled();
  });

  it.each(['EISDIR', 'EPERM'])('stores documents although a folder cannot be opened (%s)', async (code) => {
    const opened = jest.fn((): never => {
      throw Object.assign(new Error(code), { code });
    });
    jest.spyOn(fs, 'open').mockImplementation(openingFolders(opened));
    await expect(putOne()).resolves.toMatchObject({ size: bytes.length });
    expect(opened).toHaveBeenCalled();
  });

  it.each(['EIO', 'ENOSPC', 'EROFS'])(
    'reports a failing disk, and does not treat it as a mount without permissions (%s)',
    async (code) => {
      jest.spyOn(fs, 'chmod').mockImplementation(refusing(code));
      await expect(putOne()).rejects.toMatchObject({ code });
    },
  );
});

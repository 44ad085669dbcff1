import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AttachmentUnreadableError } from '../../src/store/attachment-store';
import { FileAttachmentStore } from '../../src/store/file-store';
import { seal, SealingKeyMissingError, unseal } from '../../src/store/sealed-document';
import { sha256Of } from './contract';
import { keysOf } from './keys';

const FRAME = 64 * 1024;
const SEALED_FRAME = FRAME + 16;
const HEADER = 1 + 1 + 'current'.length + 32;

const keys = keysOf('current', 'older');

async function sealed(content: Buffer, reference = 'order-1'): Promise<Buffer> {
  return buffer(seal(Readable.from([content]), await keys.current(), reference));
}
const opened = (content: Buffer, reference = 'order-1', found = keys) =>
  buffer(unseal(Readable.from([content]), found, reference));

/** Every byte's place shows in it. */
const contentOf = (length: number) =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255));

describe('a sealed document', () => {
  it.each([1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 5])(
    'of %i bytes is decrypted to the original',
    async (length) => {
      const content = contentOf(length);
      expect((await opened(await sealed(content))).equals(content)).toBe(true);
    },
  );

  it.each([1, 7, SEALED_FRAME - 1, SEALED_FRAME + 1])(
    'is decrypted in whatever pieces its bytes arrive, here %i at a time',
    async (size) => {
      const content = contentOf(FRAME + 100);
      const whole = await sealed(content);
      const pieces = function* () {
        for (let from = 0; from < whole.length; from += size) yield whole.subarray(from, from + size);
      };
      expect((await buffer(unseal(Readable.from(pieces()), keys, 'order-1'))).equals(content)).toBe(true);
    },
  );

  it('shows nothing of its content, and differs each time', async () => {
    const content = Buffer.alloc(1_000, 'Jane Citizen, 1 High Street. ');
    const [one, two] = [await sealed(content), await sealed(content)];
    expect(one.includes('Jane')).toBe(false);
    expect(one.subarray(HEADER).equals(two.subarray(HEADER))).toBe(false);
  });
});

describe('a sealed document that was tampered with', () => {
  const content = contentOf(3 * FRAME + 5);
  let whole: Buffer;
  beforeAll(async () => {
    whole = await sealed(content);
  });
  const frame = (number: number) =>
    whole.subarray(HEADER + number * SEALED_FRAME, HEADER + (number + 1) * SEALED_FRAME);
  const withBitFlipped = (place: number) => {
    const copy = Buffer.from(whole);
    copy.writeUInt8(copy.readUInt8(place) ^ 1, place);
    return copy;
  };

  it.each<[string, () => Buffer]>([
    ['a bit of its version', () => withBitFlipped(0)],
    ['a bit of its salt', () => withBitFlipped(HEADER - 1)],
    ['a bit of its first frame', () => withBitFlipped(HEADER)],
    ["a bit of a frame's tag", () => withBitFlipped(HEADER + SEALED_FRAME - 1)],
    ['a bit of its last frame', () => withBitFlipped(whole.length - 20)],
    ['its last bit', () => withBitFlipped(whole.length - 1)],
    [
      'the order of two frames',
      () => Buffer.concat([whole.subarray(0, HEADER), frame(1), frame(0), frame(2), frame(3)]),
    ],
    ['a frame repeated', () => Buffer.concat([whole.subarray(0, HEADER), frame(0), frame(0), frame(2), frame(3)])],
    ['a frame left out', () => Buffer.concat([whole.subarray(0, HEADER), frame(0), frame(2), frame(3)])],
    ['its end cut off within a frame', () => whole.subarray(0, -1)],
    ['its end cut off between two frames', () => whole.subarray(0, HEADER + 3 * SEALED_FRAME)],
    ['everything but its header cut off', () => whole.subarray(0, HEADER)],
    ['its header cut off', () => whole.subarray(0, HEADER - 1)],
    ['everything cut off', () => Buffer.alloc(0)],
    ['a byte added', () => Buffer.concat([whole, Buffer.alloc(1)])],
    ['its last frame added once more', () => Buffer.concat([whole, frame(3)])],
  ])('is not decrypted: %s', async (_what, tampered) => {
    await expect(opened(tampered())).rejects.toThrow(AttachmentUnreadableError);
  });

  it('is not decrypted as a document of another order', async () => {
    await expect(opened(whole, 'order-2')).rejects.toThrow(AttachmentUnreadableError);
  });

  it('is not decrypted with another key of the same id', async () => {
    const [{ key }] = keysOf('other').keys;
    const impostor = Object.assign(keysOf('current'), { find: async () => ({ id: 'current', key }) });
    await expect(opened(whole, 'order-1', impostor)).rejects.toThrow(AttachmentUnreadableError);
  });

  it('yields nothing from the changed frame on', async () => {
    const received: Buffer[] = [];
    const reading = async () => {
      for await (const piece of unseal(Readable.from([withBitFlipped(HEADER + SEALED_FRAME)]), keys, 'order-1'))
        received.push(piece);
    };
    await expect(reading()).rejects.toThrow(AttachmentUnreadableError);
    expect(Buffer.concat(received).equals(content.subarray(0, FRAME))).toBe(true);
  });
});

describe('keys of the attachment store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const bytes = Buffer.from('a passport');
  const put = (...ids: Parameters<typeof keysOf> | []) => {
    const [current, ...older] = ids;
    const store = new FileAttachmentStore(folder, current === undefined ? undefined : keysOf(current, ...older));
    return store.put('order-1', Readable.from([bytes]));
  };
  const verifyWith = async (document: Awaited<ReturnType<typeof put>>, found?: ReturnType<typeof keysOf>) =>
    new FileAttachmentStore(folder, found).verify(document);

  it('encrypt what is written: the file is not the document and does not pass its check', async () => {
    const document = await put('current');
    const { sha256 } = document;
    expect(sha256).toBe(sha256Of(bytes));
    const [name = ''] = await readdir(join(folder, 'order-1'));
    expect(name).toBe(`${sha256}.sealed`);
    expect((await readFile(join(folder, 'order-1', name))).includes(bytes)).toBe(false);
    await expect(buffer(new FileAttachmentStore(folder, keys).open(document))).resolves.toEqual(bytes);
  });

  it('can be added later, and documents from before can still be read', async () => {
    await expect(verifyWith(await put(), keys)).resolves.toBeUndefined();
  });

  it('can be rotated: the new key writes, and the older ones still read', async () => {
    const document = await put('older');
    await expect(verifyWith(document, keys)).resolves.toBeUndefined();
    await put('current', 'older');
    await expect(verifyWith(document, keysOf('current'))).resolves.toBeUndefined();
  });

  it.each([
    ['they lack the one that it was written with', keysOf('current')],
    ['there are none', undefined],
  ])('are reported missing when %s, and the document is not blamed', async (_what, found) => {
    const document = await put('older');
    await expect(verifyWith(document, found)).rejects.toThrow(SealingKeyMissingError);
    await expect(verifyWith(document, found)).rejects.toThrow(/"older": NUMBER_ORDERS_ENCRYPTION_KEYS/);
  });

  it('prevent a plain file from being accepted as an encrypted one', async () => {
    const document = await put('current');
    await writeFile(join(folder, 'order-1', `${document.sha256}.sealed`), bytes);
    await expect(verifyWith(document, keys)).rejects.toThrow(AttachmentUnreadableError);
  });
});

import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { usingUp, type DocumentContent } from '../../src/client/content';

describe("a document's content", () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'content-'));
    path = join(folder, 'document');
    await writeFile(path, 'a document');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each<[string, () => DocumentContent]>([
    ['a Buffer', () => Buffer.from('a document')],
    ['a part of a larger array', () => new TextEncoder().encode('not a document').subarray(4)],
    ['an ArrayBuffer', () => new Uint8Array(Buffer.from('a document')).buffer],
    ['a Blob', () => new Blob(['a document'])],
    ['a stream of Node', () => Readable.from(['a docu', 'ment'])],
    ['a stream of the web', () => new Blob(['a document']).stream()],
    ['the body of a response', () => new Response('a document').body!],
    ['the path of a file', () => path],
  ])('can be %s', async (_what, content) => {
    expect(await usingUp(content(), (bytes) => text(bytes))).toBe('a document');
  });

  it('can be empty, and the store then refuses it', async () => {
    expect(await usingUp(Buffer.alloc(0), (bytes) => text(bytes))).toBe('');
  });

  it('is closed if it is a web stream that is not read, so that its connection is released', async () => {
    let cancelled = false;
    const content = new ReadableStream({ cancel: () => void (cancelled = true) });
    await usingUp(content, async () => undefined);
    await new Promise(setImmediate);
    expect(cancelled).toBe(true);
  });

  it('fails the reading, not the process, if it breaks before it is read', async () => {
    const content = new ReadableStream({ start: (controller) => controller.error(new Error('broken')) });
    const reading = usingUp(content, async (bytes) => {
      await new Promise(setImmediate);
      return text(bytes);
    });
    await expect(reading).rejects.toThrow('broken');
  });

  it('is refused if another reader holds it, and the error says what to do', async () => {
    const content = new Blob(['a document']).stream();
    content.getReader();
    await expect(usingUp(content, async () => undefined)).rejects.toThrow(/content is a web stream that is being read/);
  });

  it.each([[undefined], [null], [4711], [{}], [['a document']]])('cannot be %p', async (content) => {
    await expect(usingUp(content as never, async () => undefined)).rejects.toThrow(/content must be the bytes/);
  });
});

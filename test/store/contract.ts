import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  AttachmentUnreadableError,
  type AttachmentStore,
  type StagedOrder,
  type StoredAttachment,
} from '../../src/store/attachment-store';
import type { RecordStore } from '../../src/store/record-store';

export const bytes = Buffer.from('%PDF-1.7 a lease agreement');
export const sha256 = sha256Of(bytes);

/** A store under test, and a look behind it. */
export interface StoreStand {
  store: AttachmentStore & RecordStore;
  /** Everything there is, as `<reference>/<name>`, what broke off included. */
  names(): Promise<string[]>;
  /** Replaces what is kept under a name of `names`. */
  overwrite(name: string, content: Buffer): Promise<void>;
}

/** What every attachment store is relied on for. */
export function describeStore(stand: () => StoreStand): void {
  const put = (reference = 'order-1', content = bytes) => stand().store.put(reference, Readable.from([content]));
  const contentOf = (document: StoredAttachment) => buffer(stand().store.open(document));

  describe('storing a document', () => {
    it('names it by its order and its content', async () => {
      await expect(put()).resolves.toEqual({ key: `order-1/${sha256}`, size: bytes.length, sha256 });
    });

    it('returns the same bytes', async () => {
      await expect(contentOf(await put())).resolves.toEqual(bytes);
    });

    it('accepts text and stores its UTF-8 bytes', async () => {
      const document = await stand().store.put('order-1', Readable.from(['Straße']));
      expect(document.size).toBe(7);
      expect((await contentOf(document)).toString()).toBe('Straße');
    });

    it('streams a large document in pieces of any length', async () => {
      const content = Buffer.alloc(12 * 1024 * 1024 + 1, 'lease');
      const pieces = function* () {
        for (let from = 0; from < content.length; from += 70_001) yield content.subarray(from, from + 70_001);
      };
      const document = await stand().store.put('order-1', Readable.from(pieces()));
      expect(document).toMatchObject({ size: content.length, sha256: sha256Of(content) });
      await stand().store.verify(document);
      // Not toEqual: it would compare millions of numbers one by one.
      expect((await contentOf(document)).equals(content)).toBe(true);
    });

    it('stores the same bytes once', async () => {
      await put();
      await put();
      await expect(stand().names()).resolves.toHaveLength(1);
    });

    it.each(['at once', 'after megabytes'])('stores nothing of a document that breaks off %s', async (when) => {
      const broken = Readable.from(
        (function* () {
          if (when === 'after megabytes') for (let count = 0; count < 12; count++) yield Buffer.alloc(1024 * 1024);
          else yield bytes;
          throw new Error('connection lost');
        })(),
      );
      await expect(stand().store.put('order-1', broken)).rejects.toThrow('connection lost');
      await expect(stand().names()).resolves.toEqual([]);
    });

    it('refuses an empty document', async () => {
      await expect(put('order-1', Buffer.alloc(0))).rejects.toThrow(AttachmentUnreadableError);
      await expect(stand().names()).resolves.toEqual([]);
    });

    it('closes the stream of a document that it refuses', async () => {
      const content = Readable.from([bytes]);
      await expect(stand().store.put('../other', content)).rejects.toThrow(/reference must be/);
      expect(content.destroyed).toBe(true);
    });
  });

  describe('checking a document before it is sent', () => {
    it('accepts the document that was announced', async () => {
      await expect(stand().store.verify(await put())).resolves.toBeUndefined();
    });

    it('refuses a missing document, and names the remedy', async () => {
      await put('order-2');
      const missing = { key: `order-1/${sha256}`, size: 1, sha256 };
      await expect(stand().store.verify(missing)).rejects.toThrow(AttachmentUnreadableError);
      await expect(stand().store.verify(missing)).rejects.toThrow(/is missing: .*NUMBER_ORDERS_STORE/);
    });

    it('refuses a document of another size', async () => {
      const document = await put();
      const announced = { ...document, size: 1 };
      await expect(stand().store.verify(announced)).rejects.toThrow(AttachmentUnreadableError);
      await expect(stand().store.verify(announced)).rejects.toThrow(/has 26 bytes, 1 were announced/);
    });

    it('refuses a document whose bytes were changed', async () => {
      const document = await put();
      const [name = ''] = await stand().names();
      await stand().overwrite(name, Buffer.from('%PDF-1.7 a lease agreemenT'));
      await expect(stand().store.verify(document)).rejects.toThrow(AttachmentUnreadableError);
    });
  });

  describe('a document that was swapped after its check', () => {
    it('fails before its reader has all of it', async () => {
      const content = Buffer.alloc(1024 * 1024, 'lease');
      const document = await put('order-1', content);
      await stand().store.verify(document);
      const [name = ''] = await stand().names();
      const another = Buffer.alloc(content.length, 'theft');
      await stand().overwrite(name, another);
      let seen = 0;
      const reading = (async () => {
        for await (const chunk of stand().store.open(document)) seen += (chunk as Buffer).length;
      })();
      await expect(reading).rejects.toThrow(AttachmentUnreadableError);
      expect(seen).toBeLessThan(document.size);
    });
  });

  describe('a name that would lead to another folder', () => {
    it.each(['..', '../other', '/etc', 'a/b', 'a\\..\\b', '', '.hidden', 'a\u0000b', 'a*', 'a'.repeat(129)])(
      'is refused as a reference: %j',
      async (reference) => {
        await put('order-2');
        await expect(put(reference)).rejects.toThrow(/reference must be/);
        await expect(stand().store.deleteAll(reference)).rejects.toThrow(/reference must be/);
        await expect(stand().names()).resolves.toHaveLength(1);
      },
    );

    it.each([`../${sha256}`, `order-1/../${sha256}`, `order-1/${sha256}/x`, 'order-1/passwd', `/${sha256}`, sha256])(
      'is refused as a key: %j',
      async (key) => {
        await expect(contentOf({ key, size: bytes.length, sha256 })).rejects.toThrow(AttachmentUnreadableError);
      },
    );
  });

  describe('deleting what an order staged', () => {
    it('deletes all of its documents, and nothing of an order with a similar reference', async () => {
      await put('order-1');
      await put('order-1', Buffer.from('another'));
      await put('order-10');
      await put('order-1.1');
      await put('order');
      await stand().store.deleteAll('order-1');
      const orders = (await stand().names()).map((name) => name.split('/')[0]);
      expect(orders.sort()).toEqual(['order', 'order-1.1', 'order-10']);
    });

    it('deletes incomplete files that a crash left', async () => {
      await put('order-1');
      await stand().overwrite('order-1/.left-behind', bytes);
      await stand().store.deleteAll('order-1');
      await expect(stand().names()).resolves.toEqual([]);
    });

    it('succeeds if there is nothing to delete', async () => {
      await expect(stand().store.deleteAll('never-seen')).resolves.toBeUndefined();
    });
  });

  describe('remembering what was erased', () => {
    it('recognises an erased reference after its documents are gone, and no other', async () => {
      await put('order-1');
      await stand().store.markErased('order-1');
      await stand().store.markErased('order-1');
      await stand().store.deleteAll('order-1');
      await expect(stand().store.isErased('order-1')).resolves.toBe(true);
      await expect(stand().store.isErased('order-10')).resolves.toBe(false);
    });

    it('does not store the reference in plain text, and does not count as an order with documents', async () => {
      await stand().store.markErased('order-1');
      const names = await stand().names();
      expect(names).toEqual([`.tombstones/${sha256Of(Buffer.from('order-1'))}`]);
      for await (const { reference } of stand().store.stagedOrders()) throw new Error(`unexpected ${reference}`);
    });
  });

  describe('listing the orders that have documents', () => {
    const staged = async () => {
      const orders: StagedOrder[] = [];
      for await (const order of stand().store.stagedOrders()) orders.push(order);
      return orders.sort((a, b) => (a.reference < b.reference ? -1 : 1));
    };

    it('lists each order once, with the time of its newest document', async () => {
      const before = Date.now();
      await put('order-2');
      await put('order-1');
      await put('order-1', Buffer.from('another'));
      const orders = await staged();
      expect(orders.map(({ reference }) => reference)).toEqual(['order-1', 'order-2']);
      // Stores keep times to the second, some of them.
      for (const { newest } of orders) expect(newest.getTime()).toBeGreaterThanOrEqual(before - 1_000);
    });

    it.each(['database.dump', '.config', `.old/${sha256}`, `${sha256}.bak`])(
      'does not list a folder with other files, such as %s, because they are not ours to delete',
      async (name) => {
        await put('backups');
        await stand().overwrite(`backups/${name}`, bytes);
        await stand().overwrite('notes.txt', bytes);
        await put('order-1');
        expect((await staged()).map(({ reference }) => reference)).toEqual(['order-1']);
      },
    );

    it('lists an order that has only an upload that broke off', async () => {
      const id = randomUUID();
      await stand().overwrite(`order-1/.incoming-${id}`, bytes);
      await stand().overwrite(`order-2/.${id}.part`, bytes);
      expect((await staged()).map(({ reference }) => reference)).toEqual(['order-1', 'order-2']);
    });

    it('lists no order whose documents were deleted or that never had any', async () => {
      await expect(staged()).resolves.toEqual([]);
      await put('order-1');
      await stand().store.deleteAll('order-1');
      await expect(staged()).resolves.toEqual([]);
    });
  });

  describe('storing records beside the orders', () => {
    const all = async (names: AsyncIterable<string | undefined>) => {
      const found: (string | undefined)[] = [];
      for await (const name of names) found.push(name);
      return found.sort();
    };

    it('returns texts and documents by their place, and they survive sweeps and deletions of orders', async () => {
      const { store } = stand();
      for (const name of ['Example', 'example']) await store.keepRecord(`.profiles/${name}`, 'profile', name);
      const document = await store.keepDocument('.profiles/example', Readable.from([bytes]));
      await store.keepRecord('.profiles/example', 'profile', 'again');
      await store.deleteAll('example');

      await expect(store.readRecord('.profiles/Example', 'profile')).resolves.toBe('Example');
      await expect(store.readRecord('.profiles/example', 'profile')).resolves.toBe('again');
      await expect(buffer(store.openDocument('.profiles/example', document))).resolves.toEqual(bytes);
      await expect(buffer(store.openDocument('.profiles/Example', document))).rejects.toThrow(
        AttachmentUnreadableError,
      );
      await expect(all(store.placesIn('.profiles'))).resolves.toEqual(['Example', 'example']);
      await expect(all(store.namesIn('.profiles/example'))).resolves.toEqual([sha256, 'profile']);
      await expect(all(store.keysOf('.profiles/example'))).resolves.toHaveLength(2);
      await expect(all(store.stagedOrders() as AsyncIterable<never>)).resolves.toEqual([]);
    });

    it('deletes a place with everything in it, and no neighbouring place', async () => {
      const { store } = stand();
      await store.keepRecord('.batches/spring/rows-1', 'from-0', 'a row');
      await store.keepRecord('.batches/spring/rows-10', 'from-0', 'another');
      await store.deletePlace('.batches/spring/rows-1');
      await store.deletePlace('.batches/summer');
      await expect(store.readRecord('.batches/spring/rows-1', 'from-0')).resolves.toBeUndefined();
      await expect(store.readRecord('.batches/spring/rows-10', 'from-0')).resolves.toBe('another');
    });

    it.each(['spring', '../orders', '.batches/../order-1', '.batches', '.batches//x'])(
      'refuses %s, which is not a place of records',
      async (place) => {
        await expect(stand().store.keepRecord(place, 'x', 'x')).rejects.toThrow('A place of the store must be');
        await expect(stand().store.deletePlace(place)).rejects.toThrow('A place of the store must be');
      },
    );
  });
}

export function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

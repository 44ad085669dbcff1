import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { attachmentKeyOf, REFERENCE_PATTERN } from '@number-orders/contract';
import type { KeySource } from '../data-converter';
import {
  AttachmentUnreadableError,
  type AttachmentStore,
  type StagedOrder,
  type StoredAttachment,
} from './attachment-store';
import { collectingBuffers } from './collect-buffers';
import type { RecordStore } from './record-store';
import { seal, unseal } from './sealed-document';

const KEY_PATTERN = /^([^/]+)\/([0-9a-f]{64})$/;

/** Documents, encrypted ones, and what uploads to a folder and to a bucket are called while they are under way. */
const OWN_NAMES = /^(?:[0-9a-f]{64}(?:\.sealed)?|\.[0-9a-f-]{36}\.part|\.incoming-[0-9a-f-]{36})$/;

/** Tells an encrypted document from a plain one, so that encryption can be switched on while there are plain ones. */
const SEALED = '.sealed';

/** Beside the orders' own folders: no reference begins with a dot. */
const TOMBSTONES = '.tombstones';

/** What all stores do alike: names, checks and encryption. Where the bytes go is each driver's own. */
export abstract class DocumentStore implements AttachmentStore, RecordStore {
  /** @param keys undefined: documents are kept as they are */
  constructor(private readonly keys?: KeySource) {}

  async put(reference: string, content: Readable): Promise<StoredAttachment> {
    // A stream that breaks before it is read shall fail the reading, not the process.
    content.once('error', () => undefined);
    try {
      checkReference(reference);
      const measured = new Measured(content);
      const bytes = this.keys ? seal(measured, await this.keys.current(), reference) : measured;
      await this.write(reference, Readable.from(bytes, { objectMode: false }), () =>
        this.keys ? measured.sha256 + SEALED : measured.sha256,
      );
      const { size, sha256 } = measured;
      return { key: attachmentKeyOf(reference, sha256), size, sha256 };
    } finally {
      content.destroy();
    }
  }

  async verify(document: StoredAttachment): Promise<void> {
    for await (const _chunk of this.open(document));
  }

  open(document: StoredAttachment): Readable {
    return Readable.from(collectingBuffers(this.genuine(document)), { objectMode: false });
  }

  async deleteAll(reference: string): Promise<void> {
    checkReference(reference);
    await this.delete(reference);
  }

  async markErased(reference: string): Promise<void> {
    checkReference(reference);
    await this.write(TOMBSTONES, Readable.from([Buffer.from('erased')]), () => tombstoneOf(reference));
  }

  async isErased(reference: string): Promise<boolean> {
    checkReference(reference);
    const tombstone = await this.read(TOMBSTONES, tombstoneOf(reference));
    // Read to its end, or it would hold on to a file or a connection.
    for await (const _bytes of tombstone ?? []);
    return tombstone !== undefined;
  }

  async keepRecord(place: string, name: string, content: string): Promise<void> {
    const plain = [Buffer.from(content)];
    const bytes = this.keys ? seal(Readable.from(plain), await this.keys.current(), place) : plain;
    await this.write(placeOf(place), Readable.from(bytes, { objectMode: false }), () =>
      this.keys ? name + SEALED : name,
    );
  }

  async readRecord(place: string, name: string): Promise<string | undefined> {
    const sealed = await this.read(placeOf(place), name + SEALED);
    const content = sealed ? unseal(sealed, this.keys, place) : await this.read(placeOf(place), name);
    if (!content) return undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  async deletePlace(place: string): Promise<void> {
    await this.delete(placeOf(place));
  }

  abstract stagedOrders(): AsyncIterable<StagedOrder>;

  /** Keeps bytes under a name that is known once all are read, and that nobody sees before all are kept. */
  protected abstract write(reference: string, content: Readable, nameOf: () => string): Promise<void>;

  /** Undefined when there is nothing of that name. */
  protected abstract read(reference: string, name: string): Promise<AsyncIterable<Buffer> | undefined>;

  protected abstract delete(reference: string): Promise<void>;

  /** The last bytes are held back until all of them are proved right: no reader gets the whole of another document. */
  private async *genuine({ key, size, sha256 }: StoredAttachment): AsyncGenerator<Buffer> {
    const measured = new Measured(this.content(key));
    let held: Buffer | undefined;
    for await (const chunk of measured) {
      if (held) yield held;
      held = chunk;
    }
    if (measured.size !== size) {
      throw new AttachmentUnreadableError(
        `The document ${key} has ${measured.size} bytes, ${size} were announced: put it into the store again.`,
      );
    }
    if (measured.sha256 !== sha256) {
      throw new AttachmentUnreadableError(`The document ${key} has another sha256: put it into the store again.`);
    }
    if (held) yield held;
  }

  private async *content(key: string): AsyncGenerator<Buffer> {
    const [, reference = '', sha256 = ''] = KEY_PATTERN.exec(key) ?? [];
    if (!sha256) throw new AttachmentUnreadableError('The key of the document must be <reference>/<sha256>.');
    checkReference(reference);
    const sealed = await this.read(reference, sha256 + SEALED);
    if (sealed) {
      yield* unseal(sealed, this.keys, reference);
      return;
    }
    const plain = await this.read(reference, sha256);
    if (!plain) {
      throw new AttachmentUnreadableError(
        `The document ${key} is missing: put it into the store that NUMBER_ORDERS_STORE of the worker names.`,
      );
    }
    yield* plain;
  }
}

/** Whether a store may have written it: whatever else lies in its place is not an order's, and not its to delete. */
export function isOwnName(name: string): boolean {
  return OWN_NAMES.test(name);
}

/** Content that is measured as it is read. */
class Measured implements AsyncIterable<Buffer> {
  /** Bytes. */
  size = 0;
  /** Lower-case hex, of all there was once it is read. */
  sha256 = '';

  constructor(private readonly content: AsyncIterable<Buffer | string>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    for await (const chunk of this.content) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(bytes);
      this.size += bytes.length;
      yield bytes;
    }
    if (this.size === 0) throw new AttachmentUnreadableError('The document is empty: send the file itself.');
    this.sha256 = hash.digest('hex');
  }
}

function tombstoneOf(reference: string): string {
  return createHash('sha256').update(reference).digest('hex');
}

const PLACE_PATTERN = /^\.[a-z][a-z-]*(\/[A-Za-z0-9][A-Za-z0-9._-]{0,127}){1,2}$/;

/** It begins with a dot, as no reference does, and leads nowhere else. */
function placeOf(place: string): string {
  if (!PLACE_PATTERN.test(place)) throw new Error('A place of the store must be a name such as .batches/spring.');
  return place;
}

/** It becomes part of a path, or of an object's key. */
function checkReference(reference: string): void {
  if (!REFERENCE_PATTERN.test(reference)) {
    throw new AttachmentUnreadableError(
      'The reference must be 1 to 128 letters, digits, dots, dashes or underscores, beginning with a letter or digit.',
    );
  }
}

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
import type { KeptDocument, RecordStore } from './record-store';
import { seal, sealingKeyOf, unseal } from './sealed-document';

const KEY_PATTERN = /^([^/]+)\/([0-9a-f]{64})$/;

/** Names of documents, of encrypted ones, and of uploads in progress to a folder or a bucket. */
const OWN_NAMES = /^(?:[0-9a-f]{64}(?:\.sealed)?|\.[0-9a-f-]{36}\.part|\.incoming-[0-9a-f-]{36})$/;

/** Marks encrypted documents, so that encryption can be switched on while there are plain ones. */
const SEALED = '.sealed';

/** Next to the orders' folders: no reference begins with a dot. */
const TOMBSTONES = '.tombstones';

/** The common part of all stores: names, checks and encryption. Drivers only store the bytes. */
export abstract class DocumentStore implements AttachmentStore, RecordStore {
  /** @param keys undefined: documents are not encrypted */
  constructor(private readonly keys?: KeySource) {}

  async put(reference: string, content: Readable): Promise<StoredAttachment> {
    // A stream that fails before it is read must fail the read, not the process.
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
    const { key } = document;
    return Readable.from(collectingBuffers(genuine(this.content(key), key, document)), { objectMode: false });
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
    // Read to its end, or it would hold a file or a connection open.
    for await (const _bytes of tombstone ?? []);
    return tombstone !== undefined;
  }

  async keepRecord(place: string, name: string, content: string): Promise<void> {
    await this.keepIn(placeOf(place), [Buffer.from(content)], () => name);
  }

  async readRecord(place: string, name: string): Promise<string | undefined> {
    const content = await this.contentIn(placeOf(place), name);
    if (!content) return undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  async keepDocument(place: string, content: Readable): Promise<KeptDocument> {
    const measured = new Measured(content);
    await this.keepIn(placeOf(place), measured, () => measured.sha256);
    const { size, sha256 } = measured;
    return { size, sha256 };
  }

  openDocument(place: string, { size, sha256 }: KeptDocument): Readable {
    const content = this.requiredIn(placeOf(place), sha256);
    return Readable.from(collectingBuffers(genuine(content, `${place}/${sha256}`, { size, sha256 })), {
      objectMode: false,
    });
  }

  async *namesIn(place: string): AsyncGenerator<string> {
    const names = new Set<string>();
    for await (const name of this.list(placeOf(place)))
      if (!name.startsWith('.')) names.add(name.endsWith(SEALED) ? name.slice(0, -SEALED.length) : name);
    yield* names;
  }

  async *keysOf(place: string): AsyncGenerator<string | undefined> {
    for await (const name of this.list(placeOf(place))) {
      const content = name.endsWith(SEALED) ? await this.read(place, name) : undefined;
      if (!name.startsWith('.')) yield content && (await sealingKeyOf(content));
    }
  }

  async *placesIn(root: string): AsyncGenerator<string> {
    if (!ROOT_PATTERN.test(root)) throw new Error('A root of places must be a name such as .profiles.');
    yield* this.listPlaces(root);
  }

  async deletePlace(place: string): Promise<void> {
    await this.delete(placeOf(place));
  }

  abstract stagedOrders(): AsyncIterable<StagedOrder>;

  /** Stores bytes under a name that is known only after all are read. The name becomes visible only once all are stored. */
  protected abstract write(reference: string, content: Readable, nameOf: () => string): Promise<void>;

  /** Undefined if there is nothing with that name. */
  protected abstract read(reference: string, name: string): Promise<AsyncIterable<Buffer> | undefined>;

  protected abstract delete(reference: string): Promise<void>;

  protected abstract remove(place: string, name: string): Promise<void>;

  /** The file names in a place. */
  protected abstract list(place: string): AsyncIterable<string>;

  protected abstract listPlaces(root: string): AsyncIterable<string>;

  private async keepIn(place: string, content: AsyncIterable<Buffer> | Buffer[], nameOf: () => string): Promise<void> {
    const { keys } = this;
    const bytes = keys ? seal(Readable.from(content), await keys.current(), place) : content;
    await this.write(place, Readable.from(bytes, { objectMode: false }), () => (keys ? nameOf() + SEALED : nameOf()));
    // A plain one from before encryption must not outlive its encrypted replacement.
    if (keys) await this.remove(place, nameOf());
  }

  private async contentIn(place: string, name: string): Promise<AsyncIterable<Buffer> | undefined> {
    const sealed = await this.read(place, name + SEALED);
    return sealed ? unseal(sealed, this.keys, place) : this.read(place, name);
  }

  private async *requiredIn(place: string, name: string): AsyncGenerator<Buffer> {
    const content = await this.contentIn(place, name);
    if (!content) throw new AttachmentUnreadableError(`The document ${place}/${name} is missing.`);
    yield* content;
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

/** The last bytes are held back until all are verified: no reader gets the whole of a wrong document. */
async function* genuine(
  content: AsyncIterable<Buffer>,
  key: string,
  { size, sha256 }: KeptDocument,
): AsyncGenerator<Buffer> {
  const measured = new Measured(content);
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

/** Whether a store may have written it. Other files are not the order's, and must not be deleted. */
export function isOwnName(name: string): boolean {
  return OWN_NAMES.test(name);
}

/** Measures content as it is read. */
class Measured implements AsyncIterable<Buffer> {
  /** Bytes. */
  size = 0;
  /** Lower-case hex, of the whole content once it is read. */
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

const ROOT_PATTERN = /^\.[a-z][a-z-]*$/;
const PLACE_PATTERN = /^\.[a-z][a-z-]*(\/[A-Za-z0-9][A-Za-z0-9._-]{0,127}){1,2}$/;

/** A place begins with a dot, as no reference does, and cannot lead elsewhere. */
function placeOf(place: string): string {
  if (!PLACE_PATTERN.test(place)) throw new Error('A place of the store must be a name such as .batches/spring.');
  return place;
}

/** The reference becomes part of a path or of an object's key. */
function checkReference(reference: string): void {
  if (!REFERENCE_PATTERN.test(reference)) {
    throw new AttachmentUnreadableError(
      'The reference must be 1 to 128 letters, digits, dots, dashes or underscores, beginning with a letter or digit.',
    );
  }
}

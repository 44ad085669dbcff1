import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AttachmentStore, StoredAttachment } from '../../src/store/attachment-store';
import type { RecordStore } from '../../src/store/record-store';

const sha256 = createHash('sha256').digest('hex');

/** Stores nothing, and returns one byte for every document. */
export class NoOpStore implements AttachmentStore, RecordStore {
  async put(reference: string, content: Readable): Promise<StoredAttachment> {
    content.destroy();
    return { key: `${reference}/${sha256}`, size: 1, sha256 };
  }

  async verify(): Promise<void> {
    return;
  }

  open(): Readable {
    return Readable.from([]);
  }

  async deleteAll(): Promise<void> {
    return;
  }

  async markErased(): Promise<void> {
    return;
  }

  async isErased(): Promise<boolean> {
    return false;
  }

  async keepRecord(): Promise<void> {
    return;
  }

  async readRecord(): Promise<undefined> {
    return undefined;
  }

  keepDocument(place: string, content: Readable) {
    return this.put(place, content);
  }

  openDocument(): Readable {
    return this.open();
  }

  namesIn() {
    return this.stagedOrders();
  }

  keysOf() {
    return this.stagedOrders();
  }

  placesIn() {
    return this.stagedOrders();
  }

  async deletePlace(): Promise<void> {
    return;
  }

  stagedOrders() {
    return Readable.from([]) as AsyncIterable<never>;
  }
}

import type { Readable } from 'node:stream';

export interface StoredAttachment {
  /** `<reference>/<sha256>` */
  key: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
}

/** An order that has documents in the store. */
export interface StagedOrder {
  reference: string;
  /** When its newest document was written. */
  newest: Date;
}

/** Thrown when a document is missing from the store, or differs from the one that was announced. Never names its content. */
export class AttachmentUnreadableError extends Error {
  override readonly name = 'AttachmentUnreadableError';
}

/** Thrown when an order's documents were deleted while one was being stored: the order has ended meanwhile. */
export class DocumentsDeletedError extends Error {
  override readonly name = 'DocumentsDeletedError';

  constructor(reference: string, options: ErrorOptions) {
    super(
      `The documents of ${reference} were deleted while one was being stored: its order has ended. If it is open again, store the document again.`,
      options,
    );
  }
}

/** Where documents wait until Sinch has them. Keys are `<reference>/<sha256>`; an order only ever touches its own. */
export interface AttachmentStore {
  /**
   * Stores a document of an order. The same bytes twice are one document.
   * @throws {DocumentsDeletedError} when `deleteAll` ran meanwhile; a document stored after it may be kept
   */
  put(reference: string, content: Readable): Promise<StoredAttachment>;

  /**
   * Reads the document once to check its size and sha256, so that a wrong one is never sent in part.
   * @throws {AttachmentUnreadableError}
   */
  verify(document: StoredAttachment): Promise<void>;

  /**
   * Streams the document's bytes, never held whole in memory. They are checked again: a document that was changed since `verify`
   * fails with an AttachmentUnreadableError before its end.
   */
  open(document: StoredAttachment): Readable;

  /** Deletes everything kept for an order, including incomplete uploads. Deleting nothing is not an error. */
  deleteAll(reference: string): Promise<void>;

  /**
   * Leaves a tombstone with only a hash of the order's reference: an erased reference is never used again, although Temporal no
   * longer knows it.
   */
  markErased(reference: string): Promise<void>;

  isErased(reference: string): Promise<boolean>;

  /** Every order that has documents here, in no particular order. */
  stagedOrders(): AsyncIterable<StagedOrder>;
}

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
  /** When the newest of them was written. */
  newest: Date;
}

/** Thrown when a document is missing from the store, or is not the one that was announced. Never names its content. */
export class AttachmentUnreadableError extends Error {
  override readonly name = 'AttachmentUnreadableError';
}

/** Thrown when an order's documents were deleted while one of them was put: the order has ended meanwhile. */
export class DocumentsDeletedError extends Error {
  override readonly name = 'DocumentsDeletedError';

  constructor(reference: string, options: ErrorOptions) {
    super(
      `The documents of ${reference} were deleted while one was put: its order has ended. If it is open again, put the document again.`,
      options,
    );
  }
}

/** Where documents wait until Sinch has them. Keys are `<reference>/<sha256>`; an order only ever touches its own. */
export interface AttachmentStore {
  /**
   * Keeps a document of an order. Storing the same bytes twice is one document.
   * @throws {DocumentsDeletedError} when `deleteAll` came in between; what comes after it may be kept
   */
  put(reference: string, content: Readable): Promise<StoredAttachment>;

  /**
   * Reads the document once to check its size and sha256, so that nothing wrong is ever sent in part.
   * @throws {AttachmentUnreadableError}
   */
  verify(document: StoredAttachment): Promise<void>;

  /**
   * The document's bytes, streamed: it is never whole in memory. They are checked once more on the way; a document that was
   * changed since `verify` breaks off with an AttachmentUnreadableError before its end.
   */
  open(document: StoredAttachment): Readable;

  /** Deletes everything kept for an order, uploads that broke off included. Deleting nothing is no error. */
  deleteAll(reference: string): Promise<void>;

  /**
   * Leaves a tombstone, which holds nothing of the order but a hash of its reference: an erased reference is not used
   * again, though neither Temporal nor anything else remembers it.
   */
  markErased(reference: string): Promise<void>;

  isErased(reference: string): Promise<boolean>;

  /** Every order that has documents here, in no order of note. */
  stagedOrders(): AsyncIterable<StagedOrder>;
}

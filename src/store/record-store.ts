import type { Readable } from 'node:stream';

/** A document that does not belong to an order. */
export interface KeptDocument {
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
}

/**
 * Records besides the orders' documents: rows of batches, and profiles. No sweep and no order's deletion removes them. A place is
 * named like `.batches/spring`; its last name is chosen by a user. Records are encrypted like documents.
 */
export interface RecordStore {
  /**
   * Stores a text in a place. It replaces an earlier one with its name.
   * @param name letters, digits, dots, dashes and underscores
   */
  keepRecord(place: string, name: string, content: string): Promise<void>;

  /** Undefined when there is none. @throws {SealingKeyMissingError} */
  readRecord(place: string, name: string): Promise<string | undefined>;

  /** Stores a document in a place. */
  keepDocument(place: string, content: Readable): Promise<KeptDocument>;

  /** Its bytes, checked while they are read, like an order's document. @throws {AttachmentUnreadableError} */
  openDocument(place: string, document: KeptDocument): Readable;

  /** Names of the records of a place, documents' sha256 among them. */
  namesIn(place: string): AsyncIterable<string>;

  /** The ids of the keys with which a place is encrypted; undefined for plain records. */
  keysOf(place: string): AsyncIterable<string | undefined>;

  /** Last names of the places below another, such as `.profiles`. */
  placesIn(root: string): AsyncIterable<string>;

  /** Deletes a place with all its content. Deleting nothing is not an error. */
  deletePlace(place: string): Promise<void>;
}

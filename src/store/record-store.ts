import type { Readable } from 'node:stream';

/** A document that is kept beside the orders. */
export interface KeptDocument {
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
}

/**
 * What is kept beside the orders' documents: rows of batches, and profiles. No sweep and no order's deletion reaches it. A place is
 * named `.batches/spring`; its last name is somebody's own. All of it is encrypted as documents are.
 */
export interface RecordStore {
  /**
   * Keeps a text of a place. It replaces an earlier one of its name.
   * @param name letters, digits, dots, dashes and underscores
   */
  keepRecord(place: string, name: string, content: string): Promise<void>;

  /** Undefined when there is none. @throws {SealingKeyMissingError} */
  readRecord(place: string, name: string): Promise<string | undefined>;

  /** Keeps a document of a place. */
  keepDocument(place: string, content: Readable): Promise<KeptDocument>;

  /** Its bytes, checked on their way as those of an order's document are. @throws {AttachmentUnreadableError} */
  openDocument(place: string, document: KeptDocument): Readable;

  /** Names of the records of a place, documents' sha256 among them. */
  namesIn(place: string): AsyncIterable<string>;

  /** Ids of the keys with which a place is encrypted; undefined for what is not. */
  keysOf(place: string): AsyncIterable<string | undefined>;

  /** Last names of the places below another, such as `.profiles`. */
  placesIn(root: string): AsyncIterable<string>;

  /** Deletes a place with all that is in it. Deleting nothing is no error. */
  deletePlace(place: string): Promise<void>;
}

/** What is kept beside the orders' documents: rows of batches, and profiles. No sweep and no order's deletion reaches it. */
export interface RecordStore {
  /**
   * Keeps a record of a place, such as `.batches/spring`, encrypted as documents are. It replaces an earlier one of its name.
   * @param name letters, digits, dots, dashes and underscores
   */
  keepRecord(place: string, name: string, content: string): Promise<void>;

  /** Undefined when there is none. @throws {SealingKeyMissingError} */
  readRecord(place: string, name: string): Promise<string | undefined>;

  /** Deletes a place with all that is in it. Deleting nothing is no error. */
  deletePlace(place: string): Promise<void>;
}

/** Remembers the ids of the latest events, a bounded number, so that a duplicate costs no signal. */
export class RecentEvents {
  readonly #ids = new Set<string>();

  constructor(private readonly capacity: number) {}

  /** Marks a known id as just seen. */
  has(id: string): boolean {
    if (!this.#ids.delete(id)) return false;
    this.#ids.add(id);
    return true;
  }

  add(id: string): void {
    this.#ids.add(id);
    // A set keeps the order of insertion: the first is the one seen longest ago.
    const [oldest] = this.#ids;
    if (this.#ids.size > this.capacity && oldest !== undefined) this.#ids.delete(oldest);
  }
}

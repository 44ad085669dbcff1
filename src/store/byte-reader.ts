/** Reads a stream in pieces of requested sizes. */
export class ByteReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer[] = [];
  private length = 0;

  constructor(content: AsyncIterable<Buffer>) {
    this.chunks = content[Symbol.asyncIterator]();
  }

  /** The next `size` bytes; fewer only at the end of the stream. */
  async take(size: number): Promise<Buffer> {
    await this.hold(size);
    const all = this.held.length === 1 ? (this.held[0] ?? Buffer.alloc(0)) : Buffer.concat(this.held);
    const rest = all.subarray(size);
    this.held = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    return all.subarray(0, size);
  }

  async atEnd(): Promise<boolean> {
    await this.hold(1);
    return this.length === 0;
  }

  /** Closes the stream, even before its end. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private async hold(size: number): Promise<void> {
    while (this.length < size) {
      const next = await this.chunks.next();
      if (next.done) return;
      this.held.push(next.value);
      this.length += next.value.length;
    }
  }
}

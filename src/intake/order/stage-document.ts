import { Readable } from 'node:stream';
import { DocumentsDeletedError, type AttachmentStore, type StoredAttachment } from '../../store/attachment-store';

/** Where a document has come to: it is stored, or why not. */
export type Staged =
  { stored: StoredAttachment } | { refused: 'empty' | 'tooLarge' | 'limit' | 'chooseAgain' | 'orderEnded' };

class TooLargeError extends Error {}
class OverQuotaError extends Error {}

export interface StageOptions {
  maxBytes: number;
  /** Whether the order may keep so many bytes more; asked as they arrive. */
  spend: (bytes: number) => Promise<boolean>;
}

/**
 * Puts a document into the store as it arrives, and no more of it than an order may have. What broke off leaves nothing.
 * Never rejects.
 */
export async function stageDocument(
  store: AttachmentStore,
  reference: string,
  content: Readable,
  { maxBytes, spend }: StageOptions,
): Promise<Staged> {
  const chunks: AsyncIterator<Buffer> = content.iterator({ destroyOnReturn: false });
  try {
    const first = await chunks.next();
    // An empty file would be kept, and refused by the order.
    if (first.done) return { refused: 'empty' };
    return { stored: await store.put(reference, Readable.from(bounded(first.value, chunks, maxBytes, spend))) };
  } catch (error) {
    if (error instanceof TooLargeError) return { refused: 'tooLarge' };
    if (error instanceof OverQuotaError) return { refused: 'limit' };
    if (error instanceof DocumentsDeletedError) return { refused: 'orderEnded' };
    return { refused: 'chooseAgain' };
  } finally {
    // While it listens, what is left of the stream would not flow, and its sender would wait for ever.
    await chunks.return?.();
  }
}

async function* bounded(
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  maxBytes: number,
  spend: (bytes: number) => Promise<boolean>,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for (let next: IteratorResult<Buffer> = { value: first }; !next.done; next = await rest.next()) {
    bytes += next.value.length;
    if (bytes > maxBytes) throw new TooLargeError();
    if (!(await spend(next.value.length))) throw new OverQuotaError();
    yield next.value;
  }
}

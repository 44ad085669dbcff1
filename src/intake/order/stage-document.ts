import { Readable } from 'node:stream';
import { DocumentsDeletedError, type AttachmentStore, type StoredAttachment } from '../../store/attachment-store';

/** The outcome for a document: it is stored, or the reason why not. */
export type Staged =
  { stored: StoredAttachment } | { refused: 'empty' | 'tooLarge' | 'limit' | 'chooseAgain' | 'orderEnded' };

class TooLargeError extends Error {}
class OverQuotaError extends Error {}

export interface StageOptions {
  maxBytes: number;
  /** Whether the order may store this many more bytes. Asked as they arrive. */
  spend: (bytes: number) => Promise<boolean>;
}

/** Stores a document as it arrives, up to the order's limit. An incomplete one leaves nothing. Never rejects. */
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
    // Otherwise the rest of the stream would not flow, and its sender would wait forever.
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

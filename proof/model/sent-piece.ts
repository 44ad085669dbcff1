import { createHash } from 'node:crypto';
import type { KycAnswer } from '@number-orders/contract';

/** A piece of KYC as it was sent, and the answer that its sender got; undefined if there was none. */
export interface SentPiece {
  /** `registration`, or the attachment's id. */
  name: string;
  sha256: string;
  /** When it was sent, and when its sender heard of it or gave up: milliseconds of one clock. */
  sentAt: number;
  heardAt?: number;
  /** Its place among those that the order took, if that is known. */
  arrival?: number;
  answer?: KycAnswer['status'];
}

/** Notes a piece that is about to be sent. */
export function sentPiece(name: string, content: string): SentPiece {
  return { name, sha256: createHash('sha256').update(content).digest('hex'), sentAt: performance.now() };
}

/** Notes what the sender of a piece hears. One who sends it by signal hears only that it was sent. */
export async function hear(piece: SentPiece, answer: Promise<KycAnswer | undefined>): Promise<void> {
  try {
    const heard = await answer;
    if (heard) piece.answer = heard.status;
  } finally {
    piece.heardAt = performance.now();
  }
}

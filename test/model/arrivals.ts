import { createHash } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import { SIGNAL, UPDATE } from '@number-orders/contract';
import type { SentPiece } from '../../proof/model/sent-piece';
import type { History } from '../support/check-histories';

/** Notes which of the pieces an order took before which, as the histories of its runs tell. */
export function noteArrivals(pieces: readonly SentPiece[], runs: readonly History[]): void {
  let arrivals = 0;
  for (const event of runs.flatMap(({ events }) => events ?? [])) {
    const signal = event.workflowExecutionSignaledEventAttributes;
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
    const arrived =
      contentOf(signal?.signalName, signal?.input?.payloads?.[0]) ??
      contentOf(update?.name, update?.args?.payloads?.[0]);
    const piece = arrived && pieces.find(({ sha256 }) => sha256 === arrived);
    if (piece) piece.arrival = ++arrivals;
  }
}

/** The SHA-256 of what a message with KYC has. */
function contentOf(message?: string | null, payload?: Payload): string | undefined {
  const isRegistration = message === SIGNAL.registration || message === UPDATE.submitRegistration;
  const isAttachment = message === SIGNAL.attachment || message === UPDATE.submitAttachment;
  if (!payload?.data || !(isRegistration || isAttachment)) return undefined;
  try {
    const content = JSON.parse(Buffer.from(payload.data).toString()) as { sha256?: string } | null;
    return isAttachment ? content?.sha256 : createHash('sha256').update(JSON.stringify(content)).digest('hex');
  } catch {
    // One of the odd messages.
    return undefined;
  }
}

import { condition } from '@temporalio/workflow';
import type { Stage } from '../contract';
import type { NumberOrder } from '../activities';
import { placeAgain } from './again';
import { publish } from './board';
import { waits } from './calls';
import { continueAsNewDue, weighHistory } from './continue-as-new';
import { callFailureOf } from './failures';
import { currentReservation, type Order } from './order';
import { policyOf } from './policy';
import { readReviewLog } from './reread';
import { leave, markLost, observe, sinchStateOf, stageOf } from './reservation';
import { unless } from './unless';

/** Follows the order while Sinch has it in one state, however many weeks that takes. */
export async function followReview(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  const { stage } = order;
  const from = sinchStateOf(reservation);
  publish(order);
  delete reservation.lookSoon;
  let seen: NumberOrder | undefined;
  try {
    // A callback or an operator may have us look earlier: see reread.ts.
    const stop = () =>
      sinchStateOf(reservation) !== from ||
      stageOf(stage, reservation) !== stage ||
      reservation.lookSoon === true ||
      continueAsNewDue(order);
    const mayHaveWritten = stage === 'ACTION_REQUIRED' && !order.erased;
    seen = await unless(stop, () =>
      waits.awaitReview.executeWithOptions({ summary: `Until the order is no longer ${from}` }, [
        {
          idNumberOrder: reservation.sinchOrderId,
          from,
          ...(mayHaveWritten && { logRead: reservation.reviewLogSeen ?? { entries: 0 } }),
        },
      ]),
    );
    if (seen) observe(order, seen);
  } catch (error) {
    callFailureOf(error);
    return markLost(order);
  }
  const next = stageOf(stage, reservation);
  if (next === 'REJECTED' || (next === 'ACTION_REQUIRED' && (next !== stage || seen))) await readFeedback(order);
  return leave(order, next);
}

async function readFeedback(order: Order): Promise<void> {
  try {
    await readReviewLog(order);
  } catch (error) {
    callFailureOf(error);
  }
}

/** Somebody must act: the reviewers have blocked the order, or rejected it and a correction is awaited. */
export async function awaitAction(order: Order): Promise<Stage> {
  if (order.correction) return awaitCorrection(order);
  return followReview(order);
}

/**
 * After a rejection: until corrected KYC has come, then the order is placed again. Pieces often come several at a time,
 * so it waits until none has come for a while.
 */
async function awaitCorrection(order: Order): Promise<Stage> {
  publish(order);
  for (let until = correctionEnds(order); until !== undefined; until = correctionEnds(order)) {
    if (order.cancel) return 'CANCELLED';
    weighHistory(order);
    if (Date.now() >= until) return order.correction?.lastPieceAt === undefined ? 'REJECTED' : correct(order);
    if (continueAsNewDue(order)) return 'ACTION_REQUIRED';
    const ends = until;
    await condition(
      () => order.cancel !== undefined || correctionEnds(order) !== ends || continueAsNewDue(order),
      until - Date.now(),
      { summary: 'Until corrected KYC must have come' },
    );
  }
  return 'REJECTED';
}

/** When waiting for (more) corrected KYC ends. */
function correctionEnds(order: Order): number | undefined {
  const { correction } = order;
  if (!correction) return undefined;
  const { until, lastPieceAt } = correction;
  return lastPieceAt === undefined ? until : lastPieceAt + policyOf(order).correctionQuietMs;
}

function correct(order: Order): Stage {
  delete order.correction;
  order.corrections++;
  return placeAgain(order, 'KYC was corrected, ordering again');
}

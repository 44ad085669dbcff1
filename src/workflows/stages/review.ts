import { until } from '../calls/until';
import type { Stage } from '@number-orders/contract';
import type { NumberOrder } from '../../activities';
import { placeAgain } from '../reservation/next-attempt';
import { publish } from '../display/search-attributes';
import { waits } from '../calls/activities';
import { continueAsNewDue, weighHistory } from '../order/history-size';
import { callFailureOf } from '../calls/call-failure';
import { currentReservation, type Order, sinchStateOf, type Awaited } from '../order/order';
import { policyOf } from '../order/policy';
import { nextReminder, remindIfDue } from '../notifications/reminders';
import { readReviewLog } from '../reservation/refresh';
import { awaitedByReviewers } from '../order/reviewers-wait';
import { leave, markLost, observe, stageOf } from '../reservation/reservation';
import { cancelWhen } from '../calls/cancel-when';
import { carryOutCancel, isCancelled, isInterrupted } from './cancel';

/** Follows the order while Sinch keeps it in one state, for weeks if needed. */
export async function followReview(order: Order): Promise<Stage> {
  if (isCancelled(order)) return carryOutCancel(order);
  const reservation = currentReservation(order);
  const { stage } = order;
  const from = sinchStateOf(reservation);
  if (stage === 'ACTION_REQUIRED') reservation.reviewersWait ??= { since: Date.now(), remindersSent: 0 };
  delete reservation.lookSoon;
  publish(order);
  const awaited = awaitedByReviewers(order);
  let seen: NumberOrder | undefined;
  try {
    // A callback or an operator may trigger an earlier read: see reservation/refresh.ts.
    const stop = () =>
      sinchStateOf(reservation) !== from ||
      stageOf(stage, reservation) !== stage ||
      reservation.lookSoon === true ||
      isInterrupted(order);
    const summary = `Until the order is no longer ${from}, or the reviewers write`;
    const logRead = order.erased ? {} : { logRead: reservation.reviewLogSeen ?? { entries: 0 } };
    const follow = () =>
      waits.awaitReview.executeWithOptions({ summary }, [
        { idNumberOrder: reservation.sinchOrderId, from, ...logRead },
      ]);
    seen = await cancelWhen(stop, follow, reminderOf(order, awaited));
    if (seen) observe(order, seen);
  } catch (error) {
    callFailureOf(error);
    return markLost(order);
  }
  const next = stageOf(stage, reservation);
  const haveWritten = next === stage ? seen !== undefined : NEWS_IN_THE_LOG.includes(next);
  if (haveWritten) await readFeedback(order);
  if (next !== stage) delete reservation.reviewersWait;
  else if (awaited && !order.cancel) remindIfDue(order, awaited, 'the reviewers wait for KYC');
  return leave(order, next);
}

/** The states in which the reviewers say why. */
const NEWS_IN_THE_LOG: readonly Stage[] = ['ACTION_REQUIRED', 'REJECTED', 'EXPIRED'];

function reminderOf(order: Order, awaited: Awaited | undefined) {
  const at = awaited ? nextReminder(order, awaited) : Infinity;
  if (at === Infinity) return undefined;
  return { after: Math.max(1, at - Date.now()), summary: 'Reminder of what the reviewers wait for' };
}

async function readFeedback(order: Order): Promise<void> {
  try {
    await readReviewLog(order);
  } catch (error) {
    callFailureOf(error);
  }
}

/** The requester must act: the reviewers have blocked the order, or rejected it and a correction is awaited. */
export async function awaitAction(order: Order): Promise<Stage> {
  if (order.correction) return awaitCorrection(order);
  return followReview(order);
}

/**
 * After a rejection: waits for corrected KYC, then places the order again. Pieces often arrive together, so it waits until none
 * has arrived for a while.
 */
async function awaitCorrection(order: Order): Promise<Stage> {
  publish(order);
  for (let end = correctionEnds(order); end !== undefined; end = correctionEnds(order)) {
    if (isCancelled(order)) return carryOutCancel(order);
    weighHistory(order);
    if (Date.now() >= end) return order.correction?.lastPieceAt === undefined ? 'REJECTED' : correct(order);
    if (continueAsNewDue(order)) return 'ACTION_REQUIRED';
    const ends = end;
    const awaited = awaitedCorrection(order);
    const reminder = awaited ? nextReminder(order, awaited) : Infinity;
    await until(
      () => isCancelled(order) || correctionEnds(order) !== ends || continueAsNewDue(order),
      Math.max(1, Math.min(end, reminder) - Date.now()),
      { summary: reminder < end ? 'Reminder of corrected KYC' : 'Deadline for corrected KYC' },
    );
    if (awaited && !order.cancel) remindIfDue(order, awaited, 'corrected KYC is awaited');
  }
  return 'REJECTED';
}

/** Undefined: it has begun to arrive. */
function awaitedCorrection({ correction }: Order): Awaited | undefined {
  if (!correction || correction.lastPieceAt !== undefined) return undefined;
  return { from: correction.from, until: correction.until, reminded: correction };
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

import type { ReviewLogEntry } from '@number-orders/contract';
import type { ReviewLogMark } from '../../activities';
import { shortReads } from '../calls/activities';
import { callFailureOf } from '../calls/call-failure';
import { addNotice, takeLinks, wantedLinks, type Order } from '../order/order';
import { tellRequester } from '../notifications/requester';
import { markLost, observe, stageOf } from './reservation';

/**
 * Asks Sinch now and adopts its answer. The code that waits for a change sees it.
 * @param closely also reads the reviewers' feedback of an order in review, with one more call
 */
export async function refreshReservation(order: Order, closely = false): Promise<void> {
  const { reservation } = order;
  if (!reservation) return;
  try {
    const { sinchOrderId } = reservation;
    observe(order, await shortReads.getNumberOrder.executeWithOptions({ summary: 'Ask Sinch now' }, [sinchOrderId]));
  } catch (error) {
    const { type } = callFailureOf(error);
    if (type === 'SinchNotFound' && order.reservation === reservation) markLost(order);
    else addNotice(order, `Sinch could not be asked (${type})`);
    return;
  }
  await lookCloser(order, closely);
}

/** Reads what else the stage has to show. A failure here says nothing about the order itself. */
async function lookCloser(order: Order, closely: boolean): Promise<void> {
  try {
    if (order.stage === 'ACTION_REQUIRED' || (closely && order.stage === 'IN_REVIEW')) await readReviewLog(order);
    if (order.stage === 'PROVISIONING') await readLinks(order);
  } catch (error) {
    addNotice(order, `Details could not be read from Sinch (${callFailureOf(error).type})`);
  }
}

/**
 * Reads the reviewers' feedback, for the people who must act on it. New feedback is notified where the stage stays the same; an
 * order that is blocked or rejected has its own notification.
 */
export async function readReviewLog(order: Order): Promise<void> {
  const { reservation } = order;
  if (!reservation || order.erased) return;
  const summary = "Read the reviewers' feedback";
  const reviewLog = await shortReads.getReviewLog.executeWithOptions({ summary }, [reservation.sinchOrderId]);
  // It can echo KYC, and erasing may have begun meanwhile. After the end it is no longer needed.
  if (order.erased || order.reservation !== reservation) return;
  const before = reservation.reviewLogSeen;
  const seen = markOf(reviewLog);
  order.reviewLog = reviewLog;
  reservation.reviewLogSeen = seen;
  const haveWritten = seen.entries !== (before?.entries ?? 0) || seen.lastAt !== before?.lastAt;
  if (!haveWritten || stageOf(order.stage, reservation) !== order.stage) return;
  addNotice(order, 'The reviewers have written');
  reservation.reviewersWait = { since: Date.now(), remindersSent: 0 };
  reservation.lookSoon = true;
  tellRequester(order, 'order.review_feedback');
  // They may have blocked it again between two reads.
  if (before && order.stage === 'ACTION_REQUIRED') tellRequester(order, 'order.action_required');
}

function markOf(reviewLog: ReviewLogEntry[]): ReviewLogMark {
  const last = reviewLog.at(-1);
  return { entries: reviewLog.length, ...(last && { lastAt: last.createTime }) };
}

async function readLinks(order: Order): Promise<void> {
  const { reservation } = order;
  if (!reservation || order.provisioning.length === 0) return;
  const seen = await shortReads.readProvisioning.executeWithOptions({ summary: 'Ask for the state of linking' }, [
    { phoneNumbers: reservation.phoneNumbers, ...wantedLinks(order) },
  ]);
  if (order.reservation === reservation) takeLinks(order, seen);
}

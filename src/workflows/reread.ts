import type { ReviewLogEntry } from '../contract';
import type { ReviewLogMark } from '../activities';
import { shortReads } from './calls';
import { callFailureOf } from './failures';
import { addNotice, takeLinks, wantedLinks, type Order } from './order';
import { tellRequester } from './requester';
import { markLost, observe, stageOf } from './reservation';

/** Asks Sinch now. What it says is taken over; whoever follows the order sees it. */
export async function lookAgain(order: Order): Promise<void> {
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
  await lookCloser(order);
}

/** What else there is to see in a stage. That it cannot be read says nothing of the order itself. */
async function lookCloser(order: Order): Promise<void> {
  try {
    if (order.stage === 'ACTION_REQUIRED') await readReviewLog(order);
    if (order.stage === 'PROVISIONING') await readLinks(order);
  } catch (error) {
    addNotice(order, `Sinch told no details (${callFailureOf(error).type})`);
  }
}

/** The reviewers' feedback, to be shown to whoever must act on it; told, where they have blocked the order once more. */
export async function readReviewLog(order: Order): Promise<void> {
  const { reservation } = order;
  if (!reservation || order.erased) return;
  const summary = "Read the reviewers' feedback";
  const reviewLog = await shortReads.getReviewLog.executeWithOptions({ summary }, [reservation.sinchOrderId]);
  // It can echo KYC, and erasing may have begun meanwhile. What comes after the end is nobody's any more.
  if (order.erased || order.reservation !== reservation) return;
  const before = reservation.reviewLogSeen;
  const seen = markOf(reviewLog);
  order.reviewLog = reviewLog;
  reservation.reviewLogSeen = seen;
  const haveWritten = before && (before.entries !== seen.entries || before.lastAt !== seen.lastAt);
  const isBlockedStill = order.stage === 'ACTION_REQUIRED' && stageOf(order.stage, reservation) === order.stage;
  if (haveWritten && isBlockedStill) {
    addNotice(order, 'The reviewers have written again');
    tellRequester(order, 'order.action_required');
  }
}

function markOf(reviewLog: ReviewLogEntry[]): ReviewLogMark {
  const last = reviewLog.at(-1);
  return { entries: reviewLog.length, ...(last && { lastAt: last.createTime }) };
}

async function readLinks(order: Order): Promise<void> {
  const { reservation } = order;
  if (!reservation || order.provisioning.length === 0) return;
  const seen = await shortReads.readProvisioning.executeWithOptions({ summary: 'Ask how far linking has come' }, [
    { phoneNumbers: reservation.phoneNumbers, ...wantedLinks(order) },
  ]);
  if (order.reservation === reservation) takeLinks(order, seen);
}

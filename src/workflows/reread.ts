import { shortReads } from './calls';
import { callFailureOf } from './failures';
import { addNotice, takeLinks, wantedLinks, type Order } from './order';
import { markLost, observe } from './reservation';

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

/** The reviewers' feedback, to be shown to whoever must act on it. */
export async function readReviewLog(order: Order): Promise<void> {
  if (!order.reservation || order.erased) return;
  const { sinchOrderId } = order.reservation;
  const summary = "Read the reviewers' feedback";
  const reviewLog = await shortReads.getReviewLog.executeWithOptions({ summary }, [sinchOrderId]);
  // It can echo KYC, and erasing may have begun meanwhile.
  if (!order.erased) order.reviewLog = reviewLog;
}

async function readLinks(order: Order): Promise<void> {
  const phoneNumbers = order.reservation?.phoneNumbers ?? [];
  if (order.provisioning.length === 0) return;
  const seen = await shortReads.readProvisioning.executeWithOptions({ summary: 'Ask how far linking has come' }, [
    { phoneNumbers, ...wantedLinks(order) },
  ]);
  takeLinks(order, seen);
}

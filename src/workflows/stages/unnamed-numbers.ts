import { publish } from '../display/search-attributes';
import { links } from '../calls/activities';
import { continueAsNewDue } from '../order/history-size';
import { callFailureOf } from '../calls/call-failure';
import { addNotice, currentReservation, type Order } from '../order/order';
import { takeNumbers } from '../reservation/reservation';
import { cancelWhen } from '../calls/cancel-when';

const areNamed = (order: Order) => currentReservation(order).phoneNumbers.length > 0;

async function find(order: Order): Promise<string[]> {
  const { request, attempt } = order;
  const { sinchOrderId: idNumberOrder } = currentReservation(order);
  const { reference, regionCode, numberType, selection } = request;
  const count = 'quantity' in selection ? (selection.quantity.requestedQuantity ?? 1) : 1;
  return links.awaitBoughtNumbers.executeWithOptions({ summary: 'Which numbers has Sinch sold us?' }, [
    { idNumberOrder, reference, attempt, regionCode, numberType, count },
  ]);
}

/**
 * Sinch has sold us numbers, and may not have named them yet. Unnamed numbers cannot be followed, nor released after a cancel, so
 * a cancel does not end this wait.
 * @param until milliseconds since the epoch
 * @returns whether they are named; false also when the order continues as new
 */
export async function awaitNames(order: Order, until: number): Promise<boolean> {
  if (areNamed(order)) return true;
  const notice = 'Sinch has completed the order and names no numbers: it is asked again until it does';
  if (!order.notices.some(({ message }) => message === notice)) addNotice(order, notice);
  publish(order);
  try {
    const limit = { after: Math.max(1, until - Date.now()), summary: 'Until Sinch must have named the numbers' };
    const found = await cancelWhen(
      () => areNamed(order) || continueAsNewDue(order),
      () => find(order),
      limit,
    );
    if (found) takeNumbers(order, currentReservation(order), found);
  } catch (error) {
    callFailureOf(error);
    // Only an operator can have failed it.
    order.provisioningUntil = 0;
  }
  return areNamed(order);
}

/** Reports what cannot be done without their names. */
export function reportUnnamed(order: Order): void {
  const { sinchOrderId } = currentReservation(order);
  const action = `${order.cancel ? 'release' : 'name'} the numbers of Sinch order ${sinchOrderId}`;
  order.compensations.push({ action, ok: false, detail: 'Sinch does not name them' });
}

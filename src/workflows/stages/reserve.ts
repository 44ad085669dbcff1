import { sleep } from '@temporalio/workflow';
import { type NumberQuantity, type Stage, REQUEST_DEFAULTS } from '@number-orders/contract';
import { reads } from '../calls/activities';
import { carryOutCancel, isCancelled, isInterrupted } from './cancel';
import { callKindOf, create, isUnclearTooOften, nothingReserved, settle } from './creation';
import { addNotice, type Order, type Reserving } from '../order/order';
import { policyOf } from '../order/policy';
import { reserveFromSearch } from './reserve-from-search';
import { cancelWhen } from '../calls/cancel-when';

/** Reserves what the request selects, never twice. Returns RESERVING if a new run must continue. */
export async function reserve(order: Order): Promise<Stage> {
  if (isCancelled(order)) return carryOutCancel(order);
  order.reserving ??= { until: Date.now() + policyOf(order).reserveForMs, tried: [], taken: 0, unclear: 0 };
  let stage: Stage | undefined;
  try {
    stage = await reserveSelected(order, order.reserving);
    if (stage === 'RESERVING' && isCancelled(order)) stage = await carryOutCancel(order);
    return stage;
  } finally {
    if (stage !== 'RESERVING') {
      delete order.reserving;
      delete order.notBefore;
    }
  }
}

function reserveSelected(order: Order, reserving: Reserving): Promise<Stage> {
  const { selection } = order.request;
  if ('phoneNumber' in selection) return reserveNumber(order, reserving, selection.phoneNumber);
  if ('search' in selection) return reserveFromSearch(order, reserving, selection.search);
  return reserveQuantity(order, reserving, selection.quantity);
}

/**
 * Reserves one given number. Before it is ordered again, Sinch is asked whether it is still available. Only one order can hold
 * it: an order that does proves that no earlier one holds it.
 */
async function reserveNumber(order: Order, reserving: Reserving, phoneNumber: string): Promise<Stage> {
  for (;;) {
    const unclear = order.unconfirmed.at(-1);
    if (unclear) {
      const settled = unclear.failedAt + policyOf(order).settleMs - Date.now();
      if (settled > 0) await sleep(settled, { summary: 'Until Sinch must have processed the request' });
      const available = await isStillAvailable(order, phoneNumber);
      if (available === undefined && !isCancelled(order)) return 'RESERVING';
      if (available !== true || isUnclearTooOften(order, reserving)) return 'UNCONFIRMED';
      addNotice(order, `${phoneNumber} is still available: ordering it again`);
    }
    const refused = await refusedForItsPrice(order, phoneNumber);
    if (refused === undefined && !isCancelled(order)) return 'RESERVING';
    if (refused === true) return nothingReserved(order);
    const creation = await create(order, reserving, phoneNumber, {
      numberOrderOption: { phoneNumbers: [phoneNumber] },
    });
    if (creation.kind === 'answered') order.unconfirmed = [];
    const stage = settle(order, creation, [phoneNumber]);
    if (stage) return stage;
    if (creation.kind === 'taken') return nothingReserved(order);
    order.unconfirmed = order.unconfirmed.slice(-1);
  }
}

/** Checks the price before a number is reserved. Undefined: there is no time left for an answer. */
async function refusedForItsPrice(order: Order, phoneNumber: string): Promise<boolean | undefined> {
  const { priceLimit } = order.request;
  if (!priceLimit) return false;
  const checked = await cancelWhen(
    () => isInterrupted(order),
    () =>
      reads.checkPrice.executeWithOptions({ summary: `What does ${phoneNumber} cost?` }, [
        phoneNumber,
        priceLimit,
        callKindOf(order),
      ]),
  );
  if (checked === undefined) return undefined;
  const { available, tooDear } = checked;
  if (available && tooDear === undefined) return false;
  addNotice(order, `${phoneNumber} is not reserved: ${tooDear ?? 'Sinch does not offer it'}`);
  return true;
}

/** Undefined: there is no time left for an answer. */
function isStillAvailable(order: Order, phoneNumber: string): Promise<boolean | undefined> {
  return cancelWhen(
    () => isInterrupted(order),
    () => reads.isNumberAvailable.executeWithOptions({ summary: `Is ${phoneNumber} still available?` }, [phoneNumber]),
  );
}

/**
 * Reserves numbers of Sinch's choice. It cannot be told afterwards whether an unconfirmed creation went through. So one number is
 * tried again and reported, as with a search; several at once are left to an operator.
 */
async function reserveQuantity(order: Order, reserving: Reserving, quantity: NumberQuantity): Promise<Stage> {
  const {
    requestedQuantity = REQUEST_DEFAULTS.requestedQuantity,
    pattern,
    searchPattern,
    capabilities,
    sequential,
  } = quantity;
  const name = requestedQuantity === 1 ? 'a number' : `${requestedQuantity} numbers`;
  for (;;) {
    const creation = await create(order, reserving, name, {
      quantityOrderOption: {
        requestedQuantity,
        ...(pattern && { numberPattern: { pattern, ...(searchPattern && { searchPattern }) } }),
        ...(capabilities && { capabilities }),
        ...(sequential !== undefined && { sequential }),
      },
    });
    const stage = settle(order, creation);
    if (stage) return stage;
    if (creation.kind === 'taken') return nothingReserved(order);
    if (requestedQuantity > 1 || isUnclearTooOften(order, reserving)) return 'UNCONFIRMED';
  }
}

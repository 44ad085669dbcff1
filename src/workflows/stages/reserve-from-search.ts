import { backOff, type NumberSearch, type Stage } from '@number-orders/contract';
import { reads } from '../calls/activities';
import { weighHistory } from '../order/history-size';
import { isInterrupted } from './cancel';
import { callKindOf, create, isUnclearTooOften, nothingReserved, refuseOrder, settle } from './creation';
import { waitForNotBefore } from './not-before';
import type { Order, Reserving } from '../order/order';
import { policyOf } from '../order/policy';
import { noteTooDear } from '../reservation/price-limit';
import { cancelWhen } from '../calls/cancel-when';

/** What a search need not find again. One that is taken is soon found no more, so the last of them will do. */
const TRIED_REMEMBERED = 200;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30 * 60_000;
/** So many refusals that name no field are not about the numbers: hours have passed by then. */
const REFUSED_WITHOUT_A_FIELD = 20;

/**
 * A number of a search: the order's own choice, and when that is taken the next. It gives up when so
 * many searches in a row as the policy says bring nothing that it has not tried. A candidate that stays unconfirmed lapses by itself and is reported.
 */
export async function reserveFromSearch(order: Order, reserving: Reserving, search: NumberSearch): Promise<Stage> {
  for (;;) {
    weighHistory(order);
    const phoneNumber = await findCandidate(order, reserving, search);
    if (phoneNumber === undefined) return 'RESERVING';
    if (phoneNumber === null) {
      if (isSearchedEnough(order, reserving)) return nothingReserved(order);
      continue;
    }
    const creation = await create(order, reserving, phoneNumber, {
      numberOrderOption: { phoneNumbers: [phoneNumber] },
    });
    // A new run begins with this very one.
    if (creation.kind === 'stopped') order.availableNumber = phoneNumber;
    const stage = settle(order, creation, [phoneNumber]);
    if (stage) return stage;
    delete reserving.emptySearches;
    reserving.tried = [...reserving.tried, phoneNumber].slice(-TRIED_REMEMBERED);
    if (isUnclearTooOften(order, reserving)) return 'UNCONFIRMED';
    if (creation.kind !== 'taken') continue;
    letOthersGetTheirs(order, reserving);
    const { failure } = creation;
    if (failure.violations.length === 0 && reserving.taken >= REFUSED_WITHOUT_A_FIELD)
      return refuseOrder(order, failure);
  }
}

/** Undefined: there is no time for an answer. Null: there is none. */
async function findCandidate(
  order: Order,
  reserving: Reserving,
  search: NumberSearch,
): Promise<string | null | undefined> {
  const stop = () => isInterrupted(order);
  await waitForNotBefore(order, stop, 'Until another number is tried');
  const { availableNumber, request } = order;
  delete order.availableNumber;
  if (availableNumber !== undefined) return availableNumber;
  const { reference, regionCode, numberType, priceLimit } = request;
  const firstLook = reserving.tried.length === 0 && !reserving.emptySearches;
  const query = {
    ...{ reference, regionCode, numberType, ...search },
    ...(!firstLook && { tried: reserving.tried }),
    ...(priceLimit && { priceLimit }),
  };
  const found = await cancelWhen(stop, () =>
    reads.searchAvailableNumbers.executeWithOptions({ summary: `Available ${numberType} numbers in ${regionCode}` }, [
      query,
      callKindOf(order),
    ]),
  );
  if (found?.phoneNumber === null) noteTooDear(order, found.tooDear);
  return found?.phoneNumber;
}

/** Each number that is taken costs Sinch a creation: the more of them in a row, the longer the wait. */
function letOthersGetTheirs(order: Order, reserving: Reserving): void {
  reserving.taken++;
  waitAfter(order, reserving.taken - policyOf(order).candidates + 1);
}

/** The second search follows the first at once, with a larger page; each further one waits for numbers to come. */
function isSearchedEnough(order: Order, reserving: Reserving): boolean {
  const searches = (reserving.emptySearches ?? 0) + 1;
  reserving.emptySearches = searches;
  waitAfter(order, searches - 1);
  return searches >= policyOf(order).searches;
}

/** @param tries 0 or less: there is no need to wait yet */
function waitAfter(order: Order, tries: number): void {
  if (tries > 0) order.notBefore = Date.now() + backOff({ firstMs: FIRST_WAIT_MS, longestMs: LONGEST_WAIT_MS, tries });
}

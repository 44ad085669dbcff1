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

/** Numbers to skip. Sinch soon stops offering a taken number, so the last of them are enough. */
const TRIED_REMEMBERED = 200;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30 * 60_000;
/** This many refusals that name no field are not about the numbers. They span hours. */
const REFUSED_WITHOUT_A_FIELD = 20;

/**
 * Reserves the first number of a search, or the next one if it is taken. Gives up after several searches in a row, as the policy
 * says, without an untried number. A candidate that stays unconfirmed lapses by itself and is reported.
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
    // A new run begins with this number.
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

/** Undefined: there is no time left for an answer. Null: nothing was found. */
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

/** Each taken number costs Sinch a creation: the more in a row, the longer the wait. */
function letOthersGetTheirs(order: Order, reserving: Reserving): void {
  reserving.taken++;
  waitAfter(order, reserving.taken - policyOf(order).candidates + 1);
}

/** The second search follows at once, with a larger page. Each further one waits for new numbers. */
function isSearchedEnough(order: Order, reserving: Reserving): boolean {
  const searches = (reserving.emptySearches ?? 0) + 1;
  reserving.emptySearches = searches;
  waitAfter(order, searches - 1);
  return searches >= policyOf(order).searches;
}

/** @param tries 0 or less: no wait is needed yet */
function waitAfter(order: Order, tries: number): void {
  if (tries > 0) order.notBefore = Date.now() + backOff({ firstMs: FIRST_WAIT_MS, longestMs: LONGEST_WAIT_MS, tries });
}

import { ApplicationFailure, sleep } from '@temporalio/workflow';
import type { FailureDetails, NumberQuantity, NumberSearch, Stage } from '../contract';
import { REQUEST_DEFAULTS } from '../contract';
import type { CreateNumberOrderRequest, NumberOrder } from '../activities';
import { atMostOnce, type Attempted } from './at-most-once';
import { CANDIDATES } from './begin';
import { onceOnly, reads } from './calls';
import type { CallFailure } from './failures';
import { addNotice, type Order } from './order';
import { policyOf } from './policy';
import { startReservation } from './reservation';
import { unless } from './unless';

/** How often a search is repeated when all that it found was taken. */
const SEARCHES = 3;
/** A Sinch that takes no order for so long is not waited for: each try leaves its trace in history. */
const TRIED_FOR_MS = 7 * 86_400_000;
/** So many creations of one attempt may stay unconfirmed before somebody should look. */
const MAX_UNCONFIRMED = 3;

type What = Pick<CreateNumberOrderRequest, 'numberOrderOption' | 'quantityOrderOption'>;

/** `taken`: somebody else has the number. */
type Creation = Attempted<NumberOrder> | { kind: 'taken' };

/** Sinch refuses a number that is gone; which words it uses is not documented, so only another field tells otherwise. */
function meansTaken({ type, violations }: CallFailure): boolean {
  if (type === 'SinchNotFound') return true;
  return (
    type === 'SinchInvalidArgument' &&
    violations.every(({ field }) => /phoneNumber|numberOrderOption|quantityOrderOption/.test(field))
  );
}

async function create(order: Order, name: string, what: What): Promise<Creation> {
  const { reference, regionCode, numberType, smsConfiguration, voiceConfiguration } = order.request;
  const request = {
    regionCode,
    numberType,
    ...(smsConfiguration && { smsConfiguration }),
    ...(voiceConfiguration && { voiceConfiguration }),
    ...what,
  } as CreateNumberOrderRequest;
  let startedAt = Date.now();
  const created = await atMostOnce(order, {
    name: `Reserving ${name}`,
    run: () => {
      startedAt = Date.now();
      return onceOnly.createNumberOrder.executeWithOptions({ summary: `Reserve ${name}` }, [
        { reference, attempt: order.attempt, order: request },
      ]);
    },
    wanted: () => order.cancel === undefined,
    until: Date.now() + TRIED_FOR_MS,
    unauthorizedIsFinal: order.attempt === 1,
  });
  if (created.kind === 'unknown') {
    order.unconfirmed.push({
      phoneNumbers: what.numberOrderOption ? [...what.numberOrderOption.phoneNumbers] : [],
      startedAt,
      failedAt: Date.now(),
    });
    addNotice(order, `Whether ${name} was reserved is not known: Sinch did not answer`);
  }
  if (created.kind !== 'refused' || !meansTaken(created.failure)) return created;
  const fields = created.failure.violations.map(({ field }) => field).join(', ');
  addNotice(order, `${name} cannot be had: Sinch refused it${fields && ` (${fields})`}`);
  return { kind: 'taken' };
}

/** What every kind of selection does alike with a creation; undefined: this number was not to be had. */
function settle(order: Order, creation: Creation): Stage | undefined {
  switch (creation.kind) {
    case 'answered':
      return startReservation(order, creation.answer);
    case 'stopped':
      return order.cancel ? 'CANCELLED' : nothingReserved(order);
    case 'refused':
      return refuseOrder(order, creation.failure);
    case 'taken':
    case 'unknown':
      return undefined;
  }
}

/** Before anything was reserved a refusal fails the order; afterwards only an outcome may end it. */
function refuseOrder(order: Order, { type, message, violations }: CallFailure): Stage {
  if (order.unconfirmed.length === 0 && order.reservations.length === 0) {
    throw ApplicationFailure.create({
      type,
      message,
      nonRetryable: true,
      details: [{ violations } satisfies FailureDetails],
    });
  }
  addNotice(order, `${message} (${type})`);
  return order.unconfirmed.length > 0 ? 'UNCONFIRMED' : 'UNAVAILABLE';
}

/** Nothing could be had. Unless something may have been reserved after all. */
function nothingReserved(order: Order): Stage {
  return order.unconfirmed.length > 0 ? 'UNCONFIRMED' : 'UNAVAILABLE';
}

async function isStillAvailable(order: Order, phoneNumber: string): Promise<boolean | undefined> {
  const { regionCode, numberType } = order.request;
  const found = await unless(
    () => order.cancel !== undefined,
    () =>
      reads.searchAvailableNumbers.executeWithOptions({ summary: `Is ${phoneNumber} still available?` }, [
        { regionCode, numberType, pattern: phoneNumber, searchPattern: 'START', size: 1 },
        'read',
      ]),
  );
  return found?.includes(phoneNumber);
}

/**
 * This very number. Asked whether it is still available before it is ordered again; and as only one order can hold it,
 * an order that has it proves that none before holds it still: none had it, or it has lapsed.
 */
async function reserveNumber(order: Order, phoneNumber: string): Promise<Stage> {
  for (let tries = 1; ; tries++) {
    const creation = await create(order, phoneNumber, { numberOrderOption: { phoneNumbers: [phoneNumber] } });
    if (creation.kind === 'answered') order.unconfirmed = [];
    const stage = settle(order, creation);
    if (stage) return stage;
    if (creation.kind === 'taken') return nothingReserved(order);
    order.unconfirmed = order.unconfirmed.slice(-1);
    await sleep(policyOf(order).settleMs, { summary: 'Until Sinch must have processed the request' });
    if ((await isStillAvailable(order, phoneNumber)) !== true || tries === MAX_UNCONFIRMED) return 'UNCONFIRMED';
    addNotice(order, `${phoneNumber} is still available: ordering it again`);
  }
}

/** The first of a search that can be had. A candidate that stays unconfirmed lapses by itself and is reported. */
async function reserveFromSearch(order: Order, search: NumberSearch): Promise<Stage> {
  const tried = new Set<string>();
  for (let searches = 0; searches < SEARCHES; searches++) {
    for (const phoneNumber of await searchCandidates(order, search, tried)) {
      tried.add(phoneNumber);
      const creation = await create(order, phoneNumber, { numberOrderOption: { phoneNumbers: [phoneNumber] } });
      const stage = settle(order, creation);
      if (stage) return stage;
      if (order.unconfirmed.length >= MAX_UNCONFIRMED) return 'UNCONFIRMED';
    }
    if (order.cancel) return 'CANCELLED';
  }
  return nothingReserved(order);
}

async function searchCandidates(order: Order, search: NumberSearch, tried: Set<string>): Promise<string[]> {
  const { regionCode, numberType } = order.request;
  const summary = `Available ${numberType} numbers in ${regionCode}`;
  const kind = order.attempt === 1 && order.unconfirmed.length === 0 ? 'beforeReservation' : 'read';
  const found =
    order.availableNumbers ??
    (await unless(
      () => order.cancel !== undefined,
      () =>
        reads.searchAvailableNumbers.executeWithOptions({ summary }, [
          { regionCode, numberType, ...search, size: CANDIDATES + tried.size },
          kind,
        ]),
    ));
  delete order.availableNumbers;
  return (found ?? []).filter((phoneNumber) => !tried.has(phoneNumber)).slice(0, CANDIDATES);
}

/**
 * Numbers of Sinch's choice. Nothing tells afterwards whether an unconfirmed creation went through, so one number is
 * tried again and reported as with a search; several at once are left to an operator.
 */
async function reserveQuantity(order: Order, quantity: NumberQuantity): Promise<Stage> {
  const {
    requestedQuantity = REQUEST_DEFAULTS.requestedQuantity,
    pattern,
    searchPattern,
    capabilities,
    sequential,
  } = quantity;
  const name = requestedQuantity === 1 ? 'a number' : `${requestedQuantity} numbers`;
  for (;;) {
    const creation = await create(order, name, {
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
    if (requestedQuantity > 1 || order.unconfirmed.length >= MAX_UNCONFIRMED) return 'UNCONFIRMED';
  }
}

/** Reserves what the request selects, and never the same thing twice. */
export async function reserve(order: Order): Promise<Stage> {
  if (order.cancel) return 'CANCELLED';
  const { selection } = order.request;
  if ('phoneNumber' in selection) return reserveNumber(order, selection.phoneNumber);
  if ('search' in selection) return reserveFromSearch(order, selection.search);
  return reserveQuantity(order, selection.quantity);
}

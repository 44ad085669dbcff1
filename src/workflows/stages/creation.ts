import type { Stage } from '@number-orders/contract';
import type { CreateNumberOrderRequest, NumberOrder } from '../../activities';
import { atMostOnce, type Attempted } from './at-most-once';
import { onceOnly } from '../calls/activities';
import { isInterrupted } from './cancel';
import { failureOfOrder, wordsOf, type CallFailure } from '../calls/call-failure';
import { countUnclear } from '../display/metrics';
import { addNotice, showViolations, type Order, type Reserving } from '../order/order';
import { policyOf } from '../order/policy';
import { earlierCreation } from '../order/unconfirmed-records';
import { leave, startReservation } from '../reservation/reservation';

/** So many creations of this attempt are unconfirmed that an operator should look. */
export function isUnclearTooOften(order: Order, { unclear }: Reserving): boolean {
  return unclear >= policyOf(order).unconfirmedCreations;
}

/** Before anything is, or may be, reserved, a permanent failure ends the order. */
export function callKindOf({ attempt, unconfirmed }: Order): 'beforeReservation' | 'read' {
  return attempt === 1 && unconfirmed.length === 0 ? 'beforeReservation' : 'read';
}

export type What = Pick<CreateNumberOrderRequest, 'numberOrderOption' | 'quantityOrderOption'>;

/** `taken`: another customer has the number. */
export type Creation = Attempted<NumberOrder> | { kind: 'taken'; failure: CallFailure };

/** Sinch refuses a number that is gone. Its wording is not documented, so a refusal means that unless it names another field. */
function meansTaken({ type, status, violations, said }: CallFailure): boolean {
  if (type === 'SinchNotFound') return true;
  const isSinchsOwn = violations.length > 0 || said !== undefined;
  return (
    status === 400 &&
    isSinchsOwn &&
    violations.every(({ field }) => /phoneNumber|numberOrderOption|quantityOrderOption/.test(field))
  );
}

/** @param name what is reserved, in words */
export async function create(order: Order, reserving: Reserving, name: string, what: What): Promise<Creation> {
  const { reference, regionCode, numberType, smsConfiguration, voiceConfiguration } = order.request;
  const request = {
    regionCode,
    numberType,
    ...(smsConfiguration && { smsConfiguration }),
    ...(voiceConfiguration && { voiceConfiguration }),
    ...what,
  } as CreateNumberOrderRequest;
  const phoneNumbers = what.numberOrderOption ? [...what.numberOrderOption.phoneNumbers] : [];
  let startedAt = Date.now();
  const created = await atMostOnce(order, {
    kind: 'creation',
    name: `Reserving ${name}`,
    run: () => {
      startedAt = Date.now();
      return onceOnly.createNumberOrder.executeWithOptions({ summary: `Reserve ${name}` }, [
        { reference, attempt: order.attempt, order: request, knownSince: order.knownSince?.creation },
      ]);
    },
    wanted: () => !isInterrupted(order),
    until: reserving.until,
    unauthorizedIsFinal: order.attempt === 1,
  });
  if (created.kind === 'unknown') {
    reserving.unclear++;
    if (created.earlier) order.unconfirmed.push(earlierCreation(order));
    else {
      order.unconfirmed.push({ phoneNumbers, startedAt, failedAt: Date.now() });
      // In an outage the next creation would end alike, so they are spaced further and further apart.
      order.notBefore = Date.now() + policyOf(order).settleMs * 2 ** (reserving.unclear - 1);
      addNotice(order, `It is unknown whether ${name} was reserved: Sinch did not answer`);
      countUnclear(order, 'creation');
    }
  }
  if (created.kind !== 'refused' || !meansTaken(created.failure)) return created;
  if (mayBeOurs(order, phoneNumbers)) {
    addNotice(order, `${name} is not available now: an unanswered creation of ours may hold it`);
    return { kind: 'taken', failure: created.failure };
  }
  const fields = created.failure.violations.map(({ field }) => field).join(', ');
  addNotice(order, `${name} is not available: Sinch refused it${fields && ` (${fields})`}`);
  return { kind: 'taken', failure: created.failure };
}

/** It may be refused because we hold it ourselves. Then no other customer has taken it. */
function mayBeOurs({ unconfirmed }: Order, numbers: string[]): boolean {
  return unconfirmed.some(({ phoneNumbers }) => phoneNumbers.some((number) => numbers.includes(number)));
}

/**
 * Handles a creation's outcome, alike for every kind of selection. Undefined: this number was not available.
 * @param asked the number of the creation
 */
export function settle(order: Order, creation: Creation, asked: string[] = []): Stage | undefined {
  switch (creation.kind) {
    case 'answered':
      return leave(order, startReservation(order, creation.answer, asked));
    case 'stopped':
      return isInterrupted(order) ? 'RESERVING' : nothingReserved(order);
    case 'refused':
      return refuseOrder(order, creation.failure);
    case 'unknown':
      // Another of a search, or of Sinch's choice, could be a second one, bought beside the first.
      return creation.earlier && !('phoneNumber' in order.request.selection) ? 'UNCONFIRMED' : undefined;
    case 'taken':
      return undefined;
  }
}

/** No number was available. Unless one may have been reserved after all. */
export function nothingReserved(order: Order): Stage {
  return order.unconfirmed.length > 0 ? 'UNCONFIRMED' : 'UNAVAILABLE';
}

/** Before anything was reserved a refusal fails the order; afterwards only an outcome may end it. */
export function refuseOrder(order: Order, failure: CallFailure): Stage {
  if (order.unconfirmed.length === 0 && order.reservations.length === 0) throw failureOfOrder(failure);
  showViolations(order, wordsOf(failure, 'order'));
  addNotice(order, `${failure.message} (${failure.type})`);
  return nothingReserved(order);
}

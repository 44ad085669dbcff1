import type { Price, Stage } from '../contract';
import type { NumberOrder, NumberOrderState } from '../activities';
import { countUnknownState } from './metrics';
import { addNotice, USUAL_RESERVATION_MS, type Order, type Reservation } from './order';
import { policyOf } from './policy';
import { tellRequester } from './requester';

const MARGIN_OF_WINDOW = 0.05;

const AFTER_SUBMIT: readonly NumberOrderState[] = ['IN_REVIEW', 'BLOCKED', 'COMPLETED', 'REJECTED'];

/** When Sinch says that the reservation lapses. It may say nothing; so does an end that is not after the beginning. */
function statedEnd(createdAt: number, { expireTime }: NumberOrder): number | undefined {
  const end = Date.parse(expireTime ?? '');
  return end > createdAt ? end : undefined;
}

/** How early the last submit may start: the setting, or 5 % of a short window. */
function deadlineOf(createdAt: number, expiresAt: number, marginMs: number): number {
  return expiresAt - Math.min(marginMs, (expiresAt - createdAt) * MARGIN_OF_WINDOW);
}

/** When a reservation must have lapsed at Sinch: a minute after its time, or 5 % of a short window. */
export function lapsedBy({ createdAt, expiresAt }: Reservation): number {
  return expiresAt + Math.min(60_000, (expiresAt - createdAt) * MARGIN_OF_WINDOW);
}

function pricesOf({ orderNumbers }: NumberOrder): Price[] {
  return orderNumbers.flatMap(({ phoneNumber, numberPrice }) =>
    numberPrice ? [{ phoneNumber, ...numberPrice } as Price] : [],
  );
}

/** Sinch's own word for the state it has the order in. */
export function sinchStateOf({ state, unknownState }: Pick<NumberOrder, 'state' | 'unknownState'>): string {
  return unknownState ?? state;
}

/** Nobody knows what follows from it: the stage stays as it is, and the order is looked at until it is in another. */
function tellUnknownState(order: Order, { unknownState }: NumberOrder): void {
  if (unknownState === undefined) return;
  addNotice(
    order,
    `Sinch has the order ${unknownState}, a state that is not known here: it is followed until it passes`,
  );
  countUnknownState(order);
}

/** Sinch has reserved something for us: the clock runs from here. */
export function startReservation(order: Order, created: NumberOrder): Stage {
  const createdAt = created.createTime ? Date.parse(created.createTime) : Date.now();
  const expiresAt = statedEnd(createdAt, created) ?? createdAt + USUAL_RESERVATION_MS;
  order.reservation = {
    sinchOrderId: created.idNumberOrder,
    phoneNumbers: created.orderNumbers.map(({ phoneNumber }) => phoneNumber),
    prices: pricesOf(created),
    state: created.state,
    ...(created.unknownState && { unknownState: created.unknownState }),
    createdAt,
    expiresAt,
    deadline: deadlineOf(createdAt, expiresAt, policyOf(order).deadlineMarginMs),
    overdue: false,
    remindersSent: 0,
    submitted: AFTER_SUBMIT.includes(created.state),
    heldBack: false,
  };
  tellUnknownState(order, created);
  tellRequester(order, 'order.reserved');
  return stageOf('AWAITING_KYC', order.reservation);
}

/** Takes over what Sinch says of our order now. */
export function observe(order: Order, seen: NumberOrder): void {
  const { reservation } = order;
  if (reservation?.sinchOrderId !== seen.idNumberOrder) return;
  delete reservation.lostAt;
  // A read that was overtaken by a later one.
  if (seen.state === 'CREATED' && reservation.state === 'IN_REVIEW') return;
  if (sinchStateOf(reservation) !== sinchStateOf(seen)) {
    if (seen.unknownState === undefined) addNotice(order, `Sinch has the order ${seen.state}`);
    else tellUnknownState(order, seen);
  }
  reservation.state = seen.state;
  delete reservation.unknownState;
  if (seen.unknownState !== undefined) reservation.unknownState = seen.unknownState;
  // However it was learnt: an order that is, or was, in review is never submitted again.
  if (AFTER_SUBMIT.includes(seen.state)) reservation.submitted = true;
  if (seen.orderNumbers.length > 0) {
    reservation.phoneNumbers = seen.orderNumbers.map(({ phoneNumber }) => phoneNumber);
    reservation.prices = pricesOf(seen);
  }
  const expiresAt = statedEnd(reservation.createdAt, seen);
  if (expiresAt !== undefined && !reservation.submitted) {
    reservation.expiresAt = expiresAt;
    reservation.deadline = deadlineOf(reservation.createdAt, reservation.expiresAt, policyOf(order).deadlineMarginMs);
    // Sinch has given it more time.
    if (!isPastDeadline(reservation)) reservation.overdue = false;
  }
}

/** Sinch no longer knows our order: nothing more is written to it. */
export function markLost(order: Order): Stage {
  const { reservation } = order;
  if (reservation?.lostAt === undefined) addNotice(order, 'Sinch answered 404 for our own order: its state is lost');
  if (reservation) reservation.lostAt ??= Date.now();
  return 'UNCONFIRMED';
}

/**
 * The stage that follows from Sinch's own state: it alone decides. A state it does not name leaves the stage as it is; but
 * what was submitted never comes to where it would be submitted again.
 */
export function stageOf(stage: Stage, { state, submitted, lostAt }: Reservation): Stage {
  if (lostAt !== undefined) return 'UNCONFIRMED';
  switch (state) {
    case 'CREATED':
      return submitted ? 'IN_REVIEW' : 'AWAITING_KYC';
    case 'IN_REVIEW':
      return 'IN_REVIEW';
    case 'BLOCKED':
      return 'ACTION_REQUIRED';
    case 'COMPLETED':
      return 'PROVISIONING';
    case 'REJECTED':
      return 'REJECTED';
    case 'EXPIRED':
      return 'EXPIRED';
    case 'NUMBER_ORDER_STATE_UNSPECIFIED':
      return submitted && stage === 'AWAITING_KYC' ? 'IN_REVIEW' : stage;
  }
}

/** By the clock, so never in a condition: see docs/decisions/0008. */
export function isPastDeadline({ deadline }: Reservation): boolean {
  return Date.now() >= deadline;
}

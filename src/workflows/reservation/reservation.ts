import { bytesOf, type Price, type Stage } from '@number-orders/contract';
import type { NumberOrder, NumberOrderState } from '../../activities';
import { areSame, deviationOf } from './asked-for';
import { countUnknownState } from '../display/metrics';
import {
  addNotice,
  closeReservation,
  USUAL_RESERVATION_MS,
  type Order,
  type Reservation,
  sinchStateOf,
} from '../order/order';
import { policyOf } from '../order/policy';
import { holdToPriceLimit } from './price-limit';
import { sendWithNewNumbers } from './registration-to-send';
import { tellRequester } from '../notifications/requester';

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

const numbersIn = ({ orderNumbers }: NumberOrder): string[] => orderNumbers.map(({ phoneNumber }) => phoneNumber);

/** A longer one is none that anybody could pay. */
const PRICE_BYTES = 280;

function pricesOf({ orderNumbers }: NumberOrder): Price[] {
  const prices = orderNumbers.flatMap(({ phoneNumber, numberPrice }) =>
    numberPrice ? [{ phoneNumber, ...numberPrice } as Price] : [],
  );
  return prices.filter((price) => bytesOf(price) <= PRICE_BYTES);
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

/**
 * Sinch has reserved something for us: the clock runs from here.
 * @param asked the number that was asked for; none for a quantity
 */
export function startReservation(order: Order, created: NumberOrder, asked: string[] = []): Stage {
  const createdAt = created.createTime ? Date.parse(created.createTime) : Date.now();
  const expiresAt = statedEnd(createdAt, created) ?? createdAt + USUAL_RESERVATION_MS;
  const reservation: Reservation = {
    sinchOrderId: created.idNumberOrder,
    phoneNumbers: asked,
    asked,
    prices: [],
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
  order.reservation = reservation;
  tellUnknownState(order, created);
  takeNumbers(order, reservation, numbersIn(created));
  reservation.prices = pricesOf(created);
  holdToPriceLimit(order, reservation);
  const stage = stageOf('AWAITING_KYC', reservation);
  if (stage !== 'UNAVAILABLE') tellRequester(order, 'order.reserved');
  return stage;
}

/** Sinch may not name them yet: what is known of them stands. Others than were asked for are never taken without a word. */
export function takeNumbers(order: Order, reservation: Reservation, told: string[]): void {
  if (told.length === 0 || areSame(told, reservation.phoneNumbers)) return;
  reservation.phoneNumbers = told;
  if (!reservation.submitted) sendWithNewNumbers(order);
  delete reservation.deviation;
  const deviation = deviationOf(order, reservation.asked, told);
  if (!deviation) return;
  reservation.deviation = deviation;
  const { askedFor, acceptable } = deviation;
  const follows = acceptable
    ? 'that will do'
    : reservation.submitted
      ? 'it is submitted already'
      : 'it is left to lapse';
  addNotice(order, `Sinch has reserved ${told.join(', ')}, where ${askedFor} was asked for: ${follows}`);
}

/** Takes over what Sinch says of our order now. */
export function observe(order: Order, seen: NumberOrder): void {
  const { reservation } = order;
  if (reservation?.sinchOrderId !== seen.idNumberOrder) return;
  delete reservation.lostAt;
  // It lives: what was reset cannot have ordered another in its place.
  if (order.doubts && seen.state !== 'EXPIRED' && seen.state !== 'REJECTED') order.doubts.creation = false;
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
  takeNumbers(order, reservation, numbersIn(seen));
  if (seen.orderNumbers.length > 0) reservation.prices = pricesOf(seen);
  holdToPriceLimit(order, reservation);
  const expiresAt = statedEnd(reservation.createdAt, seen);
  if (expiresAt !== undefined && !reservation.submitted) {
    reservation.expiresAt = expiresAt;
    reservation.deadline = deadlineOf(reservation.createdAt, reservation.expiresAt, policyOf(order).deadlineMarginMs);
    // Sinch has given it more time.
    if (!isPastDeadline(reservation)) {
      reservation.overdue = false;
      reservation.lapseAwaited = false;
    }
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
 * what was submitted never comes to where it would be submitted again. What was not asked for is never submitted.
 */
export function stageOf(stage: Stage, { state, submitted, lostAt, deviation }: Reservation): Stage {
  if (lostAt !== undefined) return 'UNCONFIRMED';
  const unwanted = deviation?.acceptable === false && !submitted;
  switch (state) {
    case 'CREATED':
      if (unwanted) return 'UNAVAILABLE';
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
      if (unwanted) return 'UNAVAILABLE';
      return submitted && stage === 'AWAITING_KYC' ? 'IN_REVIEW' : stage;
  }
}

/** Sinch has ended the reservation, or moved it on, without us; or holds what was not asked for. */
export function leave(order: Order, stage: Stage): Stage {
  if (stage === 'UNAVAILABLE') closeReservation(order, 'LAPSING');
  if (stage === 'EXPIRED' || stage === 'REJECTED') closeReservation(order, 'LAPSED');
  return stage;
}

/** By the clock, so never in a condition: see docs/decisions/0008. */
export function isPastDeadline({ deadline }: Reservation): boolean {
  return Date.now() >= deadline;
}

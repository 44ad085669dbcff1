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

/** When the reservation lapses, as Sinch says. Sinch may tell no time; an end before the beginning counts as none. */
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

/** The longest price that is kept. */
const PRICE_BYTES = 280;

function pricesOf({ orderNumbers }: NumberOrder): Price[] {
  const prices = orderNumbers.flatMap(({ phoneNumber, numberPrice }) =>
    numberPrice ? [{ phoneNumber, ...numberPrice } as Price] : [],
  );
  return prices.filter((price) => bytesOf(price) <= PRICE_BYTES);
}

/** What follows from it is unknown: the stage stays as it is, and the order is polled until it is in another state. */
function tellUnknownState(order: Order, { unknownState }: NumberOrder): void {
  if (unknownState === undefined) return;
  addNotice(order, `Sinch reports the unknown state ${unknownState}: the order is polled until it is in another`);
  countUnknownState(order);
}

/**
 * Sinch has reserved something for us: the clock runs from here.
 * @param asked the number that was requested; none for a quantity
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

/** Sinch may not name them yet: then the known ones stay. Numbers other than requested are always noticed. */
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
    ? 'that is accepted'
    : reservation.submitted
      ? 'it is submitted already'
      : 'it is left to lapse';
  addNotice(order, `Sinch has reserved ${told.join(', ')} instead of ${askedFor}: ${follows}`);
}

/** Adopts what Sinch says about our order now. */
export function observe(order: Order, seen: NumberOrder): void {
  const { reservation } = order;
  if (reservation?.sinchOrderId !== seen.idNumberOrder) return;
  delete reservation.lostAt;
  // It is alive, so the run before the reset cannot have ordered another in its place.
  if (order.doubts && seen.state !== 'EXPIRED' && seen.state !== 'REJECTED') order.doubts.creation = false;
  // A later read has overtaken this one.
  if (seen.state === 'CREATED' && reservation.state === 'IN_REVIEW') return;
  if (sinchStateOf(reservation) !== sinchStateOf(seen)) {
    if (seen.unknownState === undefined) addNotice(order, `Sinch has the order ${seen.state}`);
    else tellUnknownState(order, seen);
  }
  reservation.state = seen.state;
  delete reservation.unknownState;
  if (seen.unknownState !== undefined) reservation.unknownState = seen.unknownState;
  // An order that is, or was, in review is never submitted again, however that became known.
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

/** Sinch no longer knows our order: nothing more is sent to it. */
export function markLost(order: Order): Stage {
  const { reservation } = order;
  if (reservation?.lostAt === undefined) addNotice(order, 'Sinch answered 404 for our own order: its state is unknown');
  if (reservation) reservation.lostAt ??= Date.now();
  return 'UNCONFIRMED';
}

/**
 * The next stage, which Sinch's state alone decides. A state that is not listed leaves the stage as it is. But an order that was
 * submitted never returns to a stage that would submit it again, and numbers that were not requested are never submitted.
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

/** Sinch has ended the reservation, or moved it on, without us; or it holds other numbers than requested. */
export function leave(order: Order, stage: Stage): Stage {
  if (stage === 'UNAVAILABLE') closeReservation(order, 'LAPSING');
  if (stage === 'EXPIRED' || stage === 'REJECTED') closeReservation(order, 'LAPSED');
  return stage;
}

/** By the clock, so never in a condition: see docs/decisions/0008. */
export function isPastDeadline({ deadline }: Reservation): boolean {
  return Date.now() >= deadline;
}

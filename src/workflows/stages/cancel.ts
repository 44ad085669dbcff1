import type { Compensation, OpenStage, Stage } from '@number-orders/contract';
import { releases } from '../calls/activities';
import { callFailureOf } from '../calls/call-failure';
import { publish } from '../display/search-attributes';
import { continueAsNewDue } from '../order/history-size';
import { addNotice, closeReservation, currentReservation, type Order } from '../order/order';
import { refreshReservation } from '../reservation/refresh';
import { leave, stageOf } from '../reservation/reservation';
import { endUnconfirmed } from './give-up-lost';

interface OnCancel {
  /** Whether a cancel ends the stage now. Otherwise Sinch's state ends it. */
  ends: (order: Order) => boolean;
  /** Carries out the cancel and returns the next stage. */
  carryOut: (order: Order) => Stage | Promise<Stage>;
}

const always = () => true;
const end = () => 'CANCELLED' as const;
/** The order is followed to its end at Sinch. Numbers that it buys are released; a lapse or rejection counts as CANCELLED. */
const followed: OnCancel = { ends: () => false, carryOut: ({ stage }) => stage };

/** What a cancel does in each stage. Nothing can be cancelled at Sinch: a reservation lapses, a bought number is released. */
const ON_CANCEL: Record<OpenStage, OnCancel> = {
  LOOKING_UP: { ends: always, carryOut: end },
  RESERVING: { ends: always, carryOut: end },
  UNCONFIRMED: {
    // A submitted order may have bought numbers, which must be released.
    ends: ({ reservation }) => !reservation?.submitted,
    carryOut: (order) => endUnconfirmed(order, 'CANCELLED'),
  },
  AWAITING_KYC: { ends: always, carryOut: leaveToLapse },
  // No new submission starts; one that was sent is followed.
  SUBMITTING: { ends: always, carryOut: () => 'AWAITING_KYC' },
  IN_REVIEW: followed,
  // A correction has no order at Sinch.
  ACTION_REQUIRED: { ends: ({ correction }) => correction !== undefined, carryOut: end },
  PROVISIONING: { ends: always, carryOut: release },
};

/** An order that has ended cannot be cancelled. */
function onCancel({ stage }: Order): OnCancel {
  return ON_CANCEL[stage as OpenStage];
}

/** The order is cancelled, and that ends its stage. Every wait of a stage ends with it. */
export function isCancelled(order: Order): boolean {
  return order.cancel !== undefined && onCancel(order).ends(order);
}

/** Ends a wait that belongs to no stage: it is no longer wanted, or a new run continues it. */
export function isInterrupted(order: Order): boolean {
  return isCancelled(order) || continueAsNewDue(order);
}

/** Carries out a cancel that ends the stage, and returns the next stage. */
export async function carryOutCancel(order: Order): Promise<Stage> {
  return onCancel(order).carryOut(order);
}

/**
 * A reservation that is not submitted lapses. Sinch is asked once, in case it was submitted elsewhere. No answer does not delay
 * the cancel.
 */
async function leaveToLapse(order: Order): Promise<Stage> {
  await refreshReservation(order);
  const stage = stageOf('AWAITING_KYC', currentReservation(order));
  if (stage !== 'AWAITING_KYC') return leave(order, stage);
  closeReservation(order, 'LAPSING');
  return 'CANCELLED';
}

/** Too late to stop the purchase: what was bought is not renewed. Nothing is refunded. */
async function release(order: Order): Promise<Stage> {
  const { phoneNumbers } = currentReservation(order);
  // Without names nothing can be released; that has been reported.
  if (phoneNumbers.length > 0) {
    addNotice(order, `Cancelled after the purchase: ${phoneNumbers.join(', ')} is given back`);
    publish(order);
    order.compensations.push(...(await Promise.all(phoneNumbers.map(releaseNumber))));
  }
  closeReservation(order, 'COMPLETED');
  return 'CANCELLED';
}

async function releaseNumber(phoneNumber: string): Promise<Compensation> {
  const action = `release ${phoneNumber}`;
  try {
    await releases.releaseNumber.executeWithOptions({ summary: `Release ${phoneNumber}` }, [phoneNumber]);
    return { action, ok: true };
  } catch (error) {
    return { action, ok: false, detail: callFailureOf(error).type };
  }
}

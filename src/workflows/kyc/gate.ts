import type { Order, Reservation } from '../order/order';
import { mayRenew } from '../reservation/next-attempt';
import { stageOf } from '../reservation/reservation';

/**
 * Decides about KYC that arrives now: `send` it to Sinch, `keep` it until it can be sent, or `refuse` it. Sinch does not document
 * whether it accepts KYC while an order is BLOCKED, or in review after the reviewers have written. We try, and its answer
 * decides: this is the one place to change.
 */
export type Gate = { verdict: 'send' } | { verdict: 'keep' | 'refuse'; reason: string };

const keep = (reason: string): Gate => ({ verdict: 'keep', reason });

const isOpenForKyc = (reservation: Reservation) =>
  !reservation.overdue && stageOf('AWAITING_KYC', reservation) === 'AWAITING_KYC';

function whyClosed(reservation: Reservation | undefined): string {
  return reservation?.overdue ? 'the deadline of the reservation has passed' : 'the reservation is over';
}

export function kycGate(order: Order): Gate {
  const { reservation, correction } = order;
  const lost = reservation?.lostAt !== undefined;
  if (order.failure) return { verdict: 'refuse', reason: 'the order has failed' };
  if (order.erased) return { verdict: 'refuse', reason: 'the order is being erased' };
  if (order.cancel) return { verdict: 'refuse', reason: 'the order is being cancelled' };
  switch (order.stage) {
    case 'LOOKING_UP':
    case 'RESERVING':
      return keep('there is no reservation yet; it will be sent when there is one');
    case 'UNCONFIRMED':
      return keep('what Sinch has reserved is unknown; it will be sent when it is known');
    case 'AWAITING_KYC':
      if (lost) return keep('Sinch does not know the order at present; it will be sent when it does');
      if (reservation && isOpenForKyc(reservation)) return { verdict: 'send' };
      return mayRenew(order)
        ? keep(`${whyClosed(reservation)}; it will be sent to the next one`)
        : { verdict: 'refuse', reason: whyClosed(reservation) };
    case 'ACTION_REQUIRED':
      if (correction) return keep('it will be sent when the order is placed again');
      return gateOfReviewers(order);
    case 'IN_REVIEW':
      return reservation?.reviewersWait ? gateOfReviewers(order) : WITH_THE_REVIEWERS;
    case 'SUBMITTING':
      return WITH_THE_REVIEWERS;
    default:
      return { verdict: 'refuse', reason: `the order is ${order.stage}` };
  }
}

const WITH_THE_REVIEWERS: Gate = {
  verdict: 'refuse',
  reason: 'the order is in review; KYC is accepted again if the reviewers write, block or reject it',
};

/** The reviewers wait for the customer. An unknown state leaves the stage as it is, so they may still wait. */
function gateOfReviewers({ stage, reservation }: Order): Gate {
  if (reservation?.lostAt !== undefined)
    return keep('Sinch does not know the order at present; it is sent when it does');
  return reservation && stageOf(stage, reservation) === stage
    ? { verdict: 'send' }
    : keep('the reviewers have just continued; it will be sent if they ask for it again');
}

export const takesKycNow = (order: Order): boolean => kycGate(order).verdict === 'send';

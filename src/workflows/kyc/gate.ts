import type { Order, Reservation } from '../order/order';
import { mayRenew } from '../reservation/next-attempt';
import { stageOf } from '../reservation/reservation';

/**
 * What becomes of KYC that arrives now: `send` it to Sinch, `keep` it until it can be sent, or `refuse` it.
 * Whether Sinch takes KYC while an order is BLOCKED, or in review when the reviewers have written, is documented nowhere.
 * We try, and its answer decides: this is the one place to change.
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
      return keep('there is no reservation yet; it is sent when there is one');
    case 'UNCONFIRMED':
      return keep('what is reserved at Sinch is not clear; it is sent when it is');
    case 'AWAITING_KYC':
      if (lost) return keep('Sinch does not know the order at present; it is sent when it does');
      if (reservation && isOpenForKyc(reservation)) return { verdict: 'send' };
      return mayRenew(order)
        ? keep(`${whyClosed(reservation)}; it is sent to the next one`)
        : { verdict: 'refuse', reason: whyClosed(reservation) };
    case 'ACTION_REQUIRED':
      if (correction) return keep('it is sent when the order is placed again');
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
  reason: 'the order is with the reviewers; KYC is taken again if they write, block or reject it',
};

/** They wait for the customer. A state that nobody knows leaves the stage as it is: they still do, for all that is known. */
function gateOfReviewers({ stage, reservation }: Order): Gate {
  if (reservation?.lostAt !== undefined)
    return keep('Sinch does not know the order at present; it is sent when it does');
  return reservation && stageOf(stage, reservation) === stage
    ? { verdict: 'send' }
    : keep('the reviewers have just gone on; it is sent if they ask for it again');
}

export const takesKycNow = (order: Order): boolean => kycGate(order).verdict === 'send';

import type { Order, Reservation } from './order';
import { mayRenew } from './again';
import { stageOf } from './reservation';

/**
 * What becomes of KYC that arrives now: `send` it to Sinch, `keep` it for a reservation to come, or `refuse` it.
 * Whether Sinch takes KYC while an order is BLOCKED is documented nowhere. We try, and its answer decides: this is the
 * one place to change.
 */
export type Gate = { verdict: 'send' | 'keep' } | { verdict: 'refuse'; reason: string };

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
    case 'UNCONFIRMED':
      return { verdict: 'keep' };
    case 'AWAITING_KYC':
      if (lost) return { verdict: 'keep' };
      if (reservation && isOpenForKyc(reservation)) return { verdict: 'send' };
      return mayRenew(order) ? { verdict: 'keep' } : { verdict: 'refuse', reason: whyClosed(reservation) };
    case 'ACTION_REQUIRED':
      return { verdict: !correction && !lost && reservation?.state === 'BLOCKED' ? 'send' : 'keep' };
    case 'SUBMITTING':
    case 'IN_REVIEW':
      return {
        verdict: 'refuse',
        reason: 'the order is with the reviewers; KYC is taken again if they block or reject it',
      };
    default:
      return { verdict: 'refuse', reason: `the order is ${order.stage}` };
  }
}

export const takesKycNow = (order: Order): boolean => kycGate(order).verdict === 'send';

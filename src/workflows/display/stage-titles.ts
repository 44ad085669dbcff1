import type { Outcome, Stage } from '@number-orders/contract';
import type { Order } from '../order/order';

/** The stage, for people who have never seen the order. */
export function stageInWords(order: Order): string {
  if (order.failure) return `Failed: ${order.failure.type ?? 'see its failure'}`;
  if (order.cancel && !(order.stage in ENDED)) return `${STAGES[order.stage](order)}; it is being cancelled`;
  return STAGES[order.stage](order);
}

const ENDED: Record<Outcome, (order: Order) => string> = {
  COMPLETED: ({ provisioning }) =>
    provisioning.every(({ status }) => status === 'SUCCESS')
      ? 'Completed: the number can be used'
      : 'Completed: the number is ours, but not everything is linked to it',
  EXPIRED: ({ lostAfterSubmit }) =>
    lostAfterSubmit
      ? 'Given up: Sinch has lost the order after it was submitted, and may have sold the number'
      : 'Expired: the reservation ran out before the order was submitted',
  REJECTED: () => 'Rejected by the reviewers',
  CANCELLED: ({ erased }) => (erased ? 'Cancelled, and its KYC erased' : 'Cancelled'),
  UNAVAILABLE: () => 'Unavailable: no such number was available',
};

const STAGES: Record<Stage, (order: Order) => string> = {
  LOOKING_UP: () => 'Asking Sinch which KYC is needed',
  RESERVING: () => 'Reserving at Sinch',
  UNCONFIRMED: ({ reservation }) =>
    reservation?.lostAt === undefined
      ? 'Unconfirmed: Sinch may have reserved a number, but its answer was lost'
      : 'Unconfirmed: Sinch no longer knows our order (404)',
  AWAITING_KYC: ({ reservation }) =>
    reservation?.heldBack ? 'Held back: Sinch did not take the submission' : 'Waiting for KYC',
  SUBMITTING: () => 'Submitting to Sinch',
  IN_REVIEW: ({ reservation }) =>
    reservation?.reviewersWait?.since === undefined
      ? "In review by Sinch's reviewers"
      : "In review by Sinch's reviewers, who have written and may wait for an answer",
  ACTION_REQUIRED: ({ correction }) =>
    correction
      ? 'Action required: the reviewers have rejected the order, corrected KYC is awaited'
      : "Action required: Sinch's reviewers have blocked the order",
  PROVISIONING: () => 'The number is ours and is being linked to SMS or voice',
  ...ENDED,
};

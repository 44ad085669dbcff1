import type { OrderPolicy } from '../../activities';
import type { Order } from './order';

type AddedInOneZero =
  | 'reminders'
  | 'reserveForMs'
  | 'searches'
  | 'candidates'
  | 'unconfirmedCreations'
  | 'lapseLooks'
  | 'lapseAwaitedMs'
  | 'retries';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Constants of earlier releases. The policy of an order that began on one of them lacks these fields. */
export const EARLIER_POLICY: Pick<OrderPolicy, AddedInOneZero> = {
  reminders: [0.5, 0.75, 0.9],
  reserveForMs: 7 * DAY,
  searches: 2,
  candidates: 5,
  unconfirmedCreations: 3,
  lapseLooks: 3,
  lapseAwaitedMs: DAY,
  retries: {
    calls: { initialMs: SECOND, maxMs: MINUTE },
    uploads: { initialMs: SECOND, maxMs: MINUTE },
    releases: { initialMs: SECOND, maxMs: 10 * MINUTE, forMs: DAY },
    notifications: { initialMs: 5 * SECOND, maxMs: HOUR, forMs: 3 * DAY },
  },
};

/** The settings the order began with; they are read before any stage. */
export function policyOf({ policy }: Pick<Order, 'policy'>): OrderPolicy {
  if (!policy) throw new Error('The policy has not been read');
  return { ...EARLIER_POLICY, ...policy };
}

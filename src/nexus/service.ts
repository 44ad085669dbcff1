import * as nexus from 'nexus-rpc';
import {
  NEXUS_SERVICE,
  type CancelRequest,
  type NumberOrderRequest,
  type NumberOrderResult,
  type OrderView,
  type ReservationAnswer,
} from '@number-orders/contract';

/** Names an order. */
export interface OfOrder {
  reference: string;
}

/** What other namespaces may ask for, by a Nexus endpoint that leads to our task queue: see docs/nexus.md. */
export const numberOrdersService = nexus.service(NEXUS_SERVICE, {
  /** Starts an order, or attaches to the one its reference has, and answers its result, which may be weeks away. */
  order: nexus.operation<NumberOrderRequest, NumberOrderResult>(),
  /** Starts an order, or attaches to it, and answers its reservation, or after some seconds how it stands. */
  reserve: nexus.operation<NumberOrderRequest, ReservationAnswer>(),
  /** Stops an order as far as that is still possible. */
  cancel: nexus.operation<OfOrder & CancelRequest, undefined>(),
  /** How an order stands. */
  view: nexus.operation<OfOrder, OrderView>(),
});

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

/** The operations for other namespaces, through a Nexus endpoint to our task queue: see docs/nexus.md. */
export const numberOrdersService = nexus.service(NEXUS_SERVICE, {
  /** Starts an order, or attaches to it, and returns its result, perhaps weeks later. */
  order: nexus.operation<NumberOrderRequest, NumberOrderResult>(),
  /** Starts an order, or attaches to it, and returns its reservation, or after some seconds its current state. */
  reserve: nexus.operation<NumberOrderRequest, ReservationAnswer>(),
  /** Stops an order as far as that is still possible. */
  cancel: nexus.operation<OfOrder & CancelRequest, undefined>(),
  /** An order's current state. */
  view: nexus.operation<OfOrder, OrderView>(),
});

import { randomUUID } from 'node:crypto';
import { SIGNAL, workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import type { OrderStand, StandOptions } from '../../support/order-stand';

/** A kind of order whose history is one of its own. */
export interface Kind {
  /** Under which its histories are kept. */
  name: string;
  /** A stand for it alone. */
  options?: StandOptions;
  /** Whether hours pass in it. Then it is played on a time-skipping server. */
  skipsTime?: true;
  /** Plays one order of the kind, so that it comes to its end, and answers its reference. */
  play(stand: OrderStand): Promise<string>;
  /** What its result has to say, or the type of its failure: a history of anything else shows another kind. */
  end: string;
}

export const BY_OPERATOR = { author: 'an operator', reason: 'to be recorded' };
export const FORCED = { ...BY_OPERATOR, force: true };

export type Order = Omit<NumberOrderRequest, 'reference'>;

export async function startUntil(stand: OrderStand, order: Order, wanted: string): Promise<string> {
  const reference = await stand.start(order);
  await stand.view(reference, ({ stage }) => stage === wanted);
  return reference;
}

/** Of the order as it stands. */
export async function sinchOrderId(stand: OrderStand, reference: string): Promise<string> {
  return (await stand.client.order(reference)).sinchOrderId ?? '';
}

/** Until Sinch has got a request that a fault befalls. */
export async function faulted(stand: OrderStand, reference: string, operation: string): Promise<void> {
  const requests = () => stand.fake.control.audit().requests as Record<string, { faulted: number } | undefined>;
  await stand.view(reference, () => (requests()[operation]?.faulted ?? 0) > 0);
}

export const signal = (stand: OrderStand, reference: string, name: string, argument: unknown) =>
  stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal(name, argument);

/** As Sinch would call back, about this order or another. */
export const callBack = (stand: OrderStand, reference: string, resourceId: string, status = 'IN_REVIEW') =>
  signal(stand, reference, SIGNAL.sinchEvent, {
    eventId: randomUUID(),
    resourceType: 'NUMBER_ORDER',
    resourceId,
    eventType: 'NUMBER_ORDER_PROCESSING',
    status,
  });

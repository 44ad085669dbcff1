import { cancellationSignal } from '@temporalio/activity';
import type { CreateNumberOrderRequest, NumberOrder } from '../sinch';
import { failingTyped } from './failures';
import { lookAgainLater } from './polling';
import type { ActivityPorts } from './ports';

export interface Creation {
  reference: string;
  /** Part of the callback's path: each attempt has one of its own. */
  attempt: number;
  /** Without its `callbackUrl`. */
  order: CreateNumberOrderRequest;
}

/** The calls that make and follow a number order. */
export function orderActivities({ sinch, polls, callbackUrl }: ActivityPorts) {
  return {
    /** Not repeatable: Sinch has no idempotency key, a second call reserves a second number. One attempt, see calls.ts. */
    async createNumberOrder({ reference, attempt, order }: Creation): Promise<NumberOrder> {
      const url = callbackUrl(reference, attempt);
      return failingTyped('once', () => sinch.createNumberOrder(url ? { ...order, callbackUrl: url } : order));
    },

    /** Repeatable: a read. */
    async getNumberOrder(idNumberOrder: string): Promise<NumberOrder> {
      return failingTyped('read', () => sinch.getNumberOrder(idNumberOrder));
    },

    /** Not repeatable: an order must never be submitted twice. One attempt, see calls.ts. */
    async submitNumberOrder(idNumberOrder: string): Promise<NumberOrder> {
      return failingTyped('once', () => sinch.submitNumberOrder(idNumberOrder));
    },

    /**
     * Answers when review has brought a submitted order from one state to another, which may be one that nobody knows. To
     * CREATED it never goes: no answer may make us submit again. Repeatable: a read.
     * @param from in Sinch's own word
     */
    async awaitReview({ idNumberOrder, from }: { idNumberOrder: string; from: string }): Promise<NumberOrder> {
      const order = await failingTyped('read', () =>
        sinch.getNumberOrder(idNumberOrder, { signal: cancellationSignal() }),
      );
      if (order.state === 'CREATED' || (order.unknownState ?? order.state) === from)
        throw lookAgainLater(`Sinch has the order ${from} still`, polls.review);
      return order;
    },
  };
}

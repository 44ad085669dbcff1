import { CancellationScope, type WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { until } from '../calls/until';
import { getActivator } from '@temporalio/workflow/lib/global-attributes';
import { currentOrder } from './current-order';
import { addNotice, type Order } from '../order/order';
import { refreshReservation } from '../reservation/refresh';

/**
 * Temporal's Reset takes an order back to where it stood, and Sinch nothing: a number may be reserved, and submitted, that the
 * history no longer tells of. What tells the workflow is that its random numbers get another seed, at the same place on each
 * replay. The SDK hides that from interceptors, so what it has set is looked at; a test holds that it still does.
 */
export function noticedResets(): WorkflowInternalsInterceptor {
  let seed: number[] | undefined;
  return {
    activate(input, next) {
      const first = input.activation.jobs?.find(({ initializeWorkflow }) => initializeWorkflow)?.initializeWorkflow;
      seed ??= first?.randomnessSeed?.toBytes();
      next(input);
      const { randomnessSeed } = getActivator();
      const wasReset = seed !== undefined && seed.join() !== randomnessSeed.join();
      seed = randomnessSeed;
      const order = currentOrder();
      if (wasReset && order) void CancellationScope.nonCancellable(() => lookFirst(order));
    },
  };
}

async function lookFirst(order: Order): Promise<void> {
  const doubts = { creation: true, submission: true };
  order.doubts = doubts;
  addNotice(
    order,
    'The order was reset, and may have gone further before: Sinch is asked before anything is ordered or submitted',
  );
  // What was reserved may come to be known only now, from an answer that the history has.
  await until(() => order.reservation !== undefined || !doubts.creation);
  await refreshReservation(order);
}

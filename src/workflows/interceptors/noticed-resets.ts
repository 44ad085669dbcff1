import { CancellationScope, type WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { until } from '../calls/until';
import { getActivator } from '@temporalio/workflow/lib/global-attributes';
import { currentOrder } from './current-order';
import { addNotice, type Order } from '../order/order';
import { refreshReservation } from '../reservation/refresh';

/**
 * Temporal's Reset takes an order back, but changes nothing at Sinch: a number may be reserved or submitted that the history no
 * longer knows. The workflow notices a reset by the new seed of its random numbers, at the same place on each replay. The SDK
 * hides the event from interceptors, so this compares the seed that it has set. A test checks that the SDK still does so.
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
    'The order was reset, and may have been further before: Sinch is asked before anything is ordered or submitted',
  );
  // A reservation may become known only now, from an answer in the history.
  await until(() => order.reservation !== undefined || !doubts.creation);
  await refreshReservation(order);
}

import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import type { SignalOrder } from './receiver';

/** Sinch expects an answer at once: 503 and a retry are better than a hanging request. */
const TEMPORAL_ANSWERS_WITHIN_MS = 3_000;

/** Signals `sinchEvent` to the order a callback's path names. */
export function orderSignaller(client: Client, answersWithinMs = TEMPORAL_ANSWERS_WITHIN_MS): SignalOrder {
  return async (reference, event) => {
    try {
      await client.withDeadline(Date.now() + answersWithinMs, () =>
        client.workflow.getHandle(workflowIdOf(reference)).signal(SIGNAL.sinchEvent, event),
      );
      return 'signalled';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'unknown';
      throw error;
    }
  };
}

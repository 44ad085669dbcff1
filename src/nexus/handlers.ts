import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { getClient, startWorkflow, WorkflowRunOperationHandler } from '@temporalio/nexus';
import { randomUUID } from 'node:crypto';
import * as nexus from 'nexus-rpc';
import {
  readRequest,
  REFERENCE_PATTERN,
  WORKFLOW_TYPE,
  type NumberOrderRequest,
  type NumberOrderResult,
} from '@number-orders/contract';
import { check, refuseErased } from '../client/check';
import { InvalidRequestError, OrderNotFoundError } from '../client/errors';
import { NumberOrdersClient } from '../client/number-orders-client';
import { refuseMismatch } from '../client/refuse-mismatch';
import { startOptions } from '../client/start-options';
import { TemporalCalls } from '../client/temporal-calls';
import type { AttachmentStore } from '../store/attachment-store';
import { answered } from './failures';
import { numberOrdersService, type OfOrder } from './service';

/** Less than the 10 seconds after which Temporal retries a call. */
const ANSWER_MS = 8_000;

export interface NexusSettings {
  taskQueue: string;
  /** Remembers which references were erased. */
  store: AttachmentStore;
}

/**
 * Handles the operations that other namespaces call. Each may be repeated: it does the same as the client's method of that name.
 */
export function nexusService({ taskQueue, store }: NexusSettings) {
  const orders = () => new NumberOrdersClient({ client: getClient(), taskQueue, store, timeoutMs: ANSWER_MS });
  return nexus.serviceHandler(numberOrdersService, {
    order: new OrderOperation({ taskQueue, store }),
    reserve: (_context, request) => answered(request, () => orders().reserve(request, { timeoutMs: ANSWER_MS })),
    cancel: (_context, input) =>
      answered(input, async () => {
        await orders().cancel(referenceIn(input), input);
        return undefined;
      }),
    view: (_context, input) => answered(input, () => orders().order(referenceIn(input))),
  });
}

type Order = (request: NumberOrderRequest) => Promise<NumberOrderResult>;

/** The operation waits for the order's own workflow. Cancelling the operation cancels the order, for all callers. */
class OrderOperation extends WorkflowRunOperationHandler<NumberOrderRequest, NumberOrderResult> {
  constructor(private readonly settings: NexusSettings) {
    const { taskQueue } = settings;
    super((context, request) =>
      startWorkflow<Order>(context, WORKFLOW_TYPE, {
        ...startOptions(request, { taskQueue, startId: randomUUID(), priority: undefined }),
        args: [request],
      }),
    );
  }

  override async start(context: nexus.StartOperationContext, input: NumberOrderRequest) {
    return answered(input, async () => {
      const request = check(readRequest(input));
      const { reference } = request;
      await refuseErased(this.settings.store, reference);
      const calls = new TemporalCalls(getClient(), this.settings.taskQueue, ANSWER_MS);
      // Before, so that a refused caller leaves nothing in the order's history; after, for callers at the same time.
      await calls.call(reference, () => refuseMismatch(calls, request)).catch(unlessNotFound);
      try {
        const started = await super.start(context, request);
        await calls.call(reference, () => refuseMismatch(calls, request));
        return started;
      } catch (error) {
        // It has ended, and is not started again.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
      return nexus.HandlerStartOperationResult.sync(await calls.result(reference, ANSWER_MS));
    });
  }
}

/** @throws {InvalidRequestError} */
function referenceIn(input: unknown): string {
  const reference = (input as Partial<OfOrder> | undefined)?.reference;
  if (typeof reference === 'string' && REFERENCE_PATTERN.test(reference)) return reference;
  throw new InvalidRequestError([{ field: 'reference', description: 'must be that of an order' }], 'The input');
}

function unlessNotFound(error: unknown): void {
  if (!(error instanceof OrderNotFoundError)) throw error;
}

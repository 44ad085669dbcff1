import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import type { Priority, Workflow } from '@temporalio/common';
import {
  isOpenRun,
  readRequest,
  QUERY,
  UPDATE,
  WORKFLOW_TYPE,
  type NumberOrderRequest,
  type OrderView,
  type ReservationAnswer,
} from '@number-orders/contract';
import type { AttachmentStore } from '../store/attachment-store';
import { failureOf, type TemporalCalls } from './temporal-calls';
import { check, refuseErased } from './check';
import { InvalidRequestError } from './errors';
import { checkNewAttempt, forcedNote, predecessorOf, type LeftBehind, type NewAttemptOptions } from './new-attempt';
import { refuseMismatch } from './refuse-mismatch';
import { START_ID_MEMO, startOptions } from './start-options';

export interface StartOptions extends NewAttemptOptions {
  /**
   * Temporal's priority: which orders come first when tasks wait for workers. `fairnessKey`, of at most 64 bytes, says whose
   * share of the workers an order uses. Visible to everyone who sees the workflow: no personal data. Ignored when the call
   * attaches to an order.
   */
  priority?: Priority;
}

export interface ReserveOptions extends Pick<StartOptions, 'priority'> {
  /**
   * How long to wait for the reservation, 60 seconds when left out. Then the order's current state is returned, and the order
   * continues.
   */
  timeoutMs?: number;
}

/** The interval at which an order that is still reserving is queried. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** Temporal's limit. */
const FAIRNESS_KEY_BYTES = 64;

export interface StartedOrder {
  workflowId: string;
  runId: string;
  /** The order existed already: this call started nothing. */
  attached: boolean;
  /** Of an attempt that this call forced: what is no longer followed. */
  leftBehind?: LeftBehind;
}

/** Starts one order for each reference, however often it is called. */
export class OrderStarter {
  constructor(
    private readonly client: Client,
    private readonly calls: TemporalCalls,
    private readonly taskQueue: string,
    private readonly store: AttachmentStore | undefined,
  ) {}

  /** What the client's `start` does. */
  async start(asked: NumberOrderRequest, { priority, ...again }: StartOptions): Promise<StartedOrder> {
    const request = check(readRequest(asked));
    checkPriority(priority);
    checkNewAttempt(again);
    const { reference } = request;
    await refuseErased(this.store, reference);
    const { runId: follows, leftBehind } =
      (again.newAttempt && (await predecessorOf(this.calls, reference, again))) || {};
    const startId = randomUUID();
    const forced = leftBehind && forcedNote(again, leftBehind);
    const options = startOptions(request, { taskQueue: this.taskQueue, startId, follows, forced, priority });
    return this.calls.call(reference, async () => {
      try {
        await this.client.workflow.start(WORKFLOW_TYPE, options);
      } catch (error) {
        // It has ended, and the reuse policy keeps it so: attach to it.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
      const { runId, memo } = await refuseMismatch(this.calls, request);
      const attached = memo?.[START_ID_MEMO] !== startId;
      return { workflowId: options.workflowId, runId, attached, ...(leftBehind && !attached && { leftBehind }) };
    });
  }

  /** What the client's `reserve` does. */
  async reserve(
    asked: NumberOrderRequest,
    { timeoutMs = 60_000, priority }: ReserveOptions,
  ): Promise<ReservationAnswer> {
    const request = check(readRequest(asked));
    checkPriority(priority);
    const { reference } = request;
    await refuseErased(this.store, reference);
    const startWorkflowOperation = new WithStartWorkflowOperation(
      WORKFLOW_TYPE,
      startOptions(request, { taskQueue: this.taskQueue, startId: randomUUID(), priority }),
    );
    // A rejection is thrown by the call itself; without a listener here it would also count as unhandled.
    startWorkflowOperation.workflowHandle().catch(() => undefined);
    const until = Date.now() + timeoutMs;
    try {
      const answer = await this.calls.call(
        reference,
        () => this.startAndAwaitReservation(reference, startWorkflowOperation),
        timeoutMs,
      );
      await this.calls.call(reference, () => refuseMismatch(this.calls, request));
      return await this.askAgain(reference, answer, until);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    await this.calls.call(reference, () => refuseMismatch(this.calls, request));
    return this.reservationOfEnded(reference);
  }

  /**
   * The order answers within seconds, at least with its current state. From then on it is queried, which leaves nothing in its
   * history.
   */
  private async askAgain(reference: string, answer: ReservationAnswer, until: number): Promise<ReservationAnswer> {
    let latest = answer;
    for (let pause = FIRST_PAUSE_MS; isReserving(latest); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const left = until - Date.now();
      if (left <= 0) break;
      await setTimeout(Math.min(pause, left));
      const { status } = await this.calls.call(reference, () => this.calls.handle(reference).describe());
      if (!isOpenRun(status.name)) return this.reservationOfEnded(reference);
      const view = await this.calls.query<OrderView>(reference, QUERY.order);
      latest = reservationIn(view);
    }
    return latest;
  }

  private async startAndAwaitReservation(
    reference: string,
    startWorkflowOperation: WithStartWorkflowOperation<Workflow>,
  ): Promise<ReservationAnswer> {
    try {
      return await this.client.workflow.executeUpdateWithStart(UPDATE.reservation, { startWorkflowOperation });
    } catch (error) {
      // This update throws the order's own failure. Any other error means that the order refuses.
      throw error instanceof WorkflowUpdateFailedError ? failureOf(reference, error.cause) : error;
    }
  }

  /** A failed order throws here what `reservation` would have thrown. */
  private async reservationOfEnded(reference: string): Promise<ReservationAnswer> {
    const { outcome, sinchOrderId, phoneNumbers } = await this.calls.result(reference);
    return { stage: outcome, outcome, phoneNumbers, ...(sinchOrderId !== undefined && { sinchOrderId }) };
  }
}

function isReserving({ stage }: ReservationAnswer): boolean {
  return stage === 'LOOKING_UP' || stage === 'RESERVING';
}

function reservationIn({
  stage,
  sinchOrderId,
  phoneNumbers,
  expireTime,
  requirements,
  outcome,
}: OrderView): ReservationAnswer {
  return {
    stage,
    ...(sinchOrderId !== undefined && { sinchOrderId }),
    phoneNumbers,
    ...(expireTime !== undefined && { expireTime }),
    ...(requirements && { requirements }),
    ...(outcome && { outcome }),
  };
}

/** Refuses what Temporal would refuse, before anything is sent. @throws {InvalidRequestError} */
function checkPriority(priority: Priority | undefined): void {
  if (Buffer.byteLength(priority?.fairnessKey ?? '') <= FAIRNESS_KEY_BYTES) return;
  const violations = [{ field: 'fairnessKey', description: `must be at most ${FAIRNESS_KEY_BYTES} bytes` }];
  throw new InvalidRequestError(violations, 'The priority');
}

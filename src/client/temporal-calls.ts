import { setTimeout as delay } from 'node:timers/promises';
import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  QueryNotRegisteredError,
  QueryRejectedError,
  ServiceError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  FAILURES,
  workflowIdOf,
  type FailureDetails,
  type FailureType,
  type NumberOrderResult,
} from '@number-orders/contract';
import { isUndecodable } from '../data-converter';
import { ASK_AGAIN } from './ask-again';
import { saysTooManyUpdates } from './grpc-retries';
import {
  NoAnswerError,
  NumberOrderFailedError,
  NumberOrdersError,
  OrderBusyError,
  OrderEndedError,
  OrderNotFoundError,
  OrderPausedError,
  OrderRefusedError,
  TemporalUnavailableError,
  UndecodableAnswerError,
} from './errors';

/** gRPC statuses that mean no answer: no worker for a query, or a call that the server timed out before us. */
const UNANSWERED = [9 /* FAILED_PRECONDITION */, 1 /* CANCELLED */];

/** Longer than Temporal leaves a query with a worker that has died. */
const ANSWERS_WITHIN_MS = 12_000;
const ASK_AGAIN_AFTER_MS = 200;

/** Makes every call to Temporal bounded in time, and what goes wrong one of this client's own errors. */
export class TemporalCalls {
  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
    private readonly timeoutMs: number,
    /** How errors name the workflow. */
    private readonly what = 'Order',
  ) {}

  /** @param timeoutMs Infinity: no limit */
  async call<T>(reference: string, run: () => Promise<T>, timeoutMs = this.timeoutMs): Promise<T> {
    let value: T;
    try {
      value = await (timeoutMs === Infinity ? run() : this.client.withDeadline(Date.now() + timeoutMs, run));
    } catch (error) {
      throw await this.translate(reference, error, timeoutMs);
    }
    if (isUndecodable(value)) throw new UndecodableAnswerError(reference);
    return value;
  }

  /** @param runId the latest run when left out */
  handle(reference: string, runId?: string) {
    return this.client.workflow.getHandle(workflowIdOf(reference), runId);
  }

  /**
   * Asks a query until it is answered.
   * @param runId the latest run when left out
   */
  query<T>(reference: string, name: string, runId?: string): Promise<T> {
    return this.call(reference, () => this.untilAnswered(() => this.handle(reference, runId).query<T>(name)));
  }

  /**
   * A worker gives a query back that has overtaken a workflow task; once it is asked again, the server lets the task go first.
   * And the server forgets one that comes while more callers wait than it allows: see docs/upstream/lost-query.md.
   */
  private async untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
    const until = Date.now() + this.timeoutMs;
    for (;;) {
      const within = Math.min(Date.now() + ANSWERS_WITHIN_MS, until);
      try {
        return await this.client.withDeadline(within, ask);
      } catch (error) {
        const isLost = isGrpcDeadlineError(error) && within < until;
        const isAhead = error instanceof QueryNotRegisteredError && error.message.includes(ASK_AGAIN);
        if (!isLost && !isAhead) throw error;
      }
      await delay(ASK_AGAIN_AFTER_MS);
    }
  }

  /** Follows the order to its end. */
  result(reference: string, timeoutMs = Infinity): Promise<NumberOrderResult> {
    return this.call(reference, () => this.handle(reference).result() as Promise<NumberOrderResult>, timeoutMs);
  }

  private async translate(reference: string, error: unknown, timeoutMs: number): Promise<unknown> {
    if (error instanceof NumberOrdersError) return error;
    if (error instanceof WorkflowNotFoundError) return this.whyNotFound(reference, timeoutMs);
    if (error instanceof WorkflowFailedError) return failureOf(reference, error.cause);
    if (error instanceof WorkflowUpdateFailedError) {
      return new OrderRefusedError(reference, error.cause?.message ?? error.message, this.what);
    }
    // Our queries have no reject condition: the server rejects only those to a paused workflow.
    if (error instanceof QueryRejectedError || saysPaused(error)) {
      return new OrderPausedError(reference, { cause: error });
    }
    if (
      error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
      isGrpcDeadlineError(error) ||
      UNANSWERED.includes(Number(grpcErrorIn(error)?.code))
    ) {
      return new NoAnswerError(this.taskQueue, timeoutMs, { cause: error });
    }
    if (error instanceof QueryNotRegisteredError) {
      return new OrderRefusedError(reference, 'its worker is of another version and does not know the query');
    }
    const grpcError = grpcErrorIn(error);
    if (grpcError && saysTooManyUpdates(grpcError)) {
      return new OrderBusyError(reference, grpcError.details, { cause: error });
    }
    return grpcError ? new TemporalUnavailableError(grpcError.details, { cause: error }) : error;
  }

  /** Temporal answers a message to a closed workflow as if it did not exist. */
  private async whyNotFound(reference: string, timeoutMs: number): Promise<unknown> {
    try {
      await this.handle(reference).describe();
      return new OrderEndedError(reference, this.what);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return new OrderNotFoundError(reference);
      // Temporal became unreachable between the two calls: whether there is such an order is unknown.
      return this.translate(reference, error, timeoutMs);
    }
  }
}

/** As server 1.32 words it, FAILED_PRECONDITION as well as when no worker answers. */
function saysPaused(error: unknown): boolean {
  return /\bis paused\b/i.test(grpcErrorIn(error)?.details ?? '');
}

function grpcErrorIn(error: unknown) {
  const inner = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(inner) ? inner : undefined;
}

function isFailureType(type: unknown): type is FailureType {
  return typeof type === 'string' && Object.hasOwn(FAILURES, type);
}

/** How an order failed, from the failure of its workflow. */
export function failureOf(reference: string, cause: Error | undefined): NumberOrderFailedError {
  const type = cause instanceof ApplicationFailure && isFailureType(cause.type) ? cause.type : undefined;
  const [details] = cause instanceof ApplicationFailure ? ((cause.details ?? []) as Partial<FailureDetails>[]) : [];
  const options = cause && { cause };
  return new NumberOrderFailedError(
    reference,
    cause?.message ?? 'no reason was given',
    type,
    details?.violations ?? [],
    options,
  );
}

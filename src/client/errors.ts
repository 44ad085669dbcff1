import { describeViolations, type FailureType, type Violation } from '@number-orders/contract';

/** The base of every error of this client; `instanceof NumberOrdersError` tells them from bugs. */
export abstract class NumberOrdersError extends Error {}

/** Thrown when a request or message is malformed, before anything is sent. Names fields and remedies, never values. */
export class InvalidRequestError extends NumberOrdersError {
  override readonly name = 'InvalidRequestError';

  constructor(
    readonly violations: readonly Violation[],
    what = 'The order request',
  ) {
    super(`${what} needs a correction: ${describeViolations(violations)}`);
  }
}

/** Thrown when the reference belongs to an order of a different request. */
export class RequestMismatchError extends NumberOrdersError {
  override readonly name = 'RequestMismatchError';

  constructor(readonly reference: string) {
    super(
      `Order ${reference} exists already and asks for something else: repeat its request as it was, or use a reference of its own.`,
    );
  }
}

/** Thrown when a new attempt is requested for an order that has its numbers. */
export class AlreadyCompletedError extends NumberOrdersError {
  override readonly name = 'AlreadyCompletedError';

  constructor(readonly reference: string) {
    super(`Order ${reference} is COMPLETED: order more numbers under another reference.`);
  }
}

/** Thrown when a new attempt is requested for an order whose last run may have bought numbers. */
export class NewAttemptRefusedError extends NumberOrdersError {
  override readonly name = 'NewAttemptRefusedError';

  constructor(
    readonly reference: string,
    /** How the last run ended: its outcome, or Temporal's status, such as TERMINATED. */
    readonly ended: string,
  ) {
    super(
      `Order ${reference} ended ${ended}, which does not prove that it has no numbers: it may have bought some. ` +
        'See what Sinch has of it (number-orders status and audit), then order again with force and a reason.',
    );
  }
}

/** Thrown when the reference belongs to an erased order. */
export class ReferenceErasedError extends NumberOrdersError {
  override readonly name = 'ReferenceErasedError';

  constructor(readonly reference: string) {
    super(`Order ${reference} was erased: use another reference, so that the two cannot be confused.`);
  }
}

/** Thrown when there is no order with that reference, or no longer. */
export class OrderNotFoundError extends NumberOrdersError {
  override readonly name = 'OrderNotFoundError';

  constructor(readonly reference: string) {
    super(
      `There is no order ${reference}: check the reference and the namespace. Temporal forgets an order when its retention ends.`,
    );
  }
}

/** Thrown when there is no batch with that name, or no longer. */
export class BatchNotFoundError extends NumberOrdersError {
  override readonly name = 'BatchNotFoundError';

  constructor(readonly batch: string) {
    super(`There is no batch ${batch}: check its name and the namespace. Temporal forgets it when its retention ends.`);
  }
}

/** Thrown when there is no KYC profile with that name. */
export class ProfileNotFoundError extends NumberOrdersError {
  override readonly name = 'ProfileNotFoundError';

  constructor(readonly profile: string) {
    super(`There is no KYC profile ${profile}: check its name, and that NUMBER_ORDERS_STORE is the workers'.`);
  }
}

/** Thrown when a batch is to start that is running with other rows. */
export class BatchRunsError extends NumberOrdersError {
  override readonly name = 'BatchRunsError';

  constructor(readonly batch: string) {
    super(`Batch ${batch} is running with other rows: wait for its end, cancel it, or use another name.`);
  }
}

/** Thrown when a message arrives too late: the order has its outcome. */
export class OrderEndedError extends NumberOrdersError {
  override readonly name = 'OrderEndedError';

  constructor(
    readonly reference: string,
    what = 'Order',
  ) {
    const back = what === 'Order' ? ' A number it has bought is given back with release.' : '';
    super(`${what} ${reference} has ended: see its result.${back}`);
  }
}

/** Thrown when the order refuses an operator's action or a message. */
export class OrderRefusedError extends NumberOrdersError {
  override readonly name = 'OrderRefusedError';

  constructor(
    readonly reference: string,
    reason: string,
    what = 'Order',
  ) {
    super(`${what} ${reference} refuses: ${reason}`);
  }
}

/** Thrown when the intake did not sign a link to the KYC page. */
export class KycLinkError extends NumberOrdersError {
  override readonly name = 'KycLinkError';

  constructor(why: string, options?: ErrorOptions) {
    super(`No link to the KYC page: ${why}. Check NUMBER_ORDERS_INTAKE_URL and NUMBER_ORDERS_INTAKE_TOKEN.`, options);
  }
}

/** Thrown when an order failed: it ended without an outcome, before anything was reserved. */
export class NumberOrderFailedError extends NumberOrdersError {
  override readonly name = 'NumberOrderFailedError';

  constructor(
    readonly reference: string,
    reason: string,
    /** From the failure registry; undefined when the order was terminated or timed out from outside. */
    readonly type: FailureType | undefined,
    readonly violations: readonly Violation[],
    options?: ErrorOptions,
  ) {
    super(`Order ${reference} failed${type ? ` with ${type}` : ''}: ${reason}`, options);
  }
}

/** Thrown when the answer timed out. Whether the message was handled is unknown; sending it again is safe. */
export class NoAnswerError extends NumberOrdersError {
  override readonly name = 'NoAnswerError';

  constructor(taskQueue: string, timeoutMs: number, options?: ErrorOptions) {
    super(
      `No answer within ${timeoutMs / 1_000} seconds: is a worker polling the task queue ${taskQueue}? number-orders doctor tells.`,
      options,
    );
  }
}

/**
 * Thrown when an operator has paused the order in Temporal, where its server can. Nothing was handled; send it again once it is
 * unpaused. Meanwhile the order and its signals wait, but Sinch's deadline does not.
 */
export class OrderPausedError extends NumberOrdersError {
  override readonly name = 'OrderPausedError';

  constructor(
    readonly reference: string,
    options?: ErrorOptions,
  ) {
    super(`Order ${reference} is paused in Temporal: unpause its workflow, then try again.`, options);
  }
}

/**
 * Thrown when ten updates of the order wait for an answer, Temporal's limit. The message was not handled; send it again in some
 * seconds.
 */
export class OrderBusyError extends NumberOrdersError {
  override readonly name = 'OrderBusyError';

  constructor(
    readonly reference: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `Order ${reference} is busy: too many updates are in flight (RESOURCE_EXHAUSTED: ${reason}). Try again soon.`,
      options,
    );
  }
}

const USUAL_REMEDY = 'check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_API_KEY';

/** Thrown when Temporal cannot be reached or turns the call down. */
export class TemporalUnavailableError extends NumberOrdersError {
  override readonly name = 'TemporalUnavailableError';

  constructor(reason: string, { remedy = USUAL_REMEDY, ...options }: ErrorOptions & { remedy?: string } = {}) {
    super(`Temporal cannot be used (${reason}): ${remedy}; number-orders doctor tells more.`, options);
  }
}

/** Thrown when Temporal does not return an order's history. No worker is involved. */
export class HistoryNotReadError extends NumberOrdersError {
  override readonly name = 'HistoryNotReadError';

  constructor(workflowId: string, reason: string, options?: ErrorOptions) {
    super(
      `The history of ${workflowId} could not be read (${reason}). It may be larger than the connection allows: give ` +
        "your own connection the channel argument 'grpc.max_receive_message_length', in bytes, or allow more time.",
      options,
    );
  }
}

/** Thrown when an answer cannot be decoded. */
export class UndecodableAnswerError extends NumberOrdersError {
  override readonly name = 'UndecodableAnswerError';

  constructor(readonly reference: string) {
    super(
      `The answer of order ${reference} cannot be decoded: this client needs the NUMBER_ORDERS_ENCRYPTION_KEYS of the workers.`,
    );
  }
}

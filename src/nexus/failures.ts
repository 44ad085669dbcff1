import { ApplicationFailure } from '@temporalio/common';
import * as nexus from 'nexus-rpc';
import type { FailureDetails, FailureType, Violation } from '@number-orders/contract';
import {
  InvalidRequestError,
  NoAnswerError,
  NumberOrderFailedError,
  NumberOrdersError,
  OrderBusyError,
  OrderEndedError,
  OrderNotFoundError,
  ReferenceErasedError,
  RequestMismatchError,
  TemporalUnavailableError,
} from '../client/errors';
import { isUndecodable } from '../data-converter';

/**
 * Runs what answers an operation.
 * @throws {nexus.OperationError} with a failure of the registry as its cause: a retry would not help
 * @throws {nexus.HandlerError} for other failures; it says whether Temporal retries it
 */
export async function answered<T>(input: unknown, answer: () => Promise<T>): Promise<T> {
  if (isUndecodable(input)) {
    throw new nexus.HandlerError(
      'BAD_REQUEST',
      'The input cannot be decoded: encrypt it with a key that the workers have.',
    );
  }
  try {
    return await answer();
  } catch (error) {
    throw error instanceof NumberOrdersError ? failureOf(error) : error;
  }
}

function failureOf(error: NumberOrdersError): Error {
  const { message } = error;
  if (error instanceof InvalidRequestError) return failed('InvalidRequest', message, error.violations);
  if (error instanceof RequestMismatchError || error instanceof ReferenceErasedError) {
    return failed('InvalidRequest', message, [{ field: 'reference', description: 'must be one of its own' }]);
  }
  if (error instanceof NumberOrderFailedError) return failed(error.type, message, error.violations);
  if (error instanceof OrderNotFoundError) return new nexus.HandlerError('NOT_FOUND', message);
  // Temporal 1.29 takes a CONFLICT for an internal failure, and retries the call.
  if (error instanceof OrderEndedError) return new nexus.HandlerError('BAD_REQUEST', message);
  const isPassing = [NoAnswerError, OrderBusyError, TemporalUnavailableError].some((kind) => error instanceof kind);
  return isPassing
    ? new nexus.HandlerError('UNAVAILABLE', message, { retryableOverride: true })
    : new nexus.HandlerError('INTERNAL', message, { retryableOverride: false });
}

/** @param type undefined: the order was terminated or timed out from outside */
function failed(type: FailureType | undefined, message: string, violations: readonly Violation[]) {
  const details: FailureDetails = { violations: violations.map(({ field, description }) => ({ field, description })) };
  const cause = ApplicationFailure.create({ message, nonRetryable: true, details: [details], ...(type && { type }) });
  return new nexus.OperationError('failed', message, { cause });
}

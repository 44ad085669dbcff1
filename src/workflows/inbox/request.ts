import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import {
  clip,
  describeViolations,
  isNotificationUrl,
  readRequest,
  referenceOf,
  workflowIdOf,
  type FailureDetails,
  type FailureType,
  type NumberOrderRequest,
  type Violation,
} from '../../contract';
import { describeUndecodable, isUndecodable } from '../../data-converter/undecodable';
import { countUndecodable } from '../display/metrics';

/** Enough to mend a request by. A failure that told of every mistake could be too large for Temporal to take. */
const VIOLATIONS_TOLD = 20;
const FIELD_BYTES = 256;

/** What of a request is kept, or why it cannot be an order. Names fields and remedies, never values. */
export function takeRequest(argument: unknown): NumberOrderRequest | ApplicationFailure {
  if (isUndecodable(argument)) {
    countUndecodable('request');
    return invalidRequest([
      { field: 'argument', description: `could not be decoded: ${describeUndecodable(argument)}` },
    ]);
  }
  const { violations, value } = readRequest(argument);
  if (violations) return invalidRequest(violations);
  if (workflowInfo().workflowId === workflowIdOf(value.reference)) return value;
  return invalidRequest([
    { field: 'reference', description: 'must fit the workflow id, which is number-order-<reference>' },
  ]);
}

export function invalidRequest(all: Violation[]): ApplicationFailure {
  const violations = all
    .slice(0, VIOLATIONS_TOLD)
    .map(({ field, description }) => ({ field: clip(field, FIELD_BYTES), description }));
  return ApplicationFailure.create({
    type: 'InvalidRequest' satisfies FailureType,
    message: `The order request is malformed: ${describeViolations(violations)}`,
    nonRetryable: true,
    details: [{ violations } satisfies FailureDetails],
  });
}

/** Stands for a request that cannot be read, so that a query still finds an order there, and its requester is told. */
export function unreadable(argument: unknown): NumberOrderRequest {
  const { notificationUrl } = (argument ?? {}) as { notificationUrl?: unknown };
  return {
    reference: referenceOf(workflowInfo().workflowId) ?? '',
    regionCode: '',
    numberType: 'LOCAL',
    selection: { search: {} },
    ...(isNotificationUrl(notificationUrl) && { notificationUrl }),
  };
}

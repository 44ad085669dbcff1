import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import {
  describeViolations,
  isNotificationUrl,
  referenceOf,
  validateRequest,
  workflowIdOf,
  type FailureDetails,
  type FailureType,
  type NumberOrderRequest,
  type Violation,
} from '../contract';
import { describeUndecodable, isUndecodable } from '../data-converter/undecodable';
import { countUndecodable } from './metrics';

/** Enough to mend a request by. A failure that told of every mistake could be too large for Temporal to take. */
const VIOLATIONS_TOLD = 20;
const FIELD_CHARACTERS = 200;

/** Why a request cannot be an order, or undefined. Names fields and remedies, never values. */
export function malformedRequest(request: NumberOrderRequest): ApplicationFailure | undefined {
  if (isUndecodable(request)) {
    countUndecodable('request');
    return invalidRequest([
      { field: 'argument', description: `could not be decoded: ${describeUndecodable(request)}` },
    ]);
  }
  const violations = validateRequest(request);
  if (violations.length === 0 && workflowInfo().workflowId !== workflowIdOf(request.reference)) {
    violations.push({ field: 'reference', description: 'must fit the workflow id, which is number-order-<reference>' });
  }
  return violations.length > 0 ? invalidRequest(violations) : undefined;
}

export function invalidRequest(all: Violation[]): ApplicationFailure {
  const violations = all
    .slice(0, VIOLATIONS_TOLD)
    .map(({ field, description }) => ({ field: field.slice(0, FIELD_CHARACTERS), description }));
  return ApplicationFailure.create({
    type: 'InvalidRequest' satisfies FailureType,
    message: `The order request is malformed: ${describeViolations(violations)}`,
    nonRetryable: true,
    details: [{ violations } satisfies FailureDetails],
  });
}

/** Stands for a request that cannot be read, so that a query still finds an order there, and its requester is told. */
export function unreadable(request: Partial<NumberOrderRequest> | null | undefined): NumberOrderRequest {
  const notificationUrl = request?.notificationUrl;
  return {
    reference: referenceOf(workflowInfo().workflowId) ?? '',
    regionCode: '',
    numberType: 'LOCAL',
    selection: { search: {} },
    ...(isNotificationUrl(notificationUrl) && { notificationUrl }),
  };
}

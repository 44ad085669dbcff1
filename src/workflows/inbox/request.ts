import { type ApplicationFailure, workflowInfo } from '@temporalio/workflow';
import {
  isNotificationUrl,
  readRequest,
  referenceOf,
  workflowIdOf,
  type NumberOrderRequest,
} from '@number-orders/contract';
import { describeUndecodable, isUndecodable } from '../../data-converter/undecodable';
import { invalidRequest } from '../calls/invalid-request';
import { countUndecodable } from '../display/metrics';

/** The part of a request that is kept, or why it is refused. Violations name fields and remedies, never values. */
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

/** Replaces a request that cannot be read, so that a query still finds an order and the requester is notified. */
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

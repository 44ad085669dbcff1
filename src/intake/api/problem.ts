import type { Context } from 'hono';
import {
  InvalidRequestError,
  NumberOrdersError,
  OrderBusyError,
  OrderEndedError,
  OrderNotFoundError,
  OrderRefusedError,
} from '../../client/errors';
import { KeysUnavailableError } from '../../http/bearer';

/** The problem types, with a sentence that says what to do. Tests compare docs/http-intake.md with it. */
export const PROBLEMS = {
  'not-authenticated': [401, 'Show a token: Authorization: Bearer …'],
  'not-allowed': [403, 'Use a token whose scope allows it'],
  'not-found': [404, 'There is no order with this reference: check it'],
  'not-acceptable': [404, 'There is no such path: see /v1/openapi.json'],
  'order-ended': [409, 'The order has its outcome, and accepts nothing more'],
  'order-refuses': [409, 'The order refuses it: see detail'],
  'invalid-request': [400, 'Correct what is listed and send it again'],
  'too-large': [413, 'Send a smaller document'],
  'limit-reached': [429, 'The order accepts no more today'],
  'too-many-requests': [429, 'Wait, then send it again'],
  'not-stored': [503, 'The document could not be stored: send it again'],
  'not-available': [503, 'Send it again in a moment: nothing is lost or processed twice'],
} as const satisfies Record<string, readonly [status: number, title: string]>;
export type Problem = keyof typeof PROBLEMS;

export interface ProblemMembers {
  detail?: string;
  /** The wrong fields, and what each must be. */
  errors?: readonly { field: string; description: string }[];
}

/** RFC 9457. */
export function problem(c: Context, which: Problem, members: ProblemMembers = {}): Response {
  const [status, title] = PROBLEMS[which];
  if (status === 503 || status === 429) c.header('retry-after', status === 503 ? '5' : '60');
  if (status === 401) c.header('www-authenticate', 'Bearer');
  return c.body(JSON.stringify({ type: `urn:number-orders:${which}`, title, status, ...members }), status, {
    'content-type': 'application/problem+json',
  });
}

/** The problem for an error; undefined: a bug. Never with a value of the request. */
export function problemOf(c: Context, error: Error): Response | undefined {
  if (error instanceof OrderNotFoundError) return problem(c, 'not-found');
  if (error instanceof OrderEndedError) return problem(c, 'order-ended');
  if (error instanceof OrderRefusedError) return problem(c, 'order-refuses', { detail: error.message });
  if (error instanceof InvalidRequestError) {
    const errors = error.violations.map(({ field, description }) => ({ field, description }));
    return problem(c, 'invalid-request', { errors });
  }
  if (error instanceof OrderBusyError || error instanceof KeysUnavailableError) return problem(c, 'not-available');
  return error instanceof NumberOrdersError ? problem(c, 'not-available') : undefined;
}

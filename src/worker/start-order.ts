import type { ActivityPorts } from '../activities';
import {
  AlreadyCompletedError,
  InvalidRequestError,
  NewAttemptRefusedError,
  NumberOrdersClient,
  ReferenceErasedError,
  RequestMismatchError,
} from '../client';

/** Permanent refusals. */
const REFUSALS = [
  AlreadyCompletedError,
  InvalidRequestError,
  NewAttemptRefusedError,
  ReferenceErasedError,
  RequestMismatchError,
];

/** Starts orders for the rows of a batch, as the client library does. */
export function startingBy(store: ActivityPorts['store']): ActivityPorts['startOrder'] {
  return async (client, taskQueue, request, newAttempt) => {
    try {
      await new NumberOrdersClient({ client, taskQueue, store }).start(request, { newAttempt });
      return undefined;
    } catch (error) {
      if (error instanceof Error && REFUSALS.some((kind) => error instanceof kind)) return error.message;
      throw error;
    }
  };
}

import { ApplicationFailure } from '@temporalio/workflow';
import {
  clip,
  describeViolations,
  type FailureDetails,
  type FailureType,
  type Violation,
} from '@number-orders/contract';

/** Enough to correct a request. A failure with every mistake could be too large for Temporal. */
const VIOLATIONS_TOLD = 20;
const FIELD_BYTES = 256;

/** Names fields and what to write, never values. */
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

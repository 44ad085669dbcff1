import type { ReplayResult } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';

/** The part of Temporal's message before the first value that it may quote: events and failures hold payloads. */
const NONDETERMINISM = /Nondeterminism error: ([^"{[]*)/;

/** Stack frames of our code, which name places and no values. */
const FRAME = /at [\w.<> ]+ \([^()"\\{}]+:\d+:\d+\)/;

/**
 * Why a history was not replayed, without any of its content.
 * @param missingKey id of a key that one of its payloads is encrypted with
 */
export function replayProblem(error: NonNullable<ReplayResult['error']>, missingKey: string | undefined): string {
  if (missingKey !== undefined) {
    return `cannot be decrypted: its key ${missingKey} is not among NUMBER_ORDERS_ENCRYPTION_KEYS`;
  }
  if (error instanceof DeterminismViolationError) {
    return `does not do what it did: ${NONDETERMINISM.exec(error.message)?.[1]?.trim() ?? 'nondeterminism'}`;
  }
  const [frame] = FRAME.exec(error.message) ?? [];
  return `throws an error, whose message may hold KYC and is not shown${frame === undefined ? '' : `: ${frame}`}`;
}

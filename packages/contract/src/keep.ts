import { ORDER_BYTES } from './budget';
import { clip, firstWithin, lastWithin } from './bytes';
import type { Violation } from './messages';
import type { Provisioning, ReviewLogEntry } from './view';

const FIELD_BYTES = 256;
const DESCRIPTION_BYTES = 1_000;
const MESSAGE_BYTES = 2_000;
const REASON_BYTES = 400;
const TIME_BYTES = 64;
const WORD_BYTES = 96;

/** The violations that an order keeps, from Sinch or from us. */
export function keptViolations(violations: readonly Violation[]): Violation[] {
  const clipped = violations.map(({ field, description }) => ({
    field: clip(field, FIELD_BYTES),
    description: clip(description, DESCRIPTION_BYTES),
  }));
  return firstWithin(ORDER_BYTES.violations, clipped);
}

/** The links of its numbers that an order keeps. */
export function keptLinks(links: readonly Provisioning[]): Provisioning[] {
  return links.map(({ phoneNumber, target, status, failureCode }) => ({
    phoneNumber,
    target,
    status: clip(status, WORD_BYTES),
    ...(failureCode !== undefined && { failureCode: clip(failureCode, WORD_BYTES) }),
  }));
}

/** The reason of a refused document that an order keeps. */
export function keptReason(reason: string): string {
  return clip(reason, REASON_BYTES);
}

/** The reviewers' feedback that an order keeps: the latest. */
export function keptReviewLog(entries: readonly ReviewLogEntry[]): ReviewLogEntry[] {
  const clipped = entries.map(({ message, createTime }) => ({
    message: clip(message, MESSAGE_BYTES),
    createTime: clip(createTime, TIME_BYTES),
  }));
  return lastWithin(ORDER_BYTES.reviewLog, clipped);
}

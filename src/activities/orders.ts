import { once } from 'node:events';
import { cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { FailureType } from '@number-orders/contract';
import type { CreateNumberOrderRequest, NumberOrder } from '../sinch';
import { isAvailable } from './availability';
import { failingTyped } from './typed-failures';
import { atFirstAttempt } from './first-attempt';
import { lookAgainLater } from './polling';
import type { ActivityPorts, PollInterval } from './ports';
import { isNews, reviewLogOf, type ReviewLogMark } from './review-log';

export interface Creation {
  reference: string;
  /** Part of the callback's path: each attempt has its own. */
  attempt: number;
  /** Without its `callbackUrl`. */
  order: CreateNumberOrderRequest;
  /** From this time on the order's history tells whether it created one. Milliseconds since the epoch. */
  knownSince: number | undefined;
}

export interface ReviewToFollow {
  idNumberOrder: string;
  /** The order's current state, as Sinch names it. */
  from: string;
  /** How far the reviewers' log has been read; undefined: it is not read, because the KYC was erased. */
  logRead?: ReviewLogMark;
}

export interface LostOrder {
  idNumberOrder: string;
  /** No submit starts later, milliseconds since the epoch. */
  deadline: number;
}

export interface ReservationToLapse {
  idNumberOrder: string;
  /** One of its numbers, if known: those of one order lapse together. */
  phoneNumber?: string;
  /** When it should have lapsed, milliseconds since the epoch. */
  expiresAt: number;
  /** The first poll interval. */
  everyMs: number;
}

/** Sinch answers within milliseconds. */
const LOOK_AFTER_SUBMISSION_WITHIN_MS = 5_000;

/** A 404 may be an outage of a few seconds. */
const LOST: PollInterval = { initialMs: 2_000, maxMs: 3_600_000 };
const LONGEST_WAIT_FOR_LAPSE_MS = 15 * 60_000;

/** The calls that create and follow a number order. */
export function orderActivities({ sinch, polls, callbackUrl, restoredAt = 0 }: ActivityPorts) {
  const inDoubt = (knownSince = Infinity) => knownSince < restoredAt;
  const look = (idNumberOrder: string): Promise<NumberOrder> =>
    failingTyped('read', () => sinch.getNumberOrder(idNumberOrder, { signal: cancellationSignal() }));

  /** Null: Sinch does not know it. */
  async function find(idNumberOrder: string): Promise<NumberOrder | null> {
    try {
      return await look(idNumberOrder);
    } catch (error) {
      if (error instanceof ApplicationFailure && error.type === ('SinchNotFound' satisfies FailureType)) return null;
      throw error;
    }
  }

  /** A failure to read it says nothing about the order. */
  async function haveReviewersWritten(idNumberOrder: string, logRead: ReviewLogMark): Promise<boolean> {
    try {
      return isNews(reviewLogOf(await sinch.getRegistration(idNumberOrder, { signal: cancellationSignal() })), logRead);
    } catch {
      return false;
    }
  }

  /** Whatever goes wrong here, the order is submitted: its outcome must not wait for a slow look, nor for a slow token. */
  async function lookedAtOnce(submitted: NumberOrder): Promise<NumberOrder> {
    const signal = AbortSignal.any([AbortSignal.timeout(LOOK_AFTER_SUBMISSION_WITHIN_MS), cancellationSignal()]);
    if (signal.aborted) return submitted;
    const { idNumberOrder, orderNumbers } = submitted;
    const look = sinch.getNumberOrder(idNumberOrder, { signal }).catch(() => submitted);
    const seen = await Promise.race([look, once(signal, 'abort').then(() => submitted)]);
    const isAll = seen.idNumberOrder === idNumberOrder && seen.orderNumbers.length >= orderNumbers.length;
    return isAll && seen.state === 'COMPLETED' ? seen : submitted;
  }

  return {
    /** Not repeatable: Sinch has no idempotency key, a second call reserves a second number. One attempt: see first-attempt.ts. */
    async createNumberOrder({ reference, attempt, order, knownSince }: Creation): Promise<NumberOrder> {
      const url = callbackUrl(reference, attempt);
      return atFirstAttempt(
        () => failingTyped('once', () => sinch.createNumberOrder(url ? { ...order, callbackUrl: url } : order)),
        inDoubt(knownSince),
      );
    },

    /** Repeatable: a read. */
    async getNumberOrder(idNumberOrder: string): Promise<NumberOrder> {
      return look(idNumberOrder);
    },

    /**
     * Not repeatable: an order must never be submitted twice. One attempt: see first-attempt.ts. Where there is nothing to review
     * Sinch may complete the order at once, so it is asked right away, and a second call is saved.
     */
    async submitNumberOrder(idNumberOrder: string, knownSince?: number): Promise<NumberOrder> {
      const submitted = await atFirstAttempt(
        () => failingTyped('once', () => sinch.submitNumberOrder(idNumberOrder)),
        inDoubt(knownSince),
      );
      return submitted.state === 'IN_REVIEW' ? lookedAtOnce(submitted) : submitted;
    },

    /**
     * Returns once review has moved a submitted order to another state, perhaps an unknown one, or the reviewers have written:
     * they may ask for KYC, or have blocked it again between two polls. It never returns CREATED: no answer may make us submit
     * again. Repeatable: a read.
     */
    async awaitReview({ idNumberOrder, from, logRead }: ReviewToFollow): Promise<NumberOrder> {
      const order = await look(idNumberOrder);
      const isSubmitted = order.state !== 'CREATED';
      if (isSubmitted && (order.unknownState ?? order.state) !== from) return order;
      // Read once more: if they have decided meanwhile, that is what they wrote about.
      if (isSubmitted && logRead && (await haveReviewersWritten(idNumberOrder, logRead))) return look(idNumberOrder);
      throw lookAgainLater(`The order is still ${from} at Sinch`, polls.review);
    },

    /** Returns once Sinch names the numbers of an order. Repeatable: a read. */
    async awaitNumbers(idNumberOrder: string): Promise<NumberOrder> {
      const order = await look(idNumberOrder);
      if (order.orderNumbers.length > 0) return order;
      throw lookAgainLater('Sinch has not named the numbers yet', polls.upload);
    },

    /** Returns once Sinch knows the order again. Repeatable: a read. */
    async awaitKnownAgain({ idNumberOrder, deadline }: LostOrder): Promise<NumberOrder> {
      const order = await find(idNumberOrder);
      if (order) return order;
      throw lookAgainLater('Sinch does not know the order', LOST, deadline);
    },

    /**
     * Returns once the reservation at Sinch has changed; null: Sinch no longer knows it, and its number is for sale. Wrapped in a
     * record, so that completing the call by hand with null does not mean that. Repeatable: reads.
     */
    async awaitLapse({
      idNumberOrder,
      phoneNumber,
      expiresAt,
      everyMs,
    }: ReservationToLapse): Promise<{ order: NumberOrder | null }> {
      const order = await find(idNumberOrder);
      if (!order && phoneNumber !== undefined && (await isAvailable(sinch, phoneNumber))) return { order };
      const isReserved = order?.state === 'CREATED' || order?.state === 'NUMBER_ORDER_STATE_UNSPECIFIED';
      const hasMoreTime = Date.parse(order?.expireTime ?? '') > expiresAt;
      if (order && (!isReserved || hasMoreTime)) return { order };
      const interval = { initialMs: everyMs, maxMs: Math.max(everyMs, LONGEST_WAIT_FOR_LAPSE_MS) };
      throw lookAgainLater('Sinch still holds the reservation, past its end', interval);
    },
  };
}

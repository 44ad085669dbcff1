import { ApplicationFailure } from '@temporalio/common';
import { whyTooDear, type FailureDetails, type PriceLimit, type ViewRequirements } from '@number-orders/contract';
import { keepable } from '../requirements/keepable';
import { orNone } from '../sinch';
import { isAvailable } from './availability';
import { failingTyped } from './typed-failures';
import { findNumber, type NumberKind, type NumberQuery, type TooDear } from './find-number';
import type { ActivityPorts, OrderPolicy } from './ports';

/** What an order begins with, without what Sinch has not answered yet. */
export interface Beginning {
  /** The operators' settings. An order keeps those it began with. */
  policy: OrderPolicy;
  /** Null: no KYC is needed. */
  requirements?: ViewRequirements | null;
  /** A number to try; null: there is none. */
  availableNumber?: string | null;
  /** Skipped in the search. */
  tooDear?: TooDear;
  /** The time that Sinch asked to wait. */
  retryAfterMs?: number;
  /** The worker has no settings of the order's Sinch project. */
  unknownProject?: true;
}

/** A number to try; null: there is none. */
export interface FoundNumber {
  phoneNumber: string | null;
  /** Skipped. */
  tooDear?: TooDear;
}

export interface CheckedPrice {
  available: boolean;
  /** Why it is beyond the limit. */
  tooDear?: string;
}

/** The reads before a reservation. Repeatable: they change nothing at Sinch. */
export function beforeReservationActivities({ sinch, policy }: ActivityPorts) {
  /** Sinch's 404 "Number requirements not found" means that no KYC is needed. */
  const lookUp = (kind: NumberKind): Promise<ViewRequirements | null> =>
    failingTyped('beforeReservation', async () => {
      const requirements = await orNone(sinch.lookupNumberRequirements(kind));
      return requirements === undefined ? null : keepable(requirements);
    });

  const find = (query: NumberQuery, callKind: 'beforeReservation' | 'read'): Promise<FoundNumber> =>
    failingTyped(callKind, async () => {
      const { number, tooDear } = await findNumber(sinch, query);
      return { phoneNumber: number?.phoneNumber ?? null, ...(tooDear && { tooDear }) };
    });

  return {
    /** Only the settings. */
    readPolicy(): Promise<OrderPolicy> {
      return Promise.resolve(policy);
    },

    /**
     * The settings and, if they let an order ask early, Sinch's first answers. In one call, because each local activity costs the
     * worker as much as a workflow task. Fails if Sinch refuses the order permanently.
     * @param wanted a number to search once the requirements are known
     */
    async beginOrder(kind: NumberKind, wanted: NumberQuery | null): Promise<Beginning> {
      const begun: Beginning = { policy };
      if (!policy.localReads) return begun;
      try {
        begun.requirements = await lookUp(kind);
        if (wanted) {
          const { phoneNumber, tooDear } = await find(wanted, 'beforeReservation');
          begun.availableNumber = phoneNumber;
          if (tooDear) begun.tooDear = tooDear;
        }
      } catch (error) {
        if (!(error instanceof ApplicationFailure) || error.nonRetryable) throw error;
        const { retryAfterMs } = (error.details?.[0] ?? {}) as Partial<FailureDetails>;
        if (retryAfterMs !== undefined) begun.retryAfterMs = retryAfterMs;
      }
      return begun;
    },

    /** Returns once the worker knows the order's Sinch project: see projects.ts. */
    awaitProject(): Promise<'KNOWN'> {
      return Promise.resolve('KNOWN');
    },

    /** Wrapped in a record, so that completing the call by hand with null does not mean that no KYC is needed. */
    async lookupNumberRequirements(kind: NumberKind): Promise<{ requirements: ViewRequirements | null }> {
      return { requirements: await lookUp(kind) };
    },

    /**
     * A number for an order to try.
     * @param callKind `read`: something is, or may be, reserved already, so the call is retried until it is answered
     */
    searchAvailableNumbers(query: NumberQuery, callKind: 'beforeReservation' | 'read'): Promise<FoundNumber> {
      return find(query, callKind);
    },

    /** Whether this number can be ordered now, within the limit. */
    checkPrice(
      phoneNumber: string,
      priceLimit: PriceLimit,
      callKind: 'beforeReservation' | 'read',
    ): Promise<CheckedPrice> {
      return failingTyped(callKind, async () => {
        const number = await orNone(sinch.getAvailableNumber(phoneNumber));
        const tooDear = number && whyTooDear(number, priceLimit);
        return { available: number !== undefined, ...(tooDear !== undefined && { tooDear }) };
      });
    },

    /** Whether this number can be ordered now. False also if an unclear creation of ours has reserved it. */
    isNumberAvailable(phoneNumber: string): Promise<boolean> {
      return isAvailable(sinch, phoneNumber);
    },
  };
}

import { ApplicationFailure } from '@temporalio/common';
import { whyTooDear, type FailureDetails, type PriceLimit, type ViewRequirements } from '@number-orders/contract';
import { keepable } from '../requirements/keepable';
import { orNone } from '../sinch';
import { isAvailable } from './availability';
import { failingTyped } from './typed-failures';
import { findNumber, type NumberKind, type NumberQuery, type TooDear } from './find-number';
import type { ActivityPorts, OrderPolicy } from './ports';

/** What an order begins with. What Sinch has not said yet is left out. */
export interface Beginning {
  /** The operators' settings, so that an order keeps those it began with. */
  policy: OrderPolicy;
  /** Null: no KYC is needed. */
  requirements?: ViewRequirements | null;
  /** One that can be tried; null: there is none. */
  availableNumber?: string | null;
  /** Passed over in the search. */
  tooDear?: TooDear;
  /** As long as Sinch asked to wait. */
  retryAfterMs?: number;
  /** The worker has no settings of the order's Sinch project. */
  unknownProject?: true;
}

/** A number to try; null: there is none. */
export interface FoundNumber {
  phoneNumber: string | null;
  /** Passed over. */
  tooDear?: TooDear;
}

export interface CheckedPrice {
  available: boolean;
  /** Why it is beyond the limit. */
  tooDear?: string;
}

/** What is read before anything is reserved. Reads are repeatable: they change nothing at Sinch. */
export function beforeReservationActivities({ sinch, policy: settings }: ActivityPorts) {
  const policy: OrderPolicy = { ...settings, commandInEveryTask: true };

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
    /** The settings alone. */
    readPolicy(): Promise<OrderPolicy> {
      return Promise.resolve(policy);
    },

    /**
     * The settings and, where they let an order ask early, what Sinch says at once: in one go, as each local activity costs
     * the worker as much as a workflow task. Fails where Sinch refuses the order for good.
     * @param wanted a number to look for once the requirements are known
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

    /** Answers once the worker knows the order's Sinch project: see projects.ts. */
    awaitProject(): Promise<'KNOWN'> {
      return Promise.resolve('KNOWN');
    },

    /** In a record of its own: a call that is completed by hand with null is not to say that no KYC is needed. */
    async lookupNumberRequirements(kind: NumberKind): Promise<{ requirements: ViewRequirements | null }> {
      return { requirements: await lookUp(kind) };
    },

    /**
     * A number for an order to try.
     * @param callKind `read`: something is or may be reserved already, so nothing but an answer will do
     */
    searchAvailableNumbers(query: NumberQuery, callKind: 'beforeReservation' | 'read'): Promise<FoundNumber> {
      return find(query, callKind);
    },

    /** Whether this very number can be ordered now, and within the limit. */
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

    /** Whether this very number can be ordered now. False also where an unclear creation of ours has reserved it. */
    isNumberAvailable(phoneNumber: string): Promise<boolean> {
      return isAvailable(sinch, phoneNumber);
    },
  };
}

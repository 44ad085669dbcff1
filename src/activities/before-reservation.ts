import { ApplicationFailure } from '@temporalio/common';
import type { FailureDetails, NumberSearch, NumberType, ViewRequirements } from '@number-orders/contract';
import { keepable } from '../requirements/keepable';
import { orNone, SinchError } from '../sinch';
import { isAvailable } from './availability';
import { failingTyped } from './typed-failures';
import type { ActivityPorts, OrderPolicy } from './ports';
import { preferredNumber } from './spread';

export interface NumberKind {
  regionCode: string;
  numberType: NumberType;
}

export type NumberQuery = NumberKind &
  NumberSearch & {
    /** Of the order: which number it prefers follows from it. */
    reference: string;
    /** Numbers that it cannot have. Undefined: the first look. */
    tried?: string[];
  };

/** How many numbers are asked for: enough for few orders at once, and as many as may be when others are quicker. */
const FIRST_PAGE = 50;
const LARGE_PAGE = 500;

/** What an order begins with. What Sinch has not said yet is left out. */
export interface Beginning {
  /** The operators' settings, so that an order keeps those it began with. */
  policy: OrderPolicy;
  /** Null: no KYC is needed. */
  requirements?: ViewRequirements | null;
  /** One that can be tried; null: there is none. */
  availableNumber?: string | null;
  /** As long as Sinch asked to wait. */
  retryAfterMs?: number;
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

  async function search({ reference, tried, ...query }: NumberQuery): Promise<string | null> {
    const size = tried === undefined ? FIRST_PAGE : LARGE_PAGE + tried.length;
    const found = await sinch.searchAvailableNumbers({ ...query, size }).catch((error: unknown) => {
      if (!(error instanceof SinchError) || error.type !== 'SinchInvalidArgument' || tried === undefined) throw error;
      // How large a page may be is not documented.
      return sinch.searchAvailableNumbers({ ...query, size: FIRST_PAGE });
    });
    const numbers = found.map(({ phoneNumber }) => phoneNumber);
    return preferredNumber(numbers, reference, tried);
  }

  const find = (query: NumberQuery, callKind: 'beforeReservation' | 'read'): Promise<string | null> =>
    failingTyped(callKind, async () => (await orNone(search(query))) ?? null);

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
        if (wanted) begun.availableNumber = await find(wanted, 'beforeReservation');
      } catch (error) {
        if (!(error instanceof ApplicationFailure) || error.nonRetryable) throw error;
        const { retryAfterMs } = (error.details?.[0] ?? {}) as Partial<FailureDetails>;
        if (retryAfterMs !== undefined) begun.retryAfterMs = retryAfterMs;
      }
      return begun;
    },

    /** In a record of its own: a call that is completed by hand with null is not to say that no KYC is needed. */
    async lookupNumberRequirements(kind: NumberKind): Promise<{ requirements: ViewRequirements | null }> {
      return { requirements: await lookUp(kind) };
    },

    /**
     * A number for an order to try.
     * @param callKind `read`: something is or may be reserved already, so nothing but an answer will do
     */
    async searchAvailableNumbers(
      query: NumberQuery,
      callKind: 'beforeReservation' | 'read',
    ): Promise<{ phoneNumber: string | null }> {
      return { phoneNumber: await find(query, callKind) };
    },

    /** Whether this very number can be ordered now. False also where an unclear creation of ours has reserved it. */
    isNumberAvailable(phoneNumber: string): Promise<boolean> {
      return isAvailable(sinch, phoneNumber);
    },
  };
}

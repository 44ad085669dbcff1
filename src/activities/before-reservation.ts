import { ApplicationFailure } from '@temporalio/common';
import type { FailureDetails, NumberSearch, NumberType, ViewRequirements } from '../contract';
import { keepable } from '../requirements/keepable';
import { SinchError } from '../sinch';
import { failingTyped } from './failures';
import type { ActivityPorts, OrderPolicy } from './ports';

export interface NumberKind {
  regionCode: string;
  numberType: NumberType;
}

export type NumberQuery = NumberKind & NumberSearch & { size: number };

/** What an order begins with. What Sinch has not said yet is left out. */
export interface Beginning {
  /** The operators' settings, so that an order keeps those it began with. */
  policy: OrderPolicy;
  /** Null: no KYC is needed. */
  requirements?: ViewRequirements | null;
  availableNumbers?: string[];
  /** As long as Sinch asked to wait. */
  retryAfterMs?: number;
}

/** What is read before anything is reserved. Reads are repeatable: they change nothing at Sinch. */
export function beforeReservationActivities({ sinch, policy: settings }: ActivityPorts) {
  const policy: OrderPolicy = { ...settings, commandInEveryTask: true };

  /** Sinch's 404 "Number requirements not found" means that no KYC is needed. */
  const lookUp = (kind: NumberKind): Promise<ViewRequirements | null> =>
    failingTyped('beforeReservation', async () => {
      try {
        return keepable(await sinch.lookupNumberRequirements(kind));
      } catch (error) {
        if (error instanceof SinchError && error.type === 'SinchNotFound') return null;
        throw error;
      }
    });

  const search = (query: NumberQuery, callKind: 'beforeReservation' | 'read'): Promise<string[]> =>
    failingTyped(callKind, async () => {
      try {
        return (await sinch.searchAvailableNumbers(query)).map(({ phoneNumber }) => phoneNumber);
      } catch (error) {
        if (error instanceof SinchError && error.type === 'SinchNotFound') return [];
        throw error;
      }
    });

  return {
    /** The settings alone. */
    readPolicy(): Promise<OrderPolicy> {
      return Promise.resolve(policy);
    },

    /**
     * The settings and, where they let an order ask early, what Sinch says at once: in one go, as each local activity costs
     * the worker as much as a workflow task. Fails where Sinch refuses the order for good.
     * @param wanted numbers to look for once the requirements are known
     */
    async beginOrder(kind: NumberKind, wanted: NumberQuery | null): Promise<Beginning> {
      const begun: Beginning = { policy };
      if (!policy.localReads) return begun;
      try {
        begun.requirements = await lookUp(kind);
        if (wanted) begun.availableNumbers = await search(wanted, 'beforeReservation');
      } catch (error) {
        if (!(error instanceof ApplicationFailure) || error.nonRetryable) throw error;
        const { retryAfterMs } = (error.details?.[0] ?? {}) as Partial<FailureDetails>;
        if (retryAfterMs !== undefined) begun.retryAfterMs = retryAfterMs;
      }
      return begun;
    },

    lookupNumberRequirements: lookUp,

    /** @param callKind `read`: something is or may be reserved already, so nothing but an answer will do */
    searchAvailableNumbers: search,
  };
}

import type { NumberSearch, NumberType, ViewRequirements } from '../contract';
import { keepable } from '../requirements/keepable';
import { SinchError, type AvailableNumber } from '../sinch';
import { failingTyped } from './failures';
import type { ActivityPorts, OrderPolicy } from './ports';

export interface NumberKind {
  regionCode: string;
  numberType: NumberType;
}

/** What is read before anything is reserved. Reads are repeatable: they change nothing at Sinch. */
export function beforeReservationActivities({ sinch, policy }: ActivityPorts) {
  return {
    /** The operators' settings, so that an order keeps those it began with. */
    readPolicy(): Promise<OrderPolicy> {
      return Promise.resolve(policy);
    },

    /** Null: no KYC is needed, which is what Sinch's 404 "Number requirements not found" means. */
    async lookupNumberRequirements(kind: NumberKind): Promise<ViewRequirements | null> {
      return failingTyped('beforeReservation', async () => {
        try {
          return keepable(await sinch.lookupNumberRequirements(kind));
        } catch (error) {
          if (error instanceof SinchError && error.type === 'SinchNotFound') return null;
          throw error;
        }
      });
    },

    /** `read`: something is or may be reserved already, so nothing but an answer will do. */
    async searchAvailableNumbers(
      query: NumberKind & NumberSearch & { size: number },
      callKind: 'beforeReservation' | 'read',
    ): Promise<string[]> {
      return failingTyped(callKind, async () => {
        try {
          const found: AvailableNumber[] = await sinch.searchAvailableNumbers(query);
          return found.map(({ phoneNumber }) => phoneNumber);
        } catch (error) {
          if (error instanceof SinchError && error.type === 'SinchNotFound') return [];
          throw error;
        }
      });
    },
  };
}

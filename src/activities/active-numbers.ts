import { cancellationSignal } from '@temporalio/activity';
import type { Provisioning } from '../contract';
import { SinchError, type ActiveNumber } from '../sinch';
import { failingTyped } from './failures';
import { lookAgainLater } from './polling';
import type { ActivityPorts } from './ports';
import { isProvisioned, provisioningOf, type WantedLinks } from './provisioning';

export interface ToProvision extends WantedLinks {
  phoneNumbers: string[];
}

/** The calls about numbers that are bought. */
export function activeNumberActivities({ sinch, polls }: ActivityPorts) {
  async function find(phoneNumber: string): Promise<ActiveNumber | undefined> {
    try {
      return await sinch.getActiveNumber(phoneNumber, { signal: cancellationSignal() });
    } catch (error) {
      if (error instanceof SinchError && error.type === 'SinchNotFound') return undefined;
      throw error;
    }
  }

  async function read({ phoneNumbers, ...wanted }: ToProvision): Promise<Provisioning[]> {
    return failingTyped('read', async () => {
      const all: Provisioning[] = [];
      for (const phoneNumber of phoneNumbers) {
        const number = await find(phoneNumber);
        all.push(...provisioningOf(phoneNumber, number, wanted));
      }
      return all;
    });
  }

  return {
    /** Repeatable: a read. */
    readProvisioning: read,

    /** Answers when every number is linked, or has failed to be. Repeatable: a read. */
    async awaitProvisioning(wanted: ToProvision): Promise<Provisioning[]> {
      const all = await read(wanted);
      const waiting = all.filter((link) => !isProvisioned(link)).length;
      if (waiting > 0)
        throw lookAgainLater(`${waiting} of ${all.length} links are still being made`, polls.provisioning);
      return all;
    },

    /** Repeatable: it stops the renewal of a number, which is stopped then. */
    async releaseNumber(phoneNumber: string): Promise<void> {
      await failingTyped('send', () => sinch.releaseNumber(phoneNumber));
    },
  };
}

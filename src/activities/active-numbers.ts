import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { keptLinks, type Provisioning } from '../contract';
import { SinchError, type ActiveNumber } from '../sinch';
import { askAboutEach, remember, type Answers } from './each-number';
import { failingTyped } from './failures';
import { lookAgainLater } from './polling';
import type { ActivityPorts } from './ports';
import { isProvisioned, provisioningOf, type WantedLinks } from './provisioning';

export interface ToProvision extends WantedLinks {
  phoneNumbers: string[];
}

/** How often it is tried to read all of an order's links before some will do. */
const ATTEMPTS_FOR_ALL = 3;

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

  const read = ({ phoneNumbers, ...wanted }: ToProvision): Promise<Answers<Provisioning[]>> =>
    askAboutEach(phoneNumbers, async (phoneNumber) =>
      failingTyped('read', async () => keptLinks(provisioningOf(phoneNumber, await find(phoneNumber), wanted))),
    );

  return {
    /**
     * How far the links are, of each number that Sinch tells anything of: one of which it does not must not hide the
     * others. Repeatable: a read.
     */
    async readProvisioning(wanted: ToProvision): Promise<Provisioning[]> {
      const { learnt, failure } = await read(wanted);
      if (failure !== undefined && (learnt.size === 0 || activityInfo().attempt < ATTEMPTS_FOR_ALL)) throw failure;
      return [...learnt.values()].flat();
    },

    /** Answers when every number is linked, or has failed to be. Repeatable: a read. */
    async awaitProvisioning(wanted: ToProvision): Promise<Provisioning[]> {
      const { learnt, failure } = await read(wanted);
      if (failure !== undefined) throw failure;
      const all = wanted.phoneNumbers.flatMap((phoneNumber) => learnt.get(phoneNumber) ?? []);
      const waiting = all.filter((link) => !isProvisioned(link)).length;
      if (waiting === 0) return all;
      // What is linked stays so; the rest is looked at again.
      remember(new Map([...learnt].filter(([, links]) => links.every(({ status }) => status === 'SUCCESS'))));
      throw lookAgainLater(`${waiting} of ${all.length} links are still being made`, polls.provisioning);
    },

    /** Repeatable: it stops the renewal of a number, which is stopped then. */
    async releaseNumber(phoneNumber: string): Promise<'RELEASED'> {
      await failingTyped('release', () => sinch.releaseNumber(phoneNumber));
      return 'RELEASED';
    },
  };
}

import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { keptLinks, type NumberType, type Provisioning } from '@number-orders/contract';
import { orNone, type ActiveNumber } from '../sinch';
import { askAboutEach, remember, type Answers } from './each-number';
import { failingTyped } from './typed-failures';
import { lookAgainLater } from './polling';
import type { ActivityPorts } from './ports';
import { isProvisioned, provisioningOf, type WantedLinks } from './provisioning';

export interface ToProvision extends WantedLinks {
  phoneNumbers: string[];
}

/** An order that is bought, and whose numbers Sinch has not named. */
export interface Unnamed {
  idNumberOrder: string;
  reference: string;
  attempt: number;
  regionCode: string;
  numberType: NumberType;
  /** How many there must be. */
  count: number;
}

/** Of a hundred numbers each: an end to it, whatever Sinch answers. */
const PAGES_READ = 200;
/** How often it is tried to read all of an order's links before some will do. */
const ATTEMPTS_FOR_ALL = 3;

/** The calls about numbers that are bought. */
export function activeNumberActivities({ sinch, polls, callbackUrl }: ActivityPorts) {
  const find = (phoneNumber: string): Promise<ActiveNumber | undefined> =>
    orNone(sinch.getActiveNumber(phoneNumber, { signal: cancellationSignal() }));

  const read = ({ phoneNumbers, ...wanted }: ToProvision): Promise<Answers<Provisioning[]>> =>
    askAboutEach(phoneNumbers, async (phoneNumber) =>
      failingTyped('read', async () => keptLinks(provisioningOf(phoneNumber, await find(phoneNumber), wanted))),
    );

  /** Those that Sinch calls back about where it does about the order; it names no order with them. */
  async function calledBackAt(callbacks: string, { regionCode, numberType, count }: Unnamed): Promise<string[]> {
    const ours: string[] = [];
    let pageToken: string | undefined;
    let pages = 0;
    do {
      const query = { regionCode, numberType, pageToken };
      const { activeNumbers, nextPageToken } = await sinch.listActiveNumbers(query, { signal: cancellationSignal() });
      for (const { phoneNumber, callbackUrl: at } of activeNumbers) if (at === callbacks) ours.push(phoneNumber);
      pageToken = nextPageToken;
      heartbeat();
    } while (pageToken !== undefined && ++pages < PAGES_READ);
    return ours.length === count ? ours : [];
  }

  return {
    /** Answers when Sinch names the numbers of an order that is bought. Repeatable: a read. */
    async awaitBoughtNumbers(wanted: Unnamed): Promise<string[]> {
      const { idNumberOrder, reference, attempt } = wanted;
      const found = await failingTyped('bought', async () => {
        const { orderNumbers } = await sinch.getNumberOrder(idNumberOrder, { signal: cancellationSignal() });
        if (orderNumbers.length > 0) return orderNumbers.map(({ phoneNumber }) => phoneNumber);
        const callbacks = callbackUrl(reference, attempt);
        return callbacks === undefined ? [] : calledBackAt(callbacks, wanted);
      });
      if (found.length > 0) return found;
      throw lookAgainLater('Sinch does not name the numbers of the order yet', polls.provisioning);
    },

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
      await failingTyped('bought', () => sinch.releaseNumber(phoneNumber));
      return 'RELEASED';
    },
  };
}

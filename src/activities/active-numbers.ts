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

/** A bought order whose numbers Sinch has not named. */
export interface Unnamed {
  idNumberOrder: string;
  reference: string;
  attempt: number;
  regionCode: string;
  numberType: NumberType;
  /** How many there must be. */
  count: number;
}

/** Pages of a hundred numbers: a bound, whatever Sinch answers. */
const PAGES_READ = 200;
/** How many attempts to read all of an order's links are made before some are enough. */
const ATTEMPTS_FOR_ALL = 3;

/** The calls about bought numbers. */
export function activeNumberActivities({ sinch, polls, callbackUrl }: ActivityPorts) {
  const find = (phoneNumber: string): Promise<ActiveNumber | undefined> =>
    orNone(sinch.getActiveNumber(phoneNumber, { signal: cancellationSignal() }));

  const read = ({ phoneNumbers, ...wanted }: ToProvision): Promise<Answers<Provisioning[]>> =>
    askAboutEach(phoneNumbers, async (phoneNumber) =>
      failingTyped('read', async () => keptLinks(provisioningOf(phoneNumber, await find(phoneNumber), wanted))),
    );

  /** The numbers whose callback URL is the order's: Sinch does not name their order. */
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
    /** Returns once Sinch names the numbers of a bought order. Repeatable: a read. */
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

    /** The links of each number that can be read: an unreadable one must not hide the others. Repeatable: a read. */
    async readProvisioning(wanted: ToProvision): Promise<Provisioning[]> {
      const { learnt, failure } = await read(wanted);
      if (failure !== undefined && (learnt.size === 0 || activityInfo().attempt < ATTEMPTS_FOR_ALL)) throw failure;
      return [...learnt.values()].flat();
    },

    /** Returns once every number is linked, or has failed to be. Repeatable: a read. */
    async awaitProvisioning(wanted: ToProvision): Promise<Provisioning[]> {
      const { learnt, failure } = await read(wanted);
      if (failure !== undefined) throw failure;
      const all = wanted.phoneNumbers.flatMap((phoneNumber) => learnt.get(phoneNumber) ?? []);
      const waiting = all.filter((link) => !isProvisioned(link)).length;
      if (waiting === 0) return all;
      // Linked numbers stay linked; only the rest is read again.
      remember(new Map([...learnt].filter(([, links]) => links.every(({ status }) => status === 'SUCCESS'))));
      throw lookAgainLater(`${waiting} of ${all.length} links are still being made`, polls.provisioning);
    },

    /** Repeatable: stopping the renewal of a number twice changes nothing. */
    async releaseNumber(phoneNumber: string): Promise<'RELEASED'> {
      await failingTyped('bought', () => sinch.releaseNumber(phoneNumber));
      return 'RELEASED';
    },
  };
}

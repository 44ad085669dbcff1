import { isOpenRun, NUMBER_TYPES, REFERENCE_PATTERN, type NumberType } from '@number-orders/contract';
import type { NumberOrdersClient } from '../client';
import { orNone, type SinchClient } from '../sinch';

export interface KnownNumber {
  phoneNumber: string;
  reference: string;
}

/** A Sinch project's numbers compared with the orders in Temporal. */
export interface Reconciliation {
  /** Bought, and known to an order. */
  known: KnownNumber[];
  /** Bought, and no order has it. `perhapsOf`: the order whose callback URL the number has. */
  unknown: { phoneNumber: string; perhapsOf?: string }[];
  /** An order bought it, and Sinch no longer has it. */
  gone: KnownNumber[];
}

/** How many orders are read at once. */
const AT_ONCE = 10;

/**
 * Sinch is read first, so that numbers bought meanwhile are known. Only reads.
 * @param project a named one; undefined: the default one
 */
export async function reconcile(
  sinch: SinchClient,
  orders: NumberOrdersClient,
  project?: string,
): Promise<Reconciliation> {
  const active = await activeNumbers(sinch);
  const { holders, bought } = await numbersOfOrders(orders, project);
  const missing = bought.filter(({ phoneNumber }) => !active.has(phoneNumber));
  const gone: KnownNumber[] = [];
  for (const number of missing) {
    // Pages shift while they are read, so each number is read by itself.
    if (await orNone(sinch.getActiveNumber(number.phoneNumber))) active.set(number.phoneNumber, undefined);
    else gone.push(number);
  }
  const known: Reconciliation['known'] = [];
  const unknown: Reconciliation['unknown'] = [];
  for (const [phoneNumber, callbackUrl] of active) {
    const reference = holders.get(phoneNumber);
    const perhapsOf = referenceIn(callbackUrl);
    if (reference !== undefined) known.push({ phoneNumber, reference });
    else unknown.push({ phoneNumber, ...(perhapsOf !== undefined && { perhapsOf }) });
  }
  return { known, unknown, gone };
}

/** By number, with its callback URL. Page by page, of each region and type that Sinch sells. */
async function activeNumbers(sinch: SinchClient): Promise<Map<string, string | undefined>> {
  const active = new Map<string, string | undefined>();
  for (const { regionCode, types } of await sinch.listAvailableRegions()) {
    const sold = NUMBER_TYPES.filter((type) => types.length === 0 || types.includes(type));
    for (const numberType of sold) await readPages(sinch, { regionCode, numberType }, active);
  }
  return active;
}

async function readPages(
  sinch: SinchClient,
  kind: { regionCode: string; numberType: NumberType },
  active: Map<string, string | undefined>,
): Promise<void> {
  const seen = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await orNone(sinch.listActiveNumbers({ ...kind, pageToken }));
    for (const { phoneNumber, callbackUrl } of page?.activeNumbers ?? []) active.set(phoneNumber, callbackUrl);
    pageToken = page?.nextPageToken;
    if (pageToken !== undefined && seen.has(pageToken)) {
      throw new Error(
        `Sinch returned the same page of ${kind.regionCode} ${kind.numberType} numbers twice: try again later.`,
      );
    }
    if (pageToken !== undefined) seen.add(pageToken);
  } while (pageToken !== undefined);
}

interface NumbersOfOrders {
  /** Number → reference: what orders have bought, or have reserved and may have bought by now. */
  holders: Map<string, string>;
  /** By orders that have ended, and not released by them. */
  bought: KnownNumber[];
}

async function numbersOfOrders(orders: NumberOrdersClient, project?: string): Promise<NumbersOfOrders> {
  const holders = new Map<string, string>();
  const bought: KnownNumber[] = [];
  const seen = new Set<string>();
  let batch: Promise<void>[] = [];
  for await (const summary of orders.list(project === undefined ? {} : { project })) {
    const { reference, status } = summary;
    const hasNumbers = isOpenRun(status) || status === 'COMPLETED';
    if (summary.project !== project || seen.has(reference) || !hasNumbers) continue;
    seen.add(reference);
    batch.push(readOrder(reference, isOpenRun(status)));
    if (batch.length < AT_ONCE) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
  return { holders, bought };

  async function readOrder(reference: string, open: boolean): Promise<void> {
    if (open) {
      const { phoneNumbers } = await orders.order(reference);
      for (const phoneNumber of phoneNumbers) holders.set(phoneNumber, reference);
      return;
    }
    const { reservations, compensations } = await orders.result(reference);
    const released = compensations.flatMap(({ action, ok }) => (ok ? [action] : []));
    for (const { state, phoneNumbers } of reservations) {
      if (state !== 'COMPLETED') continue;
      for (const phoneNumber of phoneNumbers) {
        holders.set(phoneNumber, reference);
        if (!released.includes(`release ${phoneNumber}`)) bought.push({ phoneNumber, reference });
      }
    }
  }
}

/** `…/<reference>/<attempt>/<mac>`. Not verified: it only helps to find the order. */
function referenceIn(callbackUrl: string | undefined): string | undefined {
  const [reference = '', attempt = ''] = (callbackUrl ?? '').split('/').slice(-3);
  return REFERENCE_PATTERN.test(reference) && /^\d+$/.test(attempt) ? reference : undefined;
}

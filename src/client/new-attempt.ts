import {
  isOpenRun,
  SEARCH_ATTRIBUTE_KEYS,
  type NumberOrderResult,
  type ReservationRecord,
  type Stage,
  QUERY,
  readCancel,
  type OrderView,
} from '@number-orders/contract';
import type { TemporalCalls } from './temporal-calls';
import {
  AlreadyCompletedError,
  InvalidRequestError,
  NewAttemptRefusedError,
  NumberOrderFailedError,
  NumberOrdersError,
  OrderNotFoundError,
} from './errors';

export interface NewAttemptOptions {
  /** Order again after an end that proves that no number was bought. Attaches to an open order. */
  newAttempt?: boolean;
  /**
   * With `newAttempt` and a reason: order again even if the last run, such as a terminated one, may have bought numbers. What it
   * may have left behind is returned, and noted in the new order.
   */
  force?: boolean;
  /** Who forces it, and why. Shown in the order's notices and its audit: no personal data. */
  author?: string;
  reason?: string;
}

/** What a forced attempt leaves behind. It is no longer followed. */
export interface LeftBehind {
  /** The run that may have bought something. */
  runId: string;
  /** The stage of that run when it ended; undefined: unknown. */
  stage?: Stage;
  /** What it may have bought, if known. */
  reservations: Pick<ReservationRecord, 'sinchOrderId' | 'phoneNumbers'>[];
}

/** The run that an attempt follows, and what a forced one leaves behind. */
export interface Predecessor {
  runId: string;
  leftBehind?: LeftBehind;
}

/** @throws {InvalidRequestError} */
export function checkNewAttempt({ newAttempt, force, author, reason }: NewAttemptOptions): void {
  if (!force) return;
  const { violations = [] } = readCancel({ reason, author });
  if (!newAttempt) violations.push({ field: 'force', description: 'needs newAttempt' });
  if (violations.length > 0) throw new InvalidRequestError(violations, 'The forced attempt');
}

/**
 * The run that a new attempt follows. Undefined if there is none, or if it is open: it may be buying at this moment.
 * @throws {AlreadyCompletedError} {@link NewAttemptRefusedError}
 */
export async function predecessorOf(
  calls: TemporalCalls,
  reference: string,
  { force }: NewAttemptOptions,
): Promise<Predecessor | undefined> {
  const last = await lastRun(calls, reference);
  if (!last || isOpenRun(last.status.name)) return undefined;
  const { runId } = last;
  const result = await resultOf(calls, reference, runId);
  if (result === 'NOTHING_RESERVED') return { runId };
  if (result?.outcome === 'COMPLETED') throw new AlreadyCompletedError(reference);
  const held = result?.reservations.filter((reservation) => mayBeOurs(reservation, result));
  if (held?.length === 0) return { runId };
  if (!force) throw new NewAttemptRefusedError(reference, result ? result.outcome : last.status.name);
  if (result && held) return { runId, leftBehind: { runId, stage: result.outcome, reservations: held } };
  const sinchOrderId = last.typedSearchAttributes.get(SEARCH_ATTRIBUTE_KEYS.sinchOrderId);
  return { runId, leftBehind: { runId, ...(await lastSeen(calls, reference, runId, sinchOrderId)) } };
}

async function lastRun(calls: TemporalCalls, reference: string) {
  try {
    return await calls.call(reference, () => calls.handle(reference).describe());
  } catch (error) {
    if (error instanceof OrderNotFoundError) return undefined;
    throw error;
  }
}

/** A failure of the registry proves that nothing was reserved. A run that was ended from outside proves nothing. */
async function resultOf(
  calls: TemporalCalls,
  reference: string,
  runId: string,
): Promise<NumberOrderResult | 'NOTHING_RESERVED' | undefined> {
  try {
    return await calls.call(reference, () => calls.handle(reference, runId).result() as Promise<NumberOrderResult>);
  } catch (error) {
    if (!(error instanceof NumberOrderFailedError)) throw error;
    return error.type ? 'NOTHING_RESERVED' : undefined;
  }
}

/** Bought and not given back, or lost by Sinch, perhaps after its submission. The others lapse by themselves. */
function mayBeOurs({ state, sinchOrderId, phoneNumbers }: ReservationRecord, { compensations }: NumberOrderResult) {
  if (state === 'POSSIBLY_ORPHANED') return sinchOrderId !== undefined;
  if (state !== 'COMPLETED') return false;
  const isReleased = (phoneNumber: string) =>
    compensations.some(({ action, ok }) => ok && action === `release ${phoneNumber}`);
  return phoneNumbers.length === 0 || !phoneNumbers.every(isReleased);
}

/** A run that has ended has a view only if a worker can replay it. */
async function lastSeen(calls: TemporalCalls, reference: string, runId: string, sinchOrderId: string | undefined) {
  try {
    const view = await calls.query<OrderView>(reference, QUERY.order, runId);
    const known = view.sinchOrderId ?? sinchOrderId;
    const { stage, phoneNumbers } = view;
    return { stage, reservations: known || phoneNumbers.length > 0 ? [reserved(known, phoneNumbers)] : [] };
  } catch (error) {
    if (!(error instanceof NumberOrdersError)) throw error;
    return { reservations: sinchOrderId ? [reserved(sinchOrderId, [])] : [] };
  }
}

const reserved = (sinchOrderId: string | undefined, phoneNumbers: string[]) => ({
  ...(sinchOrderId && { sinchOrderId }),
  phoneNumbers,
});

/** The text for the order's notices and its audit. */
export function forcedNote({ author, reason }: NewAttemptOptions, leftBehind: LeftBehind): string {
  const by = author === undefined ? '' : ` by ${author}`;
  return `Ordered again by force${by}: ${reason ?? ''}. Left behind: ${describeLeftBehind(leftBehind)}`;
}

/** One line for people. */
export function describeLeftBehind({ runId, stage, reservations }: LeftBehind): string {
  const held = reservations.map(
    ({ sinchOrderId, phoneNumbers }) =>
      `Sinch order ${sinchOrderId ?? 'unknown'} (${phoneNumbers.join(', ') || 'no number known'})`,
  );
  return `run ${runId}, which ended in ${stage ?? 'an unknown stage'}, may have bought ${held.join('; ') || 'an unknown number'}`;
}

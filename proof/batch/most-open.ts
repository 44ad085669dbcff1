import type { Audit } from '../../fake-sinch';

/** When an order had a reservation that was neither completed, rejected nor lapsed. In milliseconds since the epoch. */
export interface OpenReservation {
  reference: string;
  from: number;
  to: number;
}

type AtSinch = Audit['orders'][number];

const UNDECIDED = ['CREATED', 'IN_REVIEW', 'BLOCKED'];

/** @param endedAt when its order ended: a cancelled order is not open, though its reservation lapses later */
export function openReservation(reference: string, atSinch: AtSinch, endedAt: number): OpenReservation {
  const { state, createTime, updateTime } = atSinch;
  const decidedAt = UNDECIDED.includes(state) ? Infinity : Date.parse(updateTime);
  return { reference, from: Date.parse(createTime), to: Math.min(decidedAt, endedAt) };
}

/** How many orders were open at once, at most. One with several reservations counts once. */
export function mostOpen(reservations: readonly OpenReservation[]): number {
  const open = new Map<string, number>();
  const moments = reservations
    .filter(({ from, to }) => to > from)
    .flatMap(({ reference, from, to }) => [
      { reference, at: from, change: 1 },
      { reference, at: to, change: -1 },
    ])
    // At the same moment, an end counts before a beginning.
    .sort((one, other) => one.at - other.at || one.change - other.change);
  let most = 0;
  for (const { reference, change } of moments) {
    const left = (open.get(reference) ?? 0) + change;
    if (left > 0) open.set(reference, left);
    else open.delete(reference);
    most = Math.max(most, open.size);
  }
  return most;
}

import type { Audit } from '../../fake-sinch';

/** A time in which an order had a reservation that was neither completed, rejected nor lapsed. Milliseconds since the epoch. */
export interface OpenReservation {
  reference: string;
  from: number;
  to: number;
}

type AtSinch = Audit['orders'][number];

const UNDECIDED = ['CREATED', 'IN_REVIEW', 'BLOCKED'];

/** @param endedAt of its order: one that is cancelled leaves a reservation to lapse, and is open no more */
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
    // What ends makes room for what begins at the same moment.
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

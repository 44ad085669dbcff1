import type { Audit } from '../../fake-sinch';
import type { NumberOrderResult } from '@number-orders/contract';
import type { SentPiece } from './sent-piece';

/** How an order ended, and the KYC that was sent to it, oldest first. */
export interface Played {
  pieces: SentPiece[];
  /** Undefined if the order failed before anything was reserved. */
  result?: NumberOrderResult;
  /** What Sinch has for this order, by its own audit. */
  atSinch: Audit['orders'];
  /** Whether an operator reset its run: no history shows how many creations the run before had made. */
  wasReset?: boolean;
}

/** A rule that must always hold, and how it was broken. */
export interface Violation {
  rule: 'not lost' | 'submitted once' | 'accounted for' | 'true outcome' | 'KYC arrived';
  problem: string;
}

type AtSinch = Audit['orders'][number];

const DEAD = ['EXPIRED', 'REJECTED', 'CREATED'];

/** The rules that an order broke, compared with Sinch's own audit; empty if none. */
export function violationsOf(played: Played): Violation[] {
  const { result, atSinch, wasReset = false } = played;
  const breach = (rule: Violation['rule'], problems: string[]) => problems.map((problem) => ({ rule, problem }));
  const submitted = breach('submitted once', atSinch.flatMap(submittedOnce));
  if (!result) {
    const reserved = atSinch.map(({ idNumberOrder }) => `failed although ${idNumberOrder} was reserved`);
    return [...submitted, ...breach('not lost', reserved)];
  }
  return [
    ...submitted,
    ...breach(
      'accounted for',
      atSinch.flatMap((order) => (wasReset && hasLapsedUnsubmitted(order) ? [] : accountedFor(order, result))),
    ),
    ...breach(
      'true outcome',
      truthful(result, wasReset ? atSinch.filter((order) => !isOrphan(order, result)) : atSinch),
    ),
    ...breach('KYC arrived', kycArrived(played, result)),
  ];
}

function submittedOnce({ submits, idNumberOrder }: AtSinch): string[] {
  return submits <= 1 ? [] : [`${idNumberOrder} was submitted ${submits} times`];
}

/** It was not submitted, and has lapsed. */
function hasLapsedUnsubmitted({ state, submits }: AtSinch): boolean {
  return state === 'EXPIRED' && submits === 0;
}

/** The order reports a possible orphan that fits it, and does not know its id. */
function isOrphan({ idNumberOrder, phoneNumbers }: AtSinch, { reservations }: NumberOrderResult): boolean {
  if (reservations.some(({ sinchOrderId }) => sinchOrderId === idNumberOrder)) return false;
  return reservations.some(
    (orphan) =>
      orphan.state === 'POSSIBLY_ORPHANED' &&
      (orphan.phoneNumbers.length === 0 || orphan.phoneNumbers.join() === phoneNumbers.join()),
  );
}

/** Every reservation is completed, lapsed or reported. */
function accountedFor(order: AtSinch, result: NumberOrderResult): string[] {
  const { reservations } = result;
  const named = reservations.find(({ sinchOrderId }) => sinchOrderId === order.idNumberOrder);
  if (named || isOrphan(order, result)) return [];
  // It has lapsed: the same number is reserved or sold in a later reservation, which the result names.
  const reservedAgain = reservations.some(
    ({ sinchOrderId, phoneNumbers }) => sinchOrderId && phoneNumbers.join() === order.phoneNumbers.join(),
  );
  if (order.state === 'EXPIRED' && reservedAgain) return [];
  return [`${order.idNumberOrder} (${order.state}) is in no reservation of the result`];
}

/** The outcome is what Sinch says it is. */
function truthful({ outcome, reservations }: NumberOrderResult, atSinch: AtSinch[]): string[] {
  const problems: string[] = [];
  for (const { idNumberOrder, state, released } of atSinch) {
    const named = reservations.find(({ sinchOrderId }) => sinchOrderId === idNumberOrder)?.state;
    if (outcome === 'COMPLETED' && named === 'COMPLETED' && state !== 'COMPLETED') {
      problems.push(`COMPLETED, but Sinch has ${idNumberOrder} ${state}`);
    }
    if (named === 'LAPSED' && !DEAD.includes(state))
      problems.push(`${idNumberOrder} LAPSED, but Sinch has it ${state}`);
    if (outcome !== 'COMPLETED' && named !== 'POSSIBLY_ORPHANED' && !DEAD.includes(state) && !released) {
      problems.push(`${outcome}, but Sinch has ${idNumberOrder} ${state} and not released`);
    }
  }
  if (outcome === 'COMPLETED' && !atSinch.some(({ state }) => state === 'COMPLETED')) {
    problems.push('COMPLETED, but Sinch completed nothing');
  }
  return problems;
}

/** For a completed order: Sinch has no KYC that the order took before other KYC that was accepted. */
function kycArrived({ pieces, atSinch, result }: Played, { outcome, sinchOrderId }: NumberOrderResult): string[] {
  const order = atSinch.find(({ idNumberOrder }) => idNumberOrder === sinchOrderId);
  if (outcome !== 'COMPLETED' || !order || result?.erased) return [];
  return [...new Set(pieces.map(({ name }) => name))].flatMap((name) => {
    const sent = pieces.filter((piece) => piece.name === name);
    const accepted = sent.filter(({ answer }) => answer === 'ACCEPTED');
    if (accepted.length === 0) return [];
    const arrived = name === 'registration' ? order.registrationSha256 : order.attachments[name]?.sha256;
    const fitting = sent.some((piece) => piece.sha256 === arrived && !accepted.some((other) => isBefore(piece, other)));
    return fitting ? [] : [`${name} was accepted, but Sinch has another`];
  });
}

/** Pieces that are on their way at the same time may overtake each other: what their senders heard tells nothing about them. */
function isBefore(one: SentPiece, other: SentPiece): boolean {
  if (one.arrival !== undefined && other.arrival !== undefined) return one.arrival < other.arrival;
  return (one.heardAt ?? Infinity) < other.sentAt;
}

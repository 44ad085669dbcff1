import {
  describePriceLimit,
  describeSelection,
  titled,
  withTitles,
  type Notice,
  type Violation,
} from '@number-orders/contract';
import { code, timeAndLeft, utc, verbatim } from './markdown';
import { nextSteps, type Step } from './next-steps';
import type { AttachmentPiece, Order, RegistrationPiece } from '../order/order';
import { missing } from '../order/outstanding';
import { stageInWords } from './stage-titles';
import { reviewersGiveUpAt } from '../order/reviewers-wait';
import { lapsesBy } from '../order/unconfirmed-records';
import { outcomeOf } from '../order/view';

const NOTICES_SHOWN = 5;
/** An empty paragraph: the Web UI (2.42) shows all but the last 32 pixels. */
const ROOM_BELOW = '\u00a0';
/** Shown where Web UI has the buttons. */
const NO_RESET = 'Do not use Temporal’s Reset or Terminate: they undo nothing at Sinch';

/**
 * What the Temporal UI shows of an order at first glance, as markdown.
 *
 * It has nothing that may echo KYC: names of fields, but no values, texts of violations or file names; when the reviewers wrote,
 * but not what. Current details leave the worker encrypted, as the answer to a query. But once the browser has decoded them, the
 * Web UI sends them to its server as part of a URL, and servers and proxies log URLs. The reviewers' text is in the answer to the
 * query `order`, which stays in the browser.
 * @param now milliseconds since the epoch
 */
export function boardOf(order: Order, now: number): string {
  const { request, stage, attempt, notices } = order;
  const limit = request.priceLimit ? `, ${describePriceLimit(request.priceLimit)}` : '';
  const asksFor = `${request.regionCode} ${request.numberType}: ${describeSelection(request.selection)}${limit}`;
  // What a malformed request asks for is unknown.
  const isKnown = request.regionCode !== '';
  return [
    `### ${stageInWords(order)}`,
    `${isKnown ? `${verbatim(asksFor)} · ` : ''}stage ${code(stage)}${attempt > 1 ? ` · attempt ${attempt}` : ''}` +
      (request.project === undefined ? '' : ` · Sinch project ${code(request.project)}`),
    bullets([
      ...reserved(order),
      ...awaited(order),
      ...deadlines(order, now),
      ...reviews(order),
      ...linking(order),
      ...cleanedUp(order),
      ...notArrived(order),
      ...ignoredSignals(order),
    ]),
    ...section('What can be done', [bullets([...nextSteps(order).map(step), ...(outcomeOf(stage) ? [] : [NO_RESET])])]),
    ...section('Last notices', [bullets(notices.slice(-NOTICES_SHOWN).reverse().map(notice))]),
    ROOM_BELOW,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function bullets(facts: string[]): string {
  return facts.map((fact) => `- ${fact}`).join('\n');
}

function section(title: string, parts: string[]): string[] {
  return parts.some((part) => part !== '') ? [`**${title}**`, ...parts] : [];
}

function reserved({ reservation, unconfirmed, reservations }: Order): string[] {
  const numbers = (phoneNumbers: string[]) => phoneNumbers.join(', ') || 'numbers of Sinch’s choice';
  return [
    ...reservations.map(
      ({ phoneNumbers, state, expireTime, sinchOrderId, askedFor }) =>
        `${numbers(phoneNumbers)}: ${code(state)}` +
        (askedFor ? `, where ${verbatim(askedFor)} was asked for` : '') +
        (state === 'LAPSING' && expireTime ? ` at ${utc(Date.parse(expireTime))}` : '') +
        (sinchOrderId ? ` (Sinch order ${code(sinchOrderId)})` : ''),
    ),
    ...unconfirmed.map(
      ({ phoneNumbers, startedAt, sinchOrderId }) =>
        `Perhaps reserved: ${numbers(phoneNumbers)}, asked for at ${utc(startedAt)}` +
        (sinchOrderId ? `: the Sinch order ${code(sinchOrderId)}` : ''),
    ),
    ...(reservation
      ? [
          `Number: **${numbers(reservation.phoneNumbers)}** (Sinch order ${code(reservation.sinchOrderId)})`,
          ...(reservation.deviation ? [`**Asked for: ${verbatim(reservation.deviation.askedFor)}**`] : []),
          ...(reservation.unknownState
            ? [`**Sinch has the order ${code(reservation.unknownState)}**, an unknown state`]
            : []),
        ]
      : []),
  ];
}

function awaited(order: Order): string[] {
  if (outcomeOf(order.stage) === 'COMPLETED') return [];
  const { requirements, registration, attachments, violations } = order;
  const all = missing(order);
  const refused = withTitles(requirements, violations);
  const fields = [...new Map(refused.map((each) => [each.field, each])).values()];
  return [
    ...all.map((id) => {
      const piece = id === 'registration' ? registration : attachments[id];
      const description = requirements?.attachments.find((attachment) => attachment.id === id)?.description;
      const explained = description && all.length <= EXPLAINED ? below([verbatim(description)]) : '';
      return `Missing: ${named(id, titled(requirements, id).title)}, ${PIECES[piece?.status ?? 'NONE']}${explained}`;
    }),
    ...(fields.length > 0
      ? [
          `${order.reservation?.heldBack ? 'Submission' : 'Registration'} refused, fields: ` +
            fields.map(({ field, title }) => named(field, title)).join(', ') +
            below(fields.slice(0, EXPLAINED).flatMap(hint)),
        ]
      : []),
  ];
}

/** The board stays short. The answer to the query `order` has everything. */
const EXPLAINED = 5;

/** The title is a text from outside. */
function named(id: string, title = id): string {
  return title === id || id === 'registration' ? code(id) : `**${verbatim(title)}** (${code(id)})`;
}

function hint({ title, hint: words }: Violation): string[] {
  return title === undefined || words === undefined ? [] : [`${verbatim(title)}: ${verbatim(words)}`];
}

/** As part of the entry of a list. */
function below(facts: string[]): string {
  return facts.map((fact) => `\n  - ${fact}`).join('');
}

const PIECES: Record<AttachmentPiece['status'] | RegistrationPiece['status'] | 'NONE', string> = {
  NONE: 'not received',
  RECEIVED: 'received, being sent to Sinch',
  SENT: 'at Sinch',
  NOT_SENT: 'not sent to this reservation: send it again, corrected',
  UPLOADED: 'at Sinch, being checked',
  COMPLETED: 'accepted by Sinch',
  FAILED: 'failed Sinch’s check: send it again',
  REFUSED: 'refused: send it again',
};

function deadlines(order: Order, now: number): string[] {
  const { stage, reservation, correction, provisioningUntil } = order;
  const until = (what: string, time: number) => [`${what} **${utc(time)}** (${timeAndLeft(time, now)})`];
  switch (stage) {
    case 'AWAITING_KYC':
      return reservation
        ? [
            ...until('To be complete by', reservation.deadline),
            ...(reservation.heldBack && reservation.submitAgainAt !== undefined
              ? until('Submitted again at', reservation.submitAgainAt)
              : []),
          ]
        : [];
    case 'UNCONFIRMED':
      return until('Ends by itself at', lapsesBy(order));
    case 'IN_REVIEW':
    case 'ACTION_REQUIRED': {
      if (correction) return until('Corrected KYC awaited until', correction.until);
      const giveUp = reviewersGiveUpAt(order);
      return giveUp === undefined ? [] : until('The reviewers may give up at about', giveUp);
    }
    case 'PROVISIONING':
      return provisioningUntil ? until('Linking awaited until', provisioningUntil) : [];
    default:
      return [];
  }
}

function linking({ provisioning }: Order): string[] {
  return provisioning.map(
    ({ phoneNumber, target, status, failureCode }) =>
      `${target} of ${phoneNumber}: ${code(status)}${failureCode ? `, ${code(failureCode)}` : ''}`,
  );
}

function cleanedUp({ compensations }: Order): string[] {
  return compensations.map(({ action, ok, detail }) =>
    ok ? `Done: ${verbatim(action)}` : `**FAILED**: ${verbatim(action)}${detail ? ` (${code(detail)})` : ''}`,
  );
}

function notArrived({ undelivered, stage }: Order): string[] {
  if (undelivered.length === 0) return [];
  const shown = undelivered.slice(0, EXPLAINED).map(({ type, time }) => `${code(type)} of ${utc(Date.parse(time))}`);
  const more = undelivered.length - shown.length;
  const when = outcomeOf(stage) ? ' when the order ended; a separate workflow delivers them' : '';
  return [`Notifications that had not arrived${when}: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`];
}

function reviews({ reviewLog }: Order): string[] {
  const last = reviewLog.at(-1);
  return last
    ? [
        `Sinch's reviewers last wrote at ${utc(Date.parse(last.createTime))} (what they wrote may hold KYC, so it is not shown here)`,
      ]
    : [];
}

function ignoredSignals({ ignored }: Order): string[] {
  if (!ignored) return [];
  const { signal, because, time } = ignored.last;
  return [`**Signals ignored: ${ignored.count}**, the last at ${utc(time)}: ${code(signal)}, ${code(because)}`];
}

function step({ what, command }: Step): string {
  return command === undefined ? verbatim(what) : `${verbatim(what)}: ${code(command)}`;
}

function notice({ time, message }: Notice): string {
  return `${utc(Date.parse(time))}: ${verbatim(message)}`;
}

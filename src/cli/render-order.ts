import {
  titleAndId,
  type NumberOrderResult,
  type OrderView,
  type Titled,
  type Violation,
} from '@number-orders/contract';
import { printable } from './terminal';

const LABEL_WIDTH = 13;

/** An order for people: what it does, and what it waits for. */
export function renderOrder(view: OrderView, now: Date): string[] {
  return [
    `${view.reference}  ${view.stage}${view.attempt > 1 ? `  attempt ${view.attempt}` : ''}`,
    ...labelled('project', view.project === undefined ? [] : [view.project]),
    ...labelled('numbers', view.phoneNumbers),
    ...labelled('prices', (view.prices ?? []).map(priceLine)),
    ...labelled('Sinch order', view.sinchOrderId === undefined ? [] : [orderLine(view.sinchOrderId, view.sinchState)]),
    ...labelled('lapses', view.expireTime === undefined || view.outcome ? [] : [whenLine(view.expireTime, now)]),
    ...labelled(
      'waiting for',
      view.missingTitles.flatMap((missing) => waitingFor(view, missing)),
    ),
    ...labelled('refused', renderViolations(view.violations)),
    ...labelled(
      'attachments',
      view.attachments.map(({ attachmentId: id, title = id, fileName, status, reason }) =>
        [titleAndId({ id, title }), fileName, status, reason].filter(Boolean).join('  '),
      ),
    ),
    ...labelled(
      'reviewers',
      view.reviewLog.map(({ createTime, message }) => `${createTime}  ${message}`),
    ),
    ...labelled(
      'linking',
      view.provisioning.map(({ phoneNumber, target, status, failureCode }) =>
        [phoneNumber, target, status, failureCode].filter(Boolean).join('  '),
      ),
    ),
    ...labelled(
      'not arrived',
      (view.undelivered ?? []).map(({ time, type }) => `${time}  ${type}`),
    ),
    ...labelled(
      'notices',
      view.notices.map(({ time, message }) => `${time}  ${message}`),
    ),
  ];
}

export function renderResult(result: NumberOrderResult): string[] {
  return [
    `${result.reference}  ${result.outcome}${result.attempts > 1 ? ` after ${result.attempts} attempts` : ''}`,
    ...labelled('numbers', result.phoneNumbers),
    ...labelled('Sinch order', result.sinchOrderId === undefined ? [] : [result.sinchOrderId]),
    ...labelled('missing', result.missingTitles.map(titleAndId)),
    ...labelled(
      'reviewers',
      result.reviewLog.map(({ createTime, message }) => `${createTime}  ${message}`),
    ),
    ...labelled(
      'linking',
      result.provisioning.map(({ phoneNumber, target, status, failureCode }) =>
        [phoneNumber, target, status, failureCode].filter(Boolean).join('  '),
      ),
    ),
    ...labelled(
      'reserved',
      result.reservations.map(({ sinchOrderId, phoneNumbers, state, expireTime, askedFor }) =>
        [phoneNumbers.join(', '), state, expireTime, sinchOrderId, askedFor && `asked for: ${askedFor}`]
          .filter(Boolean)
          .join('  '),
      ),
    ),
    ...labelled(
      'cleaned up',
      result.compensations.map(({ action, ok, detail }) =>
        [ok ? 'done  ' : 'FAILED', action, detail].filter(Boolean).join('  '),
      ),
    ),
  ];
}

export function renderViolations(violations: readonly Violation[]): string[] {
  return violations.map(({ field, title, description, hint }) => {
    const name = title === undefined ? field : `${title} (${field})`;
    return printable(`${name}: ${description}${hint === undefined ? '' : `. ${hint}`}`);
  });
}

function waitingFor({ requirements }: OrderView, missing: Titled): string[] {
  const description = requirements?.attachments.find(({ id }) => id === missing.id)?.description;
  return [titleAndId(missing), ...(description ? [`  ${description}`] : [])];
}

function labelled(label: string, values: readonly string[]): string[] {
  return values.map((value, index) => `  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${printable(value)}`);
}

function orderLine(id: string, state?: string): string {
  return [id, state].filter(Boolean).join('  ');
}

export function priceLine(price: NonNullable<OrderView['prices']>[number]): string {
  const { phoneNumber, setupPrice, monthlyPrice, paymentIntervalMonths } = price;
  const money = (amount?: { currencyCode: string; amount: string }) =>
    amount ? `${amount.amount} ${amount.currencyCode}` : '–';
  const interval =
    paymentIntervalMonths === undefined
      ? ''
      : `, paid every ${paymentIntervalMonths === 1 ? 'month' : `${paymentIntervalMonths} months`}`;
  return `${phoneNumber}  set-up ${money(setupPrice)}, monthly ${money(monthlyPrice)}${interval}`;
}

function whenLine(time: string, now: Date): string {
  const minutes = Math.round((Date.parse(time) - now.getTime()) / 60_000);
  if (minutes < 0) return `${time} (past)`;
  return minutes < 120 ? `${time} (in ${minutes} min)` : `${time} (in ${Math.round(minutes / 60)} h)`;
}

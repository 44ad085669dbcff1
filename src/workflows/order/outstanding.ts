import { registrationRequired } from '../../requirements/required';
import { titleAndId, titled, type OrderView, type Titled } from '@number-orders/contract';
import type { Order } from './order';

function awaitedAttachments({ requirements, request, attachments, waived }: Order): string[] {
  const mandatory = requirements?.attachments.filter((attachment) => attachment.mandatory).map(({ id }) => id) ?? [];
  const onTheirWay = Object.values(attachments)
    .filter(({ status }) => status === 'RECEIVED' || status === 'UPLOADED')
    .map(({ attachmentId }) => attachmentId);
  const awaited = new Set([...mandatory, ...(request.expectedAttachments ?? []), ...onTheirWay]);
  return [...awaited].filter((id) => attachments[id]?.status !== 'COMPLETED' && !waived.includes(id));
}

function registrationAwaited({ requirements, registration, waived }: Order): boolean {
  if (waived.includes('registration')) return false;
  const required = registrationRequired(requirements ?? null);
  const { status } = registration ?? {};
  return status === 'RECEIVED' || status === 'NOT_SENT' || (required && status !== 'SENT');
}

/** What must still arrive, or be accepted by Sinch, before the order is submitted. */
export function outstanding(order: Order): OrderView['outstanding'] {
  return { registration: registrationAwaited(order), attachments: awaitedAttachments(order) };
}

/** The same as one list: `registration` and attachment ids. */
export function missing(order: Order): string[] {
  const { registration, attachments } = outstanding(order);
  return [...(registration ? ['registration'] : []), ...attachments];
}

export function nothingOutstanding(order: Order): boolean {
  return missing(order).length === 0;
}

/** What is missing, for people. */
export function missingTitles(order: Order): Titled[] {
  return missing(order).map((id) => titled(order.requirements, id));
}

/** The title of a document or of the registration, for people. */
export function inWords({ requirements }: Order, id: string): string {
  return titleAndId(titled(requirements, id));
}

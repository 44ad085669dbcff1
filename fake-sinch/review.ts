import type { Linking, Order, UploadStatus, Verdict } from './types';

/** Strings that choose an outcome when they stand anywhere in a registration or in an SMS or voice configuration. */
const REVIEW_MAGIC: [string, Verdict][] = [
  ['REVIEW-REJECT', 'REJECT'],
  ['REVIEW-ASK', 'ASK'],
  ['REVIEW-BLOCK-THEN-APPROVE', 'BLOCK_THEN_APPROVE'],
  ['REVIEW-BLOCK', 'BLOCK'],
  ['REVIEW-STUCK', 'STUCK'],
];

const LINKING_MAGIC: [string, Linking][] = [
  ['FAIL', 'FAIL'],
  ['STUCK', 'STUCK'],
];

export const REVIEW_MESSAGES: Record<Exclude<Verdict, 'STUCK'>, string> = {
  APPROVE: 'The registration was approved.',
  REJECT: 'The registration was rejected: the use case is not permitted.',
  ASK: 'Please give a local contact number.',
  BLOCK: 'More information is needed: please correct the registration or replace the document.',
  BLOCK_THEN_APPROVE: 'The review waits for a third party.',
};

export const GIVE_UP_MESSAGE = 'No update came: the request cannot go on.';

/** What the control planned for this review, else what the magic values say, else approval. */
export function verdictFor(order: Order): Verdict {
  return order.plan.review?.shift() ?? REVIEW_MAGIC.find(([magic]) => says(order, magic))?.[1] ?? 'APPROVE';
}

/** `LINK-FAIL` and `LINK-STUCK` mean both targets, `LINK-SMS-FAIL` and so on the one. */
export function linkingFor(order: Order, target: 'SMS' | 'VOICE'): Linking {
  const planned = target === 'SMS' ? order.plan.sms : order.plan.voice;
  if (planned) return planned;
  const magic = LINKING_MAGIC.find(([end]) => says(order, `LINK-${end}`) || says(order, `LINK-${target}-${end}`));
  return magic?.[1] ?? 'SUCCEED';
}

/** By the attachment's file name. */
export function uploadStatusFor(fileName: string): UploadStatus {
  if (fileName.includes('UPLOAD-FAIL')) return 'FAILED';
  return fileName.includes('UPLOAD-STUCK') ? 'WAITING' : 'COMPLETED';
}

function says(order: Order, magic: string): boolean {
  return strings([order.requestDetails, order.smsConfiguration, order.voiceConfiguration]).some((text) =>
    text.includes(magic),
  );
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

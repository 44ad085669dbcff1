import { clip, LIMITS, SIGNAL, UPDATE } from '@number-orders/contract';
import type { AuditEntry } from './entry';

const AUTHOR_AND_REASON = ['author', 'reason'];
const DOCUMENT = ['attachmentId', 'documentType', 'sha256'];

/** The fields of each message that may be shown. All others may be KYC. */
const TOLD: Record<string, readonly string[]> = {
  [SIGNAL.attachment]: DOCUMENT,
  [SIGNAL.cancel]: AUTHOR_AND_REASON,
  [SIGNAL.sinchEvent]: ['eventId', 'resourceId', 'eventType', 'status'],
  [UPDATE.submitAttachment]: DOCUMENT,
  [UPDATE.adoptOrder]: [...AUTHOR_AND_REASON, 'idNumberOrder'],
  [UPDATE.reread]: AUTHOR_AND_REASON,
  [UPDATE.waiveRequirement]: [...AUTHOR_AND_REASON, 'attachmentId'],
  [UPDATE.extendCorrectionWindow]: [...AUTHOR_AND_REASON, 'until'],
  [UPDATE.revokeKycLinks]: AUTHOR_AND_REASON,
  [UPDATE.erase]: [...AUTHOR_AND_REASON, 'force'],
};

/** Ids and the like. The only free texts are author and reason: a malformed message could have any text in any field. */
const ID = /^[\w.:+-]{1,128}$/;

/** Who sent a message, why, and what it is about. @param argument as it was decoded */
export function saidIn(name: string, argument: unknown): Pick<AuditEntry, 'author' | 'reason' | 'about'> {
  if (typeof argument !== 'object' || argument === null) return {};
  const told = Object.entries(argument).filter(([field]) => TOLD[name]?.includes(field));
  const { author, reason, ...rest } = Object.fromEntries<unknown>(told);
  const about = Object.entries(rest).filter(
    (entry): entry is [string, string | boolean] =>
      typeof entry[1] === 'boolean' || (typeof entry[1] === 'string' && ID.test(entry[1])),
  );
  return {
    ...(typeof author === 'string' && { author: clip(author, LIMITS.authorBytes) }),
    ...(typeof reason === 'string' && { reason: clip(reason, LIMITS.reasonBytes) }),
    ...(about.length > 0 && { about: Object.fromEntries(about) }),
  };
}

/** The word in an update's answer or a workflow's result that says how it went. */
export function answeredWith(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { outcome, status, stage } = answer as Record<string, unknown>;
  return [outcome, status, stage].find((word): word is string => typeof word === 'string' && ID.test(word));
}

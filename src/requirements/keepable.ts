import {
  bytesOf,
  isDeeperThan,
  LIMITS,
  type RequiredAttachment,
  type ViewRequirements,
  ORDER_BYTES,
} from '@number-orders/contract';
import { registrationRequired } from './required';

/** Half of an order's space for requirements is for their fields, half for the documents. */
const FIELDS_BYTES = ORDER_BYTES.requirements / 2 - 1024;
const FIELDS_DEPTH = 64;
const ATTACHMENT_BYTES = Math.floor(FIELDS_BYTES / LIMITS.attachments);

/** The requirements that an order keeps: all of them, unless their size would stop it. */
export function keepable({ fields, attachments }: ViewRequirements): ViewRequirements {
  return {
    fields: isDeeperThan(FIELDS_DEPTH, fields) || bytesOf(fields) > FIELDS_BYTES ? tooLarge(fields) : fields,
    attachments: attachments
      .filter(({ id }) => bytesOf(id) <= LIMITS.attachmentIdBytes)
      .slice(0, LIMITS.attachments)
      .map((attachment) => (bytesOf(attachment) < ATTACHMENT_BYTES ? attachment : withoutTexts(attachment))),
  };
}

/** Keeps only whether a registration is required. Sinch alone then checks it. */
function tooLarge(fields: Record<string, unknown>): Record<string, unknown> {
  const required = registrationRequired({ fields, attachments: [] });
  return { tooLarge: `more than ${FIELDS_BYTES} bytes`, rules: required ? [{}] : [] };
}

function withoutTexts({ id, mandatory }: RequiredAttachment): RequiredAttachment {
  return { id, mandatory, template: [], allowedMimeTypes: [], allowedDocumentTypes: [] };
}

import type { Attachment, RequiredAttachment, ViewRequirements, Violation } from '../contract';
import { allowsMediaType } from './media-types';

/**
 * The one thing that rules a document out before it is sent: an id that the lookup does not know. Free of heavy imports:
 * the workflow asks.
 */
export function checkAttachmentId(requirements: ViewRequirements | null, attachmentId: string): Violation[] {
  const known = requirements?.attachments ?? [];
  if (known.some(({ id }) => id === attachmentId)) return [];
  return [{ field: 'attachmentId', description: describeUnknown(known) }];
}

/** Attachments a request wants to wait for that Sinch does not know: it would wait for them in vain. */
export function checkExpectedAttachments(
  requirements: ViewRequirements | null,
  expectedAttachments: readonly string[],
): Violation[] {
  return expectedAttachments.flatMap((id, index) =>
    checkAttachmentId(requirements, id).map(({ description }) => ({
      field: `expectedAttachments[${index}]`,
      description,
    })),
  );
}

/** What of an attachment the requirements say something about. */
type Offered = Pick<Attachment, 'attachmentId' | 'mimeType' | 'documentType'>;

/** What seems wrong with a document by our reading of the requirements; empty: nothing. Advice: Sinch's answer decides. */
export function adviseOnAttachment(requirements: ViewRequirements | null, offered: Offered): Violation[] {
  const required = requirements?.attachments.find(({ id }) => id === offered.attachmentId);
  if (!required) return checkAttachmentId(requirements, offered.attachmentId);

  const violations: Violation[] = [];
  const { allowedMimeTypes, allowedDocumentTypes } = required;
  if (!allowsMediaType(allowedMimeTypes, offered.mimeType)) {
    violations.push({ field: 'mimeType', description: `must be one of ${allowedMimeTypes.join(', ')}` });
  }
  const documentTypes = allowedDocumentTypes.map((type) => type.toLowerCase());
  if (documentTypes.length > 0 && !documentTypes.includes(offered.documentType?.toLowerCase() ?? '')) {
    const problem = offered.documentType === undefined ? 'is missing; it must be' : 'must be';
    violations.push({ field: 'documentType', description: `${problem} one of ${allowedDocumentTypes.join(', ')}` });
  }
  return violations;
}

function describeUnknown(known: readonly RequiredAttachment[]): string {
  const names = known.map(({ id, title }) => (title === undefined || title === id ? id : `${id} (${title})`));
  return names.length > 0
    ? `is not known for this number; known are ${names.join(', ')}`
    : 'is not known for this number; no attachments are asked for';
}

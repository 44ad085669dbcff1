import type { Attachment, ViewRequirements, Violation } from '@number-orders/contract';
import { checkAttachmentId } from './check-attachment';
import { allowsMediaType } from './media-types';

/** The fields of an attachment that requirements restrict. */
type Offered = Pick<Attachment, 'attachmentId' | 'mimeType' | 'documentType'>;

/** The faults of a document by our reading of the requirements. Advice only: Sinch's answer decides. */
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

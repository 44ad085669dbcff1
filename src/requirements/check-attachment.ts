import type { Attachment, ViewRequirements, Violation } from '../contract';

/** What of an attachment the requirements can rule on. */
type Offered = Pick<Attachment, 'attachmentId' | 'mimeType' | 'documentType'>;

/**
 * What Sinch's requirements already rule out about a document, before a call is spent; empty: nothing.
 * Free of heavy imports: the workflow asks too.
 */
export function checkAttachment(requirements: ViewRequirements | null, offered: Offered): Violation[] {
  const known = requirements?.attachments ?? [];
  const required = known.find(({ id }) => id === offered.attachmentId);
  if (!required) return [{ field: 'attachmentId', description: describeUnknown(known.map(({ id }) => id)) }];

  const violations: Violation[] = [];
  const { allowedMimeTypes, allowedDocumentTypes } = required;
  if (allowedMimeTypes.length > 0 && !allowedMimeTypes.some((allowed) => sameMimeType(allowed, offered.mimeType))) {
    violations.push({ field: 'mimeType', description: `must be one of ${allowedMimeTypes.join(', ')}` });
  }
  if (allowedDocumentTypes.length > 0 && !allowedDocumentTypes.includes(offered.documentType ?? '')) {
    const problem = offered.documentType === undefined ? 'is missing; it must be' : 'must be';
    violations.push({ field: 'documentType', description: `${problem} one of ${allowedDocumentTypes.join(', ')}` });
  }
  return violations;
}

/** Attachments a request wants to wait for that Sinch does not know: it would wait for them in vain. */
export function checkExpectedAttachments(
  requirements: ViewRequirements | null,
  expectedAttachments: readonly string[],
): Violation[] {
  const known = requirements?.attachments.map(({ id }) => id) ?? [];
  return expectedAttachments.flatMap((id, index) =>
    known.includes(id) ? [] : [{ field: `expectedAttachments[${index}]`, description: describeUnknown(known) }],
  );
}

function describeUnknown(knownIds: string[]): string {
  return knownIds.length > 0
    ? `is not known for this number; known are ${knownIds.join(', ')}`
    : 'is not known for this number; no attachments are asked for';
}

/** Media types ignore case, and a list may name a whole family such as `image/*`. */
function sameMimeType(allowed: string, offered: string): boolean {
  const [pattern, mimeType] = [allowed.toLowerCase(), offered.toLowerCase()];
  return pattern.endsWith('/*') ? mimeType.startsWith(pattern.slice(0, -1)) : pattern === mimeType;
}

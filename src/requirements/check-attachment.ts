import type { RequiredAttachment, ViewRequirements, Violation } from '@number-orders/contract';

/**
 * The only fault that refuses a document before it is sent: an id that the lookup does not know. Without heavy imports, as the
 * workflow uses it.
 */
export function checkAttachmentId(requirements: ViewRequirements | null, attachmentId: string): Violation[] {
  const known = requirements?.attachments ?? [];
  if (known.some(({ id }) => id === attachmentId)) return [];
  return [{ field: 'attachmentId', description: describeUnknown(known) }];
}

/** Expected attachments that Sinch does not know: an order would wait for them in vain. */
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

function describeUnknown(known: readonly RequiredAttachment[]): string {
  const names = known.map(({ id, title }) => (title === undefined || title === id ? id : `${id} (${title})`));
  return names.length > 0
    ? `is not known for this number; known are ${names.join(', ')}`
    : 'is not known for this number; no attachments are asked for';
}

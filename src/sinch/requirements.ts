import { z } from 'zod';
import type { NumberRequirements, RequiredAttachment } from './types';

/**
 * Requirements vary by country and are documented by one example, so they are read piece by piece: an unreadable part is left
 * out, and the rest is kept.
 */

const text = z.string().catch('');

// An attachment whose `mandatory` cannot be read counts as mandatory: a document too many delays an order, one too few gets it
// rejected.
const mandatory = z.boolean().nullish().catch(true);

const requiredAttachment = z.object({
  id: z.string().min(1),
  title: text,
  description: text,
  mandatory: mandatory.transform((value) => value ?? false),
  template: listOf(z.object({ name: text, url: z.string() })),
  allowedMimeTypes: listOf(z.string()),
  allowedDocumentTypes: listOf(z.string()),
});

const anyObject = z.record(z.string(), z.unknown());

/** `fields` as Sinch answered them, and the attachments from the top level, from inside `fields`, or from both. */
export const numberRequirements: z.ZodType<NumberRequirements> = anyObject.transform((answer) => {
  const fields = anyObject.catch({}).parse(answer.fields);
  return { fields, attachments: distinct([...attachmentsIn(answer), ...attachmentsIn(fields)]) };
});

function attachmentsIn(container: Record<string, unknown>): RequiredAttachment[] {
  return listOf(requiredAttachment).parse(container.attachments);
}

/** The readable entries; none if it is missing or not a list. */
function listOf<T>(entry: z.ZodType<T>) {
  const entries = z.array(z.unknown()).optional().catch([]);
  return entries.transform((values = []) =>
    values.flatMap((value) => {
      const parsed = entry.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

/** The first entry of each id. */
function distinct(attachments: RequiredAttachment[]): RequiredAttachment[] {
  const ids = attachments.map(({ id }) => id);
  return attachments.filter(({ id }, index) => ids.indexOf(id) === index);
}

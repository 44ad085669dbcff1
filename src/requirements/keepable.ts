import { LIMITS, type RequiredAttachment, type ViewRequirements } from '../contract';
import { registrationRequired } from './required';

/**
 * Requirements stand in history, go along with every registration and into every new run of an order, where a payload of
 * 2 MB is the most Temporal takes. Sinch's real ones are a few thousand characters.
 */
const FIELDS_CHARACTERS = 256 * 1024;
const ATTACHMENT_CHARACTERS = 4 * 1024;
const ATTACHMENT_ID_CHARACTERS = 256;

/** What an order keeps of looked-up requirements: all of them, unless they are of a size that would stop it. */
export function keepable({ fields, attachments }: ViewRequirements): ViewRequirements {
  return {
    fields: charactersOf(fields) <= FIELDS_CHARACTERS ? fields : tooLarge(fields),
    attachments: attachments
      .filter(({ id }) => id.length <= ATTACHMENT_ID_CHARACTERS)
      .slice(0, LIMITS.attachments)
      .map((attachment) => (charactersOf(attachment) <= ATTACHMENT_CHARACTERS ? attachment : withoutTexts(attachment))),
  };
}

/** Keeps whether a registration is asked for; what is wrong with one is then Sinch's to say. */
function tooLarge(fields: Record<string, unknown>): Record<string, unknown> {
  const required = registrationRequired({ fields, attachments: [] });
  return { tooLarge: `more than ${FIELDS_CHARACTERS} characters`, rules: required ? [{}] : [] };
}

function withoutTexts({ id, mandatory }: RequiredAttachment): RequiredAttachment {
  return { id, mandatory, template: [], allowedMimeTypes: [], allowedDocumentTypes: [] };
}

function charactersOf(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    // Nested deeper than the stack.
    return Infinity;
  }
}

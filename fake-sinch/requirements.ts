import { BUILT_IN_REQUIREMENTS } from './requirements-data';
import { isRecord } from './templates';
import type { NumberRequirements, NumberType, RequiredAttachment } from './types';

/** What each region and type asks for; the control may replace any of it, with shapes as odd as a test likes. */
export class RequirementsBook {
  readonly #book = new Map(Object.entries(BUILT_IN_REQUIREMENTS));

  get(regionCode: string, type: NumberType): NumberRequirements | undefined {
    return this.#book.get(`${regionCode} ${type}`);
  }

  /** `undefined` makes the region need nothing: the lookup answers 404. */
  set(regionCode: string, type: NumberType, requirements: NumberRequirements | undefined): void {
    if (requirements) this.#book.set(`${regionCode} ${type}`, requirements);
    else this.#book.delete(`${regionCode} ${type}`);
  }
}

/** The attachments of the requirements, wherever they stand. */
export function attachmentsOf(requirements: NumberRequirements | undefined): RequiredAttachment[] {
  if (!requirements) return [];
  if (requirements.attachments?.length) return requirements.attachments;
  const nested = isRecord(requirements.fields) ? requirements.fields.attachments : undefined;
  return Array.isArray(nested) ? (nested as RequiredAttachment[]) : [];
}

/** A registration is asked for when there are rules to answer. */
export function asksForRegistration(requirements: NumberRequirements | undefined): boolean {
  return rulesOf(requirements).length > 0;
}

export function rulesOf(requirements: NumberRequirements | undefined): unknown[] {
  const rules = isRecord(requirements?.fields) ? requirements.fields.rules : undefined;
  return Array.isArray(rules) ? rules : [];
}

import { RE2JS } from 're2js';

import type { FieldViolation } from './errors';
import { BUILT_IN_REQUIREMENTS } from './requirements-data';
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

/** Every fault of the registration: `data[i]` answers `rules[i].template`. Never repeats a value: it is personal data. */
export function checkRegistration(
  requirements: NumberRequirements | undefined,
  requestDetails: Record<string, unknown>,
): FieldViolation[] {
  const rules = rulesOf(requirements);
  if (rules.length === 0) return [];
  const path = 'requestDetails.data';
  const data = requestDetails.data;
  if (!Array.isArray(data)) return [{ field: path, description: `must be a list of ${rules.length} entries` }];
  return rules.flatMap((rule, index) => checkEntry(rule, data[index], `${path}[${index}]`));
}

function checkEntry(rule: unknown, answer: unknown, path: string): FieldViolation[] {
  if (!isRecord(rule) || !isRecord(rule.template)) return [];
  const template = rule.template;
  if (rule.repeated !== true) return checkObject(template, answer, path);
  if (!Array.isArray(answer) || answer.length === 0) return [{ field: path, description: 'must be a list, not empty' }];
  return answer.flatMap((entry, index) => checkObject(template, entry, `${path}[${index}]`));
}

function checkObject(template: Record<string, unknown>, answer: unknown, path: string): FieldViolation[] {
  if (!isRecord(answer)) return [{ field: path, description: 'must be an object' }];
  return Object.entries(template).flatMap(([name, entry]) => {
    const description = isRecord(entry) ? fault(entry, answer[name]) : undefined;
    return description === undefined ? [] : [{ field: `${path}.${name}`, description }];
  });
}

function fault(entry: Record<string, unknown>, value: unknown): string | undefined {
  const { required, type, minLength, maxLength, pattern, enum: choices } = entry;
  if (value === undefined || value === null || value === '') return required === true ? 'is required' : undefined;
  if (typeof type === 'string' && ['string', 'number', 'boolean'].includes(type) && typeof value !== type) {
    return `must be a ${type}`;
  }
  if (Array.isArray(choices) && !choices.includes(value)) return `must be one of ${choices.join(', ')}`;
  if (typeof value !== 'string') return undefined;
  if (typeof minLength === 'number' && value.length < minLength) {
    return `must have at least ${minLength} characters`;
  }
  if (typeof maxLength === 'number' && value.length > maxLength) {
    return `must have at most ${maxLength} characters`;
  }
  if (typeof pattern === 'string' && !matches(pattern, value)) return `must match ${pattern}`;
  return undefined;
}

/** In linear time, since tests set catastrophic patterns; one that cannot be read matches anything. */
function matches(pattern: string, value: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    return true;
  }
}

function rulesOf(requirements: NumberRequirements | undefined): unknown[] {
  const rules = isRecord(requirements?.fields) ? requirements.fields.rules : undefined;
  return Array.isArray(rules) ? rules : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

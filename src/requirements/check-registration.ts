import { formOf, type FormSection, type ViewRequirements, type Violation } from '@number-orders/contract';
import { describeFault } from './check-value';
import { PatternMatcher } from './pattern-matcher';

/** Enough to correct a registration. A hostile one could otherwise cause millions. */
const VIOLATIONS_REPORTED = 100;

/** The path in the body of the PUT, as in Sinch's own field violations. */
const DATA = 'requestDetails.data';

/**
 * The faults of a registration by our reading of the requirements. Advice only: Sinch documents neither the language of its
 * templates nor which entry of `data` answers which rule, so only its own answer decides.
 */
export function checkRegistration(
  requirements: ViewRequirements,
  requestDetails: Record<string, unknown>,
): Violation[] {
  const { sections } = formOf(requirements);
  const { data } = requestDetails;
  if (sections.length === 0) return [];
  if (!Array.isArray(data)) return [{ field: DATA, description: 'must be a list with one entry for each section' }];
  const violations: Violation[] = [];
  for (const violation of faultsOf(sections, data)) {
    if (violations.push(violation) === VIOLATIONS_REPORTED) break;
  }
  return violations;
}

function* faultsOf(sections: FormSection[], data: unknown[]): Generator<Violation> {
  const patterns = new PatternMatcher();
  const taken = new Set<number>();
  for (const section of sections) {
    const index = answerOf(section, data, taken);
    taken.add(index);
    const answer: unknown = data[index];
    const field = `${DATA}[${index}]`;
    if (!Array.isArray(answer)) {
      yield* faultsOfAnswer(section, answer, field, patterns);
    } else if (answer.length === 0) {
      // Otherwise an empty list would satisfy every required field.
      yield* faultsOfAnswer(section, {}, `${field}[0]`, patterns);
    } else {
      for (const [position, one] of answer.entries()) {
        yield* faultsOfAnswer(section, one, `${field}[${position}]`, patterns);
      }
    }
  }
}

/** The entry for a section: the one with most of its fields, else the one at its position. */
function answerOf({ index, fields }: FormSection, data: unknown[], taken: Set<number>): number {
  const names = new Set(fields.map(({ name }) => name));
  let best = index;
  let most = 0;
  for (const [position, entry] of data.entries()) {
    if (taken.has(position)) continue;
    const one: unknown = Array.isArray(entry) ? entry[0] : entry;
    const shared = isObject(one) ? Object.keys(one).filter((name) => names.has(name)).length : 0;
    if (shared > most || (shared === most && shared > 0 && position === index)) [best, most] = [position, shared];
  }
  return best;
}

function* faultsOfAnswer(
  { fields }: FormSection,
  answer: unknown,
  path: string,
  patterns: PatternMatcher,
): Generator<Violation> {
  const given = answer ?? {};
  if (!isObject(given)) {
    yield { field: path, description: 'must be an object' };
    return;
  }
  for (const field of fields) {
    // Own fields only: a template may name a field `constructor`.
    const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    const description = describeFault(field, value, patterns);
    if (description !== undefined) yield { field: `${path}.${field.name}`, description };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { ViewRequirements, Violation } from '../contract';
import { describeFault } from './check-value';
import { PatternMatcher } from './pattern-matcher';

/** Enough to correct a registration by; a hostile one could otherwise ask for millions. */
const VIOLATIONS_REPORTED = 100;

/** Where Sinch's own field violations would point: the path within the body of the PUT. */
const DATA = 'requestDetails.data';

/**
 * What Sinch's requirements seem to rule out about a registration; empty: nothing. Advice alone: Sinch judges.
 * `data[i]` answers `rules[i].template`; an answer that is a list answers the template once for each of its objects.
 * What we cannot read passes, whatever its shape: Sinch's own 400 is the authority.
 */
export function checkRegistration(
  requirements: ViewRequirements,
  requestDetails: Record<string, unknown>,
): Violation[] {
  const { rules } = requirements.fields;
  if (!Array.isArray(rules) || !rules.some((rule) => statedEntries(rule).length > 0)) return [];
  const { data } = requestDetails;
  if (!Array.isArray(data)) {
    return [{ field: DATA, description: `must be a list with one entry for each of the ${rules.length} rules` }];
  }
  const violations: Violation[] = [];
  for (const violation of faultsOf(rules, data)) {
    if (violations.push(violation) === VIOLATIONS_REPORTED) break;
  }
  return violations;
}

function* faultsOf(rules: unknown[], data: unknown[]): Generator<Violation> {
  const patterns = new PatternMatcher();
  for (const [index, rule] of rules.entries()) {
    const entries = statedEntries(rule);
    if (entries.length === 0) continue;
    const answer = data[index];
    const field = `${DATA}[${index}]`;
    if (!Array.isArray(answer)) {
      yield* faultsOfAnswer(entries, answer, field, patterns);
    } else if (answer.length === 0) {
      // No object at all would otherwise answer every required field.
      yield* faultsOfAnswer(entries, {}, `${field}[0]`, patterns);
    } else {
      for (const [position, one] of answer.entries()) {
        yield* faultsOfAnswer(entries, one, `${field}[${position}]`, patterns);
      }
    }
  }
}

function* faultsOfAnswer(
  entries: Entry[],
  answer: unknown,
  field: string,
  patterns: PatternMatcher,
): Generator<Violation> {
  const given = answer ?? {};
  if (!isObject(given)) {
    yield { field, description: 'must be an object' };
    return;
  }
  for (const [name, entry] of entries) {
    // Own fields alone: a template may well name a field `constructor`.
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const description = describeFault(entry, value, patterns);
    if (description !== undefined) yield { field: `${field}.${name}`, description };
  }
}

type Entry = [name: string, entry: Record<string, unknown>];

/** The fields of a rule's template that say anything we can check. */
function statedEntries(rule: unknown): Entry[] {
  const template = isObject(rule) && isObject(rule.template) ? rule.template : {};
  return Object.entries(template).filter((named): named is Entry => isObject(named[1]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { bytesOf, clip, LIMITS, ORDERED_NUMBER, type Read, type Violation } from '@number-orders/contract';

/** The path in the body of the PUT, as in Sinch's own field violations. */
const ROOT = 'requestDetails';
/** Enough to correct a registration. */
const FIELDS_TOLD = 20;
const FIELD_BYTES = 256;

export function holdsOrderedNumber(requestDetails: Record<string, unknown>): boolean {
  return JSON.stringify(requestDetails).includes(ORDERED_NUMBER);
}

/**
 * The registration as sent to a reservation, or why it cannot be sent: {@link ORDERED_NUMBER} becomes the reserved number. With
 * several numbers, a list whose only entry has it gets an entry for each; of nested lists, the innermost.
 *
 * @param phoneNumbers at least one
 */
export function withOrderedNumbers(
  requestDetails: Record<string, unknown>,
  phoneNumbers: readonly string[],
): Read<Record<string, unknown>> {
  if (!holdsOrderedNumber(requestDetails)) return { value: requestDetails };
  const filling = new Filling(phoneNumbers.length);
  const value = filling.fill(requestDetails, ROOT, phoneNumbers) as Record<string, unknown>;
  if (filling.isTooLarge || bytesOf(value) > LIMITS.registrationBytes) {
    const description = `must be at most ${LIMITS.registrationBytes} bytes of JSON with the numbers of the order in it`;
    return { violations: [{ field: ROOT, description }] };
  }
  return filling.violations.length > 0 ? { violations: filling.violations } : { value };
}

/** The fields of a registration that hold one of these numbers. */
export function fieldsWithNumber(requestDetails: Record<string, unknown>, numbers: ReadonlySet<string>): string[] {
  const fields: string[] = [];
  for (const [field, text] of textsIn(requestDetails, ROOT)) {
    if (fields.length < FIELDS_TOLD && numbers.has(text.trim())) fields.push(clip(field, FIELD_BYTES));
  }
  return fields;
}

class Filling {
  readonly violations: Violation[] = [];
  private bytesLeft: number = LIMITS.registrationBytes;

  constructor(private readonly count: number) {}

  get isTooLarge(): boolean {
    return this.bytesLeft < 0;
  }

  /** @param numbers the numbers in scope: one within an entry that is for one number */
  fill(value: unknown, field: string, numbers: readonly string[]): unknown {
    if (typeof value === 'string') return this.fillText(value, field, numbers);
    if (Array.isArray(value)) {
      const [only] = value as unknown[];
      const isForEach = value.length === 1 && !Array.isArray(only) && takesNumber(only);
      if (isForEach) return this.fillForEach(only, `${field}[0]`, numbers);
      return value.map((entry, index) => this.fill(entry, `${field}[${index}]`, numbers));
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, entry]) => [key, this.fill(entry, `${field}.${key}`, numbers)]);
    return Object.fromEntries(entries);
  }

  private fillForEach(entry: unknown, field: string, numbers: readonly string[]): unknown[] {
    const entries: unknown[] = [];
    for (const number of numbers) {
      const filled = this.fill(entry, field, [number]);
      this.bytesLeft -= bytesOf(filled);
      // Stops at the size that can be sent.
      if (this.isTooLarge) break;
      entries.push(filled);
    }
    return entries;
  }

  private fillText(text: string, field: string, numbers: readonly string[]): string {
    if (!text.includes(ORDERED_NUMBER)) return text;
    const [number = ''] = numbers;
    if (numbers.length > 1 && this.violations.length < FIELDS_TOLD) {
      const description = `holds ${ORDERED_NUMBER}, but the order has ${this.count} numbers: put the fields of each number into the only object of a list`;
      this.violations.push({ field: clip(field, FIELD_BYTES), description });
    }
    return text.trim() === ORDERED_NUMBER ? number : text.replaceAll(ORDERED_NUMBER, () => number);
  }
}

/** Whether the only entry of a list has the number, outside of inner lists that get an entry for each. */
function takesNumber(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(ORDERED_NUMBER);
  if (typeof value !== 'object' || value === null) return false;
  const isForEach = Array.isArray(value) && value.length === 1 && !Array.isArray(value[0]);
  return !isForEach && Object.values(value).some(takesNumber);
}

function* textsIn(value: unknown, field: string): Generator<[field: string, text: string]> {
  if (typeof value === 'string') yield [field, value];
  else if (Array.isArray(value)) for (const [at, entry] of value.entries()) yield* textsIn(entry, `${field}[${at}]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, entry] of Object.entries(value)) yield* textsIn(entry, `${field}.${key}`);
}

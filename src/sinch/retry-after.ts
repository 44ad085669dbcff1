const SECONDS = /^\d{1,10}$/;
// The form HTTP prescribes, and RFC 850's that it asks recipients to go on reading; both end in GMT.
const HTTP_DATE = /^[A-Z][a-z]+, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * The delay a `Retry-After` header asks for, in milliseconds from `now` (milliseconds since the epoch). A date that has
 * passed is 0; a header that is missing or says neither seconds nor an HTTP date is undefined.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (SECONDS.test(value)) return Number(value) * 1000;
  const date = dateOf(value);
  return date === undefined ? undefined : Math.max(0, date - now);
}

function dateOf(value: string): number | undefined {
  // asctime names no zone though it is always UTC; Date.parse would take it for local time.
  const text = ASCTIME_DATE.test(value) ? `${value} GMT` : value;
  if (text === value && !HTTP_DATE.test(value)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date;
}

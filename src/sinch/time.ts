const DATE_AND_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)([.,]\d+)?)?/;
const ZONE = /^(?:Z|UTC|GMT|([+-]\d\d)(?::?(\d\d))?)(?:\[[^\]]*\])?$/;
/** Nanoseconds. */
const LONGEST_FRACTION = '.123456789'.length;

/**
 * The RFC 3339 form of a server's time; undefined if it is not a time. Without a zone it is UTC, as in Sinch's callbacks; a
 * number is seconds or milliseconds since the epoch.
 */
export function readTime(value: unknown): string | undefined {
  if (typeof value === 'number') return ofEpoch(value);
  if (typeof value !== 'string') return undefined;
  const written = value.trim().toUpperCase();
  const [all = '', date, minutes, seconds = '00', fraction = ''] = DATE_AND_TIME.exec(written) ?? [];
  const zone = zoneOf(written.slice(all.length).trim());
  if (!date || !minutes || zone === undefined) return undefined;
  // A leap second, which our clocks do not have.
  const second = seconds === '60' ? '59' : seconds;
  const read = `${date}T${minutes}:${second}${fraction.replace(',', '.').slice(0, LONGEST_FRACTION)}${zone}`;
  return Number.isNaN(Date.parse(read)) ? undefined : read;
}

function zoneOf(written: string): string | undefined {
  if (written === '') return 'Z';
  const match = ZONE.exec(written);
  if (!match) return undefined;
  const [, hours, minutes = '00'] = match;
  return hours === undefined ? 'Z' : `${hours}:${minutes}`;
}

/** Seconds since the epoch have fewer digits until the year 5138. */
const FIRST_IN_MILLISECONDS = 1e11;

function ofEpoch(value: number): string | undefined {
  const time = new Date(value < FIRST_IN_MILLISECONDS ? value * 1_000 : value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

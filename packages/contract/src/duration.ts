export const DAY_MS = 86_400_000;

const UNITS: Record<string, number> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
};

/** Milliseconds in a text such as `7 days`, `36 hours` or `1 week`; undefined if it has another form. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6}) (second|minute|hour|day|week)s?$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  return match && unit ? Number(match[1]) * unit : undefined;
}

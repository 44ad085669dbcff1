const MOST_CHARACTERS = 300;
const MINUTE_MS = 60_000;

/** Text from outside must not become links, images or headings on an operator's screen, nor fill it. */
export function verbatim(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const short = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
  return short.toWellFormed().replace(/[\\`*_[\]<>#|~!&]/g, '\\$&');
}

/** For names, which have no backticks. */
export function code(name: string): string {
  return `\`${name.replace(/[\p{Cc}`]+/gu, ' ')}\``;
}

/** Such as `2026-11-23 16:05 UTC`. Never throws: a time that Sinch has written oddly must not stop an order. */
export function utc(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Such as `47 h 55 min left at 16:05`: current details are as old as the order's last change. */
export function timeAndLeft(until: number, now: number): string {
  const at = new Date(now).toISOString().slice(11, 16);
  return until > now ? `${duration(until - now)} left at ${at}` : `passed at ${at}`;
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 2) return `${Math.floor(ms / 1_000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 72 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days ${hours % 24} h`;
}

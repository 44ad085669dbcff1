/** A time in words, in UTC: only the script knows the reader's zone. */
export function timeInWords(tag: string, time: string): string {
  const at = new Date(time);
  // An unreadable time decides nothing, so it is shown as Sinch wrote it.
  if (Number.isNaN(at.getTime())) return time;
  return `${new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
}

/** Such as `20 MB`. */
export function sizeInWords(tag: string, bytes: number): string {
  const [unit, size] = bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
  const format = new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits: 1 });
  return format.format(Math.floor((bytes / size) * 10) / 10);
}

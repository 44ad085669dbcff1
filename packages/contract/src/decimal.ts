/** Exact arithmetic on amounts, which are decimal strings such as `1.50`. */

const placesOf = (amount: string): number => amount.split('.')[1]?.length ?? 0;

function scaled(amount: string, places: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

export function isMore(amount: string, than: string): boolean {
  const places = Math.max(placesOf(amount), placesOf(than));
  return scaled(amount, places) > scaled(than, places);
}

/** With as many decimal places as the most precise of them. */
export function sumOf(amounts: readonly string[]): string {
  const places = Math.max(0, ...amounts.map(placesOf));
  const sum = amounts.reduce((total, amount) => total + scaled(amount, places), 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${sum < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}

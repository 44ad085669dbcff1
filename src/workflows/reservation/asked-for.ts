import type { Order, Deviation } from '../order/order';

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Compares numbers in any notation. */
export function areSame(some: string[], others: string[]): boolean {
  return some.map(digitsOf).join() === others.map(digitsOf).join();
}

/** Whether a number can match a pattern. How Sinch reads patterns is not fully documented: in doubt it can. */
function canFit(phoneNumber: string, pattern = ''): boolean {
  return /[^\d+]/.test(pattern) || digitsOf(phoneNumber).includes(digitsOf(pattern));
}

/**
 * @param asked the numbers that the creation named: one, or none for a quantity
 * @param told the numbers that Sinch names; none: it has not named any yet
 */
export function deviationOf({ request }: Order, asked: string[], told: string[]): Deviation | undefined {
  if (told.length === 0) return undefined;
  const { selection } = request;
  if ('quantity' in selection) {
    const { requestedQuantity = 1, pattern } = selection.quantity;
    const fitting = told.every((phoneNumber) => canFit(phoneNumber, pattern));
    if (fitting && told.length === requestedQuantity) return undefined;
    const askedFor = `${requestedQuantity} ${requestedQuantity === 1 ? 'number' : 'numbers'}${pattern ? ` with ${pattern}` : ''}`;
    return { askedFor, acceptable: fitting && told.length < requestedQuantity };
  }
  // There is nothing to compare yet.
  if (asked.length === 0) return undefined;
  if (areSame(told, asked)) return undefined;
  const [first = ''] = told;
  const acceptable = 'search' in selection && told.length === 1 && canFit(first, selection.search.pattern);
  return { askedFor: asked.join(', '), acceptable };
}

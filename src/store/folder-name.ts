import { join } from 'node:path';
import { REFERENCE_PATTERN } from '@number-orders/contract';

/**
 * The name of an order's folder. Some file systems treat `Shop-1` and `shop-1` as one, or drop a final dot, and an order must
 * never find another's documents. So the name is in lower case, followed by the positions of capitals (as bits, in hexadecimal),
 * if there are any.
 */
function folderNameOf(reference: string): string {
  const lower = reference.toLowerCase();
  const capitals = BigInt(`0b${reference.replace(/./g, (character) => (/[A-Z]/.test(character) ? '1' : '0'))}`);
  return capitals === 0n && !reference.endsWith('.') ? reference : `${lower}+${capitals.toString(16)}`;
}

/** The reference that a folder is named after; undefined: it is not an order's. */
export function referenceOf(folderName: string): string | undefined {
  const [lower = '', mask = '0'] = folderName.split('+');
  if (!/^[0-9a-f]+$/.test(mask)) return undefined;
  const capitals = BigInt(`0x${mask}`).toString(2).padStart(lower.length, '0');
  const reference = lower.replace(/./g, (character, index: number) =>
    capitals[index] === '1' ? character.toUpperCase() : character,
  );
  return REFERENCE_PATTERN.test(reference) && folderNameOf(reference) === folderName ? reference : undefined;
}

/** The folder of an order's documents; or the folder of a place, name by name. */
export function pathOf(place: string): string {
  return join(...place.split('/').map(folderNameOf));
}

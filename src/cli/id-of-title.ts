import { titleAndId, type Titled } from '@number-orders/contract';
import { UsageError } from './usage-error';

/**
 * The id for an id, a title, or a unique part of a title, ignoring case. Anything else is taken as an id: the order decides
 * whether it knows it.
 * @throws {UsageError} where it could mean several
 */
export function idOf(known: readonly Titled[], typed: string): string {
  const wanted = typed.toLowerCase();
  const isWhole = ({ title }: Titled) => title.toLowerCase() === wanted;
  const isPart = ({ title }: Titled) => title.toLowerCase().includes(wanted);
  if (typed === '' || known.some(({ id }) => id === typed)) return typed;
  const whole = known.filter(isWhole);
  const meant = whole.length > 0 ? whole : known.filter(isPart);
  if (meant.length > 1)
    throw new UsageError(
      `"${typed}" could be any of ${meant.map(titleAndId).join(', ')}: type more of the title, or the id.`,
    );
  return meant[0]?.id ?? typed;
}

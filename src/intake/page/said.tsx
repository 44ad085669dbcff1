import type { Said as SaidKey, Words } from './words';

const GOOD: readonly SaidKey[] = ['received', 'kept', 'superseded'];

/** The outcome of a part that was just sent. */
export function Said({ words, said }: { words: Words; said: SaidKey }) {
  return (
    <p class={GOOD.includes(said) ? 'said good' : 'said bad'} role="status">
      {words.said[said]}
    </p>
  );
}

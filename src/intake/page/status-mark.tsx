import type { Status, Words } from './words';

/** How a part stands, in a word; its colour says nothing that the word does not. */
export function StatusMark({ words, status }: { words: Words; status: Status }) {
  return <span class={`mark ${status}`}>{words.status[status]}</span>;
}

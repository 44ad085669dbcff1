import type { Status, Words } from './words';

/** The status of a part in a word. The colour adds no information. */
export function StatusMark({ words, status }: { words: Words; status: Status }) {
  return <span class={`mark ${status}`}>{words.status[status]}</span>;
}

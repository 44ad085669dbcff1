import type { Claim } from '../../local/verdict';
import type { Scene } from '../scene';

/** A row of the table of paths an order can take, see docs/lifecycle.md. */
export interface Story {
  row: number;
  title: string;
  /** What goes wrong, and what must come of it. */
  prologue: string;
  /** Plays it, and answers with what the fake Sinch's audit says of it. */
  tell: (scene: Scene) => Promise<Claim[]>;
}

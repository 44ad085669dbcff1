import { bold, cyan, dim, green, ORDER_COLOURS, print, red, yellow } from '../local/terminal';
import type { Stage } from '@number-orders/contract';

const REFERENCE_WIDTH = 16;
const STAGE_WIDTH = 16;

const STAGE_COLOURS: Partial<Record<Stage, (text: string) => string>> = {
  COMPLETED: green,
  EXPIRED: yellow,
  CANCELLED: yellow,
  REJECTED: red,
  UNAVAILABLE: red,
  UNCONFIRMED: yellow,
  ACTION_REQUIRED: yellow,
};

/** Tells what happens as it happens: when, to which order, what. */
export class Timeline {
  private readonly start = Date.now();
  private readonly references: string[] = [];

  /** A new stage of an order. */
  stage(reference: string, stage: Stage, text: string): void {
    const colour = STAGE_COLOURS[stage] ?? bold;
    this.line(reference, colour(stage.padEnd(STAGE_WIDTH)), text);
  }

  /** Something the order reports. */
  event(reference: string, text: string): void {
    this.line(reference, ' '.repeat(STAGE_WIDTH), dim(text));
  }

  /** Something the demo does. */
  act(reference: string, text: string): void {
    this.line(reference, cyan('→'.padEnd(STAGE_WIDTH)), cyan(text));
  }

  private line(reference: string, mark: string, text: string): void {
    const seconds = ((Date.now() - this.start) / 1_000).toFixed(1);
    const name = this.colourOf(reference)(reference.padEnd(REFERENCE_WIDTH));
    print(`${dim(`${seconds.padStart(6)} s`)}  ${name}  ${mark}  ${text}`);
  }

  private colourOf(reference: string): (text: string) => string {
    if (!this.references.includes(reference)) this.references.push(reference);
    return ORDER_COLOURS[this.references.indexOf(reference) % ORDER_COLOURS.length] ?? bold;
  }
}

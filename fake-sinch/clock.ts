interface Due {
  at: number;
  action: () => void;
}

/** How often the clock runs due actions without a request: callbacks must be sent anyway. */
const LOOK_EVERY_MS = 25;

/**
 * The fake's own time: its source (real time unless told otherwise) plus an offset, or stopped altogether. Due actions run in
 * order, each at its own time, so that a jump of 48 hours has the same effect as 48 hours.
 */
export class Clock {
  readonly #source: () => number;
  #offset = 0;
  #stoppedAt: number | undefined;
  #moment: number | undefined;
  #due: Due[] = [];
  #look: NodeJS.Timeout | undefined;

  constructor(source: () => number = Date.now) {
    this.#source = source;
  }

  get running(): boolean {
    return this.#stoppedAt === undefined;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#moment ?? this.#stoppedAt ?? this.#source() + this.#offset;
  }

  /** Moves the clock to this time, forward or back, and runs what is due by then. */
  set(at: number): void {
    if (this.#stoppedAt === undefined) this.#offset = at - this.#source();
    else this.#stoppedAt = at;
    this.settle();
  }

  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** From here on only `set` and `advance` move the time. */
  stop(): void {
    this.#stoppedAt ??= this.now();
  }

  /** Lets the clock run again from its current time. */
  resume(): void {
    if (this.#stoppedAt === undefined) return;
    this.#offset = this.#stoppedAt - this.#source();
    this.#stoppedAt = undefined;
  }

  /** Runs the action once the clock has reached this time. */
  at(time: number, action: () => void): void {
    const later = this.#due.findIndex((other) => other.at > time);
    this.#due.splice(later < 0 ? this.#due.length : later, 0, { at: time, action });
    this.#look ??= setInterval(() => {
      this.settle();
    }, LOOK_EVERY_MS).unref();
  }

  /** Runs everything that has come due; called before each request, so that every answer is up to date. */
  settle(): void {
    if (this.#moment !== undefined) return;
    try {
      for (let next = this.#due[0]; next && next.at <= this.now(); next = this.#due[0]) {
        this.#due.shift();
        this.#moment = next.at;
        next.action();
        this.#moment = undefined;
      }
    } finally {
      this.#moment = undefined;
    }
    if (this.#due.length === 0) this.close();
  }

  close(): void {
    clearInterval(this.#look);
    this.#look = undefined;
  }
}

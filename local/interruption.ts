import { ToldError } from './told-error';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ctrl-C and similar signals, or a closed output. Once created, they no longer end the process: started programs must be ended
 * first.
 */
export class Interruption {
  readonly happened: Promise<void>;

  constructor() {
    // `on`, not `once`: npm passes on the signal that the terminal has sent to all, and the second must do nothing.
    this.happened = new Promise((resolve) => {
      for (const signal of SIGNALS) process.on(signal, () => resolve());
      process.stdout.on('error', () => resolve());
    });
  }

  /** @throws {ToldError} when interrupted first */
  orElse<T>(work: Promise<T>): Promise<T> {
    const interrupted = this.happened.then((): never => {
      throw new ToldError('Interrupted.');
    });
    return Promise.race([work, interrupted]);
  }
}

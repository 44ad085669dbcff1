import type { Notifier } from './notifier';

/** Used where no notification secret is set: orders live as always, and nobody is told. */
export class NoNotifier implements Notifier {
  async notify(): Promise<void> {
    // Nothing to tell anyone.
  }
}

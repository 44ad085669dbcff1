import type { Notifier } from './notifier';

/** Used if no notification secret is set: orders run as usual, without notifications. */
export class NoNotifier implements Notifier {
  async notify(): Promise<void> {
    // Notifications are off.
  }
}

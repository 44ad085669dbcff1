import type { ActivityPorts } from '../activities/ports';
import { callbackPath } from '../callbacks/path';
import type { WorkerSettings } from '../config/settings';
import { NoNotifier } from '../notifications/no-notifier';
import { WebhookNotifier } from '../notifications/webhook-notifier';
import { SinchClient } from '../sinch';
import { kycUrlOf } from '../intake/links/kyc-url';
import { openStore } from '../store/open-store';
import { observeCalls } from './observe-calls';
import { startingBy } from './start-order';

/** What the settings make of everything that activities need from outside. */
export function activityPorts(settings: WorkerSettings): ActivityPorts {
  const { callbacks, notifications, kycLinks, policy, polls } = settings;
  const store = openStore(settings.store, settings.encryptionKeys);
  return {
    sinch: new SinchClient({ ...settings.sinch, onCall: observeCalls() }),
    store,
    records: store,
    startOrder: startingBy(store),
    retentionMs: settings.retentionMs,
    notifier: notifications
      ? new WebhookNotifier({
          secret: notifications.secret,
          allowedHosts: notifications.hosts,
          userAgent: 'number-orders',
        })
      : new NoNotifier(),
    ...(kycLinks && { kycUrl: async (order) => (await kycUrlOf(kycLinks, order)).url }),
    policy,
    polls,
    ...(settings.restoredAt !== undefined && { restoredAt: settings.restoredAt }),
    callbackUrl: (reference, attempt) =>
      callbacks && `${callbacks.url.replace(/\/+$/, '')}/${callbackPath(callbacks.secret, reference, attempt)}`,
  };
}

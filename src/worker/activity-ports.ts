import type { ActivityPorts } from '../activities/ports';
import type { ProjectsOptions } from '../activities/projects';
import { callbackPath } from '../callbacks/path';
import type { SinchSettings, WorkerSettings } from '../config/settings';
import { NoNotifier } from '../notifications/no-notifier';
import { WebhookNotifier } from '../notifications/webhook-notifier';
import { SinchClient } from '../sinch';
import { kycUrlOf } from '../intake/links/kyc-url';
import { openStore } from '../store/open-store';
import { unknownProjectCounter } from './metrics';
import { observeCalls } from './observe-calls';
import { startingBy } from './start-order';

/** Builds the activities' ports from the settings. */
export function activityPorts(settings: WorkerSettings): ProjectsOptions {
  const shared = sharedPorts(settings);
  const { callbacks, policy } = settings;
  const ofProject = (name: string | undefined, sinch: SinchSettings, secret: string | undefined) => ({
    sinch: new SinchClient({ ...sinch, onCall: observeCalls(name) }),
    callbackUrl: callbacks && secret !== undefined ? callbackUrls(callbacks.url, secret, name) : () => undefined,
  });
  return {
    ports: { ...shared, policy, ...ofProject(undefined, settings.sinch, callbacks?.secret) },
    projects: new Map(
      [...settings.projects].map(([name, { sinch, callbackSecret, policy }]) => [
        name,
        { ...shared, policy, ...ofProject(name, sinch, callbackSecret) },
      ]),
    ),
    onUnknown: unknownProjectCounter(),
  };
}

function sharedPorts(settings: WorkerSettings): Omit<ActivityPorts, 'sinch' | 'callbackUrl' | 'policy'> {
  const { notifications, kycLinks, polls } = settings;
  const store = openStore(settings.store, settings.encryptionKeys);
  return {
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
    polls,
    ...(settings.restoredAt !== undefined && { restoredAt: settings.restoredAt }),
  };
}

function callbackUrls(url: string, secret: string, project: string | undefined): ActivityPorts['callbackUrl'] {
  return (reference, attempt) => `${url.replace(/\/+$/, '')}/${callbackPath(secret, reference, attempt, project)}`;
}

import { Control } from './control';
import { listen, stopListening } from './http';
import { requestHandler } from './server';
import type { SettingsChange } from './settings';
import { Sinch } from './sinch';

export type { Audit, OrderAudit } from './audit';
export type { SentCallback } from './callbacks';
export type { Control } from './control';
export type { Fault, Operation } from './faults';
export type { RandomFaultsOptions } from './random-faults';
export type { Settings } from './settings';
export type { NumberRequirements, OrderPlan, OrderState } from './types';

export interface FakeSinchOptions extends SettingsChange {
  /** `127.0.0.1` when left out. */
  host?: string | undefined;
  /** 0, any free port, when left out. */
  port?: number | undefined;
  projectId?: string | undefined;
  keyId?: string | undefined;
  keySecret?: string | undefined;
  /** Signs the callbacks: 32 to 64 letters, digits and hyphens. */
  hmacSecret?: string | undefined;
  /** The clock's source, milliseconds since the epoch; real time when left out. */
  now?: (() => number) | undefined;
}

export interface FakeSinch {
  /** Base of the Numbers API, as `https://numbers.api.sinch.com` is. */
  url: string;
  /** The token endpoint, as `https://auth.sinch.com/oauth2/token` is. */
  authUrl: string;
  projectId: string;
  keyId: string;
  keySecret: string;
  hmacSecret: string;
  control: Control;
  /** Ends every connection and gives up callbacks under way. */
  close(): Promise<void>;
}

/** Starts a fake Sinch, for tests and trials. Rejects when the port is taken. */
export async function startFakeSinch(options: FakeSinchOptions = {}): Promise<FakeSinch> {
  const {
    host = '127.0.0.1',
    port = 0,
    projectId = 'fake-project',
    keyId = 'fake-key-id',
    keySecret = 'fake-key-secret',
    hmacSecret = 'fake-hmac-secret-0123456789abcdef',
    now,
    ...settings
  } = options;
  const sinch = new Sinch(projectId, { keyId, keySecret, hmacSecret }, settings, now);
  const control = new Control(sinch);
  const { server, url } = await listen(host, port, requestHandler(sinch, control));
  return {
    url,
    authUrl: `${url}/oauth2/token`,
    projectId,
    keyId,
    keySecret,
    hmacSecret,
    control,
    close: async () => {
      sinch.clock.close();
      await Promise.all([stopListening(server), sinch.callbacks.close()]);
    },
  };
}

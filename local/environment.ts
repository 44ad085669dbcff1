import { join } from 'node:path';

/** With which a fake Sinch without settings of its own signs callbacks. */
export const FAKE_HMAC_SECRET = 'fake-hmac-secret-0123456789abcdef';

export interface Addresses {
  /** `host:port` */
  temporal: string;
  /** Base URL of a fake Sinch that was started without settings of its own. */
  fakeSinch: string;
  /** The folder of the topology's user, for staged documents. */
  folder: string;
}

/** Where worker, client and command lines find the Temporal, the Sinch and the store of a topology, see docs/settings.md. */
export function localSettings({ temporal, fakeSinch, folder }: Addresses): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: temporal,
    TEMPORAL_NAMESPACE: 'default',
    // Not there, on purpose: a profile of the user's could bring TLS or an API key along.
    TEMPORAL_CONFIG_FILE: join(folder, 'no-profiles.toml'),
    SINCH_PROJECT_ID: 'fake-project',
    SINCH_KEY_ID: 'fake-key-id',
    SINCH_KEY_SECRET: 'fake-key-secret',
    SINCH_NUMBERS_URL: fakeSinch,
    SINCH_AUTH_URL: `${fakeSinch}/oauth2/token`,
    NUMBER_ORDERS_STORE: `file:${join(folder, 'store')}`,
    NUMBER_ORDERS_HEALTH_ADDRESS: '127.0.0.1:0',
    NUMBER_ORDERS_LOG_FORMAT: 'json',
  };
}

/** The user's environment without settings that are meant for the real thing. */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(TEMPORAL|SINCH|NUMBER_ORDERS|FAKE_SINCH|OTEL)_/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

export const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** For a POSIX shell to source. `toolDirectory` is where the Temporal CLI is. */
export function shellEnvironment(settings: Record<string, string>, fakeSinch: string, toolDirectory: string): string {
  return [
    ...Object.entries(settings).map(([name, value]) => `export ${name}=${quote(value)}`),
    `export FAKE=${quote(fakeSinch)}`,
    `export PATH=${quote(toolDirectory)}:"$PATH"`,
    '',
  ].join('\n');
}

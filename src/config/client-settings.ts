import type { KeySource } from '../data-converter';
import type { StoreSettings } from '../store/open-store';
import type { ClientSettings } from './client-types';
import { ConfigurationError } from './configuration-error';
import { invisibleInFamily } from './invisible';
import { readSettings, type Environment, type SettingValues } from './read-settings';
import { TEMPORAL, temporalSettings } from './temporal';

const STORE = [
  'NUMBER_ORDERS_STORE',
  'NUMBER_ORDERS_S3_ENDPOINT',
  'NUMBER_ORDERS_S3_PATH_STYLE',
  'NUMBER_ORDERS_S3_ENCRYPTION',
  'NUMBER_ORDERS_PLAIN_HTTP_HOSTS',
] as const;
export const KEYS = ['NUMBER_ORDERS_ENCRYPTION_KEYS', 'NUMBER_ORDERS_KEY_SOURCE'] as const;
const CLIENT = [
  ...TEMPORAL,
  ...STORE,
  ...KEYS,
  'NUMBER_ORDERS_TASK_QUEUE',
  'NUMBER_ORDERS_RPC_TIMEOUT',
  'NUMBER_ORDERS_INTAKE_URL',
  'NUMBER_ORDERS_INTAKE_TOKEN',
] as const;

/** What a client of the service needs. @throws {ConfigurationError} */
export function readClientSettings(env: Environment): ClientSettings {
  const values = readSettings(env, CLIENT);
  const encryptionKeys = keySource(values);
  const { NUMBER_ORDERS_INTAKE_URL: url, NUMBER_ORDERS_INTAKE_TOKEN: token } = values;
  return {
    temporal: temporalSettings(env, values),
    taskQueue: values.NUMBER_ORDERS_TASK_QUEUE,
    store: storeSettings(env, values),
    rpcTimeoutMs: values.NUMBER_ORDERS_RPC_TIMEOUT,
    ...(encryptionKeys && { encryptionKeys }),
    ...(url && token && { intake: { url, token } }),
  };
}

export function keySource(values: SettingValues<(typeof KEYS)[number]>): KeySource | undefined {
  const { NUMBER_ORDERS_ENCRYPTION_KEYS: keys, NUMBER_ORDERS_KEY_SOURCE: source } = values;
  if (keys && source) {
    throw new ConfigurationError([
      'NUMBER_ORDERS_ENCRYPTION_KEYS and NUMBER_ORDERS_KEY_SOURCE are both set: keep one of them',
    ]);
  }
  return source ?? keys;
}

export function storeSettings(env: Environment, values: SettingValues<(typeof STORE)[number]>): StoreSettings {
  const { NUMBER_ORDERS_S3_ENDPOINT: endpoint, NUMBER_ORDERS_S3_ENCRYPTION: encryption } = values;
  const invisible = values.NUMBER_ORDERS_STORE.startsWith('s3:') ? invisibleInFamily(env, 'AWS_') : [];
  if (invisible.length > 0) throw new ConfigurationError(invisible);
  return {
    url: values.NUMBER_ORDERS_STORE,
    s3: {
      ...(endpoint && { endpoint }),
      // Self-hosted servers rarely have a host name for each bucket.
      pathStyle: values.NUMBER_ORDERS_S3_PATH_STYLE ?? endpoint !== undefined,
      ...(encryption && { encryption }),
    },
  };
}

import type { KeyList } from '../data-converter/keys';
import { KEYS, keySource, readClientSettings, storeSettings } from './client-settings';
import { ConfigurationError } from './configuration-error';
import { LOG, logSettings } from './log';
import { orderPolicy, pollIntervals } from './order-policy';
import { readSettings, type Environment } from './read-settings';
import { SETTINGS, type SettingName } from './settings-table';
import { projectSecretsIn, projectSettings, projectSinchSettings, sinchSettings, SINCH } from './projects';
import { temporalSettings } from './temporal';
import { readTracingSettings } from './tracing';
import type {
  CallbackReceiverSettings,
  CodecServerSettings,
  ReplaySettings,
  SinchSettings,
  WorkerSettings,
} from './types';

export { readClientSettings } from './client-settings';
export type * from './client-types';
export { ConfigurationError } from './configuration-error';
export { plainHttpSettings, type Environment } from './read-settings';
export { readIntakeSettings, readLinkSettings } from './intake';
export { readTracingSettings } from './tracing';
export type * from './types';

const CALLBACK_RECEIVER = [
  ...LOG,
  'SINCH_CALLBACK_SECRET',
  'SINCH_PROJECTS',
  'NUMBER_ORDERS_CALLBACK_ADDRESS',
  'NUMBER_ORDERS_CALLBACK_SENDERS',
  'NUMBER_ORDERS_TRUSTED_PROXIES',
  'NUMBER_ORDERS_METRICS_ADDRESS',
] as const;
const CODEC_SERVER = [
  ...LOG,
  ...KEYS,
  'NUMBER_ORDERS_CODEC_ADDRESS',
  'NUMBER_ORDERS_CODEC_TOKEN',
  'NUMBER_ORDERS_CODEC_JWKS_URL',
  'NUMBER_ORDERS_CODEC_ISSUER',
  'NUMBER_ORDERS_CODEC_AUDIENCE',
  'NUMBER_ORDERS_CODEC_ORIGIN',
  'NUMBER_ORDERS_PLAIN_HTTP_HOSTS',
  'NUMBER_ORDERS_METRICS_ADDRESS',
] as const;
const ALL = Object.keys(SETTINGS) as SettingName[];

/** A client's settings, and those that decide which code a worker runs. @throws {ConfigurationError} */
export function readReplaySettings(env: Environment): ReplaySettings {
  return { ...readClientSettings(env), traced: readTracingSettings(env) !== undefined };
}

/**
 * The settings of a command that calls Sinch without an order.
 * @param project undefined: the default one
 * @throws {ConfigurationError}
 */
export function readSinchSettings(env: Environment, project?: string): SinchSettings {
  const values = readSettings(env, SINCH);
  if (project === undefined) return sinchSettings(values);
  const stated = values.SINCH_PROJECTS?.get(project);
  if (stated) return projectSinchSettings(env, values, project, stated);
  throw new ConfigurationError([`SINCH_PROJECTS has no project ${project}: add it, or name another`]);
}

/** The names of the further projects. @throws {ConfigurationError} */
export function readProjectNames(env: Environment): string[] {
  return [...(readSettings(env, ['SINCH_PROJECTS']).SINCH_PROJECTS?.keys() ?? [])];
}

/** The callback receiver's settings, besides a client's. @throws {ConfigurationError} */
export function readCallbackReceiverSettings(env: Environment): CallbackReceiverSettings {
  const values = readSettings(env, CALLBACK_RECEIVER);
  const { SINCH_CALLBACK_SECRET: secret, NUMBER_ORDERS_CALLBACK_ADDRESS: listen } = values;
  const { NUMBER_ORDERS_CALLBACK_SENDERS: senders, NUMBER_ORDERS_TRUSTED_PROXIES: trustedProxies = [] } = values;
  const { NUMBER_ORDERS_METRICS_ADDRESS: metrics } = values;
  if (secret === undefined) {
    throw new ConfigurationError([
      "SINCH_CALLBACK_SECRET is missing: set it to the project's hmacSecret, or anyone could post callbacks",
    ]);
  }
  if (!listen)
    throw new ConfigurationError(['NUMBER_ORDERS_CALLBACK_ADDRESS must be host:port; to be off, do not start it']);
  return {
    secret,
    projectSecrets: projectSecretsIn(values.SINCH_PROJECTS),
    listen,
    ...(senders && { senders }),
    trustedProxies,
    ...(metrics && { metrics }),
    log: logSettings(values),
  };
}

/** Only the keys, for the command that manages them. @throws {ConfigurationError} */
export function readEncryptionKeys(env: Environment): KeyList {
  const { NUMBER_ORDERS_ENCRYPTION_KEYS: keys } = readSettings(env, ['NUMBER_ORDERS_ENCRYPTION_KEYS']);
  if (keys) return keys;
  throw new ConfigurationError([
    'NUMBER_ORDERS_ENCRYPTION_KEYS is missing: set it to what number-orders keys generate prints',
  ]);
}

/** The codec server's settings. @throws {ConfigurationError} */
export function readCodecServerSettings(env: Environment): CodecServerSettings {
  const values = readSettings(env, CODEC_SERVER);
  const { NUMBER_ORDERS_CODEC_TOKEN: token, NUMBER_ORDERS_CODEC_JWKS_URL: jwksUrl } = values;
  const { NUMBER_ORDERS_CODEC_ISSUER: issuer, NUMBER_ORDERS_CODEC_AUDIENCE: audience } = values;
  const { NUMBER_ORDERS_CODEC_ADDRESS: listen, NUMBER_ORDERS_CODEC_ORIGIN: origin } = values;
  const { NUMBER_ORDERS_METRICS_ADDRESS: metrics } = values;
  const accessTokens = jwksUrl && issuer && audience && { jwksUrl, issuer, audience };
  if (token === undefined && !accessTokens) {
    throw new ConfigurationError([
      'NUMBER_ORDERS_CODEC_TOKEN or NUMBER_ORDERS_CODEC_JWKS_URL is missing: set one of them, or anyone could read the KYC',
    ]);
  }
  if (!listen)
    throw new ConfigurationError(['NUMBER_ORDERS_CODEC_ADDRESS must be host:port; to be off, do not start it']);
  return {
    keys: keySource(values) ?? readEncryptionKeys(env),
    listen,
    ...(token !== undefined && { token }),
    ...(accessTokens && { accessTokens }),
    ...(origin !== undefined && { origin }),
    ...(metrics && { metrics }),
    log: logSettings(values),
  };
}

/** All settings, for the worker. @throws {ConfigurationError} */
export function readWorkerSettings(env: Environment): WorkerSettings {
  const values = readSettings(env, ALL);
  const { NUMBER_ORDERS_CALLBACK_URL: callbackUrl, SINCH_CALLBACK_SECRET: callbackSecret } = values;
  const { NUMBER_ORDERS_NOTIFICATION_SECRET: signingSecret, NUMBER_ORDERS_NOTIFICATION_HOSTS: hosts } = values;
  // A pair: each needs the other.
  const deployment = values.NUMBER_ORDERS_DEPLOYMENT ?? values.TEMPORAL_DEPLOYMENT_NAME;
  const buildId = values.NUMBER_ORDERS_BUILD_ID ?? values.TEMPORAL_WORKER_BUILD_ID;
  const { NUMBER_ORDERS_HEALTH_ADDRESS: health, NUMBER_ORDERS_METRICS_ADDRESS: metrics } = values;
  const { NUMBER_ORDERS_INTAKE_URL: intakeUrl, NUMBER_ORDERS_INTAKE_KEYS: intakeKeys } = values;
  const tracing = readTracingSettings(env);
  const { NUMBER_ORDERS_SINCH_CALLS_PER_SECOND: sinchCallsPerSecond } = values;
  const encryptionKeys = keySource(values);
  return {
    temporal: temporalSettings(env, values),
    taskQueue: values.NUMBER_ORDERS_TASK_QUEUE,
    sinch: sinchSettings(values),
    ...(sinchCallsPerSecond && { sinchCallsPerSecond }),
    projects: projectSettings(env, values),
    store: storeSettings(env, values),
    retentionMs: values.NUMBER_ORDERS_RETENTION,
    ...(callbackUrl && callbackSecret && { callbacks: { url: callbackUrl, secret: callbackSecret } }),
    ...(signingSecret && hosts && { notifications: { secret: signingSecret, hosts } }),
    ...(intakeUrl && intakeKeys && { kycLinks: { url: intakeUrl, keys: intakeKeys } }),
    ...(deployment && buildId && { deployment: { name: deployment, buildId } }),
    policy: orderPolicy(values, sinchCallsPerSecond),
    polls: pollIntervals(values),
    ...(health && { health }),
    ...(metrics && { metrics }),
    ...(tracing && { tracing }),
    tuning: {
      maxCachedWorkflows: values.NUMBER_ORDERS_MAX_CACHED_WORKFLOWS,
      maxWorkflowTasks: values.NUMBER_ORDERS_MAX_WORKFLOW_TASKS,
      maxActivities: values.NUMBER_ORDERS_MAX_ACTIVITIES,
      targetMemoryUsage: values.NUMBER_ORDERS_TARGET_MEMORY_USAGE,
      targetCpuUsage: values.NUMBER_ORDERS_TARGET_CPU_USAGE,
      maxPollers: values.NUMBER_ORDERS_MAX_POLLERS,
    },
    ...(values.NUMBER_ORDERS_RESTORED_AT !== undefined && { restoredAt: values.NUMBER_ORDERS_RESTORED_AT }),
    shutdownGraceMs: values.NUMBER_ORDERS_SHUTDOWN_GRACE,
    ...(encryptionKeys && { encryptionKeys }),
    log: logSettings(values),
  };
}

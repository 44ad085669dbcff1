import { ConfigurationError } from './configuration-error';
import { LOG, logSettings } from './log';
import { readSettings, type Environment } from './read-settings';
import type { IntakeSettings } from './types';

const INTAKE = [
  ...LOG,
  'NUMBER_ORDERS_INTAKE_ADDRESS',
  'NUMBER_ORDERS_INTAKE_URL',
  'NUMBER_ORDERS_INTAKE_KEYS',
  'NUMBER_ORDERS_INTAKE_TOKENS',
  'NUMBER_ORDERS_INTAKE_JWKS_URL',
  'NUMBER_ORDERS_INTAKE_ISSUER',
  'NUMBER_ORDERS_INTAKE_AUDIENCE',
  'NUMBER_ORDERS_PLAIN_HTTP_HOSTS',
  'NUMBER_ORDERS_INTAKE_NAME',
  'NUMBER_ORDERS_INTAKE_CONTROLLER',
  'NUMBER_ORDERS_INTAKE_PRIVACY_NOTICE',
  'NUMBER_ORDERS_INTAKE_LOGO',
  'NUMBER_ORDERS_INTAKE_COLOUR',
  'NUMBER_ORDERS_INTAKE_RETURN_HOSTS',
  'NUMBER_ORDERS_INTAKE_DOCUMENT_MB',
  'NUMBER_ORDERS_INTAKE_ORDER_MB',
  'NUMBER_ORDERS_INTAKE_ORDER_MESSAGES',
  'NUMBER_ORDERS_INTAKE_REQUESTS_PER_MINUTE',
  'NUMBER_ORDERS_TRUSTED_PROXIES',
  'NUMBER_ORDERS_METRICS_ADDRESS',
] as const;
const LINKS = ['NUMBER_ORDERS_INTAKE_URL', 'NUMBER_ORDERS_INTAKE_KEYS', 'NUMBER_ORDERS_INTAKE_RETURN_HOSTS'] as const;
const MEGABYTE = 1_000_000;

/** The settings that sign links to the KYC page, if the keys are set. @throws {ConfigurationError} */
export function readLinkSettings(env: Environment) {
  const {
    NUMBER_ORDERS_INTAKE_URL: url,
    NUMBER_ORDERS_INTAKE_KEYS: keys,
    NUMBER_ORDERS_INTAKE_RETURN_HOSTS: returnHosts = [],
  } = readSettings(env, LINKS);
  return url && keys && { url, keys, returnHosts };
}

/** The intake's settings, besides a client's. @throws {ConfigurationError} */
export function readIntakeSettings(env: Environment): IntakeSettings {
  const values = readSettings(env, INTAKE);
  const { NUMBER_ORDERS_INTAKE_ADDRESS: listen, NUMBER_ORDERS_INTAKE_URL: url } = values;
  const { NUMBER_ORDERS_INTAKE_KEYS: keys, NUMBER_ORDERS_INTAKE_NAME: name } = values;
  const { NUMBER_ORDERS_INTAKE_CONTROLLER: controller, NUMBER_ORDERS_INTAKE_PRIVACY_NOTICE: privacyNotice } = values;
  const { NUMBER_ORDERS_INTAKE_COLOUR: accent, NUMBER_ORDERS_INTAKE_LOGO: logo } = values;
  const { NUMBER_ORDERS_INTAKE_JWKS_URL: jwksUrl, NUMBER_ORDERS_INTAKE_ISSUER: issuer } = values;
  const { NUMBER_ORDERS_INTAKE_AUDIENCE: audience, NUMBER_ORDERS_METRICS_ADDRESS: metrics } = values;
  const problems = [
    ...(listen ? [] : ['NUMBER_ORDERS_INTAKE_ADDRESS must be host:port; to be off, do not start it']),
    ...(url === undefined ? ['NUMBER_ORDERS_INTAKE_URL is missing: set it to where browsers find the intake'] : []),
    ...(keys ? [] : ['NUMBER_ORDERS_INTAKE_KEYS is missing: set it to what number-orders keys generate prints']),
    ...(name === undefined ? ['NUMBER_ORDERS_INTAKE_NAME is missing: the KYC page shows it'] : []),
  ];
  if (!listen || url === undefined || !keys || name === undefined) throw new ConfigurationError(problems);
  return {
    listen,
    url,
    keys,
    access: {
      tokens: values.NUMBER_ORDERS_INTAKE_TOKENS ?? [],
      ...(jwksUrl && issuer && audience && { accessTokens: { jwksUrl, issuer, audience } }),
    },
    look: {
      name,
      ...(controller !== undefined && { controller }),
      ...(privacyNotice !== undefined && { privacyNotice }),
    },
    ...(accent !== undefined && { accent: accent.toLowerCase() }),
    ...(logo && { logo }),
    returnHosts: values.NUMBER_ORDERS_INTAKE_RETURN_HOSTS ?? [],
    maxDocumentBytes: values.NUMBER_ORDERS_INTAKE_DOCUMENT_MB * MEGABYTE,
    quotas: {
      messages: values.NUMBER_ORDERS_INTAKE_ORDER_MESSAGES,
      bytes: values.NUMBER_ORDERS_INTAKE_ORDER_MB * MEGABYTE,
      requests: values.NUMBER_ORDERS_INTAKE_REQUESTS_PER_MINUTE,
    },
    trustedProxies: values.NUMBER_ORDERS_TRUSTED_PROXIES ?? [],
    ...(metrics && { metrics }),
    log: logSettings(values),
  };
}

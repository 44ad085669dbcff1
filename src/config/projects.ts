import { ConfigurationError } from './configuration-error';
import { orderPolicy } from './order-policy';
import { goesInPlain, type Environment, type SettingValues } from './read-settings';
import type { SettingName } from './settings-table';
import type { StatedProject } from './sinch-projects';
import type { ProjectSettings, SinchSettings } from './types';

export const SINCH = [
  'SINCH_PROJECT_ID',
  'SINCH_KEY_ID',
  'SINCH_KEY_SECRET',
  'SINCH_AUTHENTICATION',
  'SINCH_NUMBERS_URL',
  'SINCH_AUTH_URL',
  'SINCH_PROJECTS',
  'NUMBER_ORDERS_PLAIN_HTTP_HOSTS',
] as const;

type SinchValues = SettingValues<(typeof SINCH)[number]>;

/** The default project's settings. */
export function sinchSettings(values: SinchValues): SinchSettings {
  return {
    projectId: values.SINCH_PROJECT_ID,
    keyId: values.SINCH_KEY_ID,
    keySecret: values.SINCH_KEY_SECRET,
    authentication: values.SINCH_AUTHENTICATION,
    numbersUrl: values.SINCH_NUMBERS_URL,
    authUrl: values.SINCH_AUTH_URL,
  };
}

/** The settings of a named project. It shares only Sinch's addresses with the default one. @throws {ConfigurationError} */
export function projectSinchSettings(
  env: Environment,
  values: SinchValues,
  name: string,
  stated: StatedProject,
): SinchSettings {
  const { projectId, keyId, keySecret } = stated;
  const { numbersUrl = values.SINCH_NUMBERS_URL, authUrl = values.SINCH_AUTH_URL } = stated;
  if (projectId === undefined || keyId === undefined || keySecret === undefined) {
    const missing = (['projectId', 'keyId', 'keySecret'] as const).filter((field) => stated[field] === undefined);
    throw new ConfigurationError(missing.map((field) => `SINCH_PROJECTS: ${name}.${field} is missing: set it`));
  }
  const plain = (['numbersUrl', 'authUrl'] as const).filter((field) => goesInPlain(env, stated[field]));
  if (plain.length > 0) {
    const remedy = 'must be an https:// URL; if you mean http://, list the host in NUMBER_ORDERS_PLAIN_HTTP_HOSTS';
    throw new ConfigurationError(plain.map((field) => `SINCH_PROJECTS: ${name}.${field} ${remedy}`));
  }
  return { projectId, keyId, keySecret, authentication: values.SINCH_AUTHENTICATION, numbersUrl, authUrl };
}

/** The projects' settings for a worker. @throws {ConfigurationError} */
export function projectSettings(env: Environment, values: SettingValues<SettingName>): Map<string, ProjectSettings> {
  const { SINCH_PROJECTS: projects = new Map<string, StatedProject>() } = values;
  return new Map(
    [...projects].map(([name, stated]) => {
      const { callbackSecret } = stated;
      const { callsPerSecond = values.NUMBER_ORDERS_SINCH_CALLS_PER_SECOND } = stated;
      if (values.NUMBER_ORDERS_CALLBACK_URL !== undefined && callbackSecret === undefined) {
        const why = 'NUMBER_ORDERS_CALLBACK_URL is set and needs it';
        throw new ConfigurationError([`SINCH_PROJECTS: ${name}.callbackSecret is missing: ${why}`]);
      }
      const settings: ProjectSettings = {
        sinch: projectSinchSettings(env, values, name, stated),
        ...(callbackSecret !== undefined && { callbackSecret }),
        ...(callsPerSecond !== undefined && { callsPerSecond }),
        policy: orderPolicy(values, callsPerSecond, name),
      };
      return [name, settings];
    }),
  );
}

/** The projects' secrets, for the callback receiver. @throws {ConfigurationError} */
export function projectSecretsIn(projects: ReadonlyMap<string, StatedProject> = new Map()): Map<string, string> {
  return new Map(
    [...projects].map(([name, { callbackSecret }]) => {
      if (callbackSecret !== undefined) return [name, callbackSecret];
      throw new ConfigurationError([`SINCH_PROJECTS: ${name}.callbackSecret is missing: set it`]);
    }),
  );
}

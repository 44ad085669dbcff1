import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigurationError } from './configuration-error';
import { invisibleIn } from './invisible';
import { isListed, isPlainHttp } from './plain-http';
import { SETTINGS, type Setting, type SettingName } from './settings-table';

/** The environment of a process, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type SettingValues<Name extends SettingName> = {
  [N in Name]: z.output<(typeof SETTINGS)[N]['schema']>;
};

/**
 * Reads the named settings. An empty variable counts as unset, because compose files pass unset ones as empty.
 * @throws {ConfigurationError} with all problems
 */
export function readSettings<Name extends SettingName>(env: Environment, names: readonly Name[]): SettingValues<Name> {
  const problems: string[] = [];
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of names) {
    const setting: Setting = SETTINGS[name];
    const given = givenValue(env, name, setting, problems);
    if (given.unreadable) continue;
    const parsed = setting.schema.safeParse(given.value ?? setting.default);
    if (!parsed.success) problems.push(...parsed.error.issues.map(({ message }) => `${name} ${message}`));
    else if (given.value !== undefined && parsed.data === given.value && given.value !== given.value.trim())
      problems.push(`${name} begins or ends with a blank: write it without`);
    else values[name] = parsed.data;
    if (parsed.success && setting.encrypted && goesInPlain(env, parsed.data)) {
      problems.push(
        `${name} must be an https:// URL: over http:// anyone on the path can read and change the traffic. To allow it, list the host in NUMBER_ORDERS_PLAIN_HTTP_HOSTS`,
      );
    }
    if (given.value !== undefined) problems.push(...missingCompanions(env, name, setting));
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return values as SettingValues<Name>;
}

/** Whether a URL leads to another host over `http://` that is not allowed. */
export function goesInPlain(env: Environment, url: unknown): boolean {
  return typeof url === 'string' && isPlainHttp(url) && !isListed(url, plainHttpHosts(env));
}

/** The settings that send credentials, KYC or keys unencrypted to another host; `listed`: the host is allowed. */
export function plainHttpSettings(env: Environment): { name: string; listed: boolean }[] {
  return Object.entries<Setting>(SETTINGS).flatMap(([name, { schema, encrypted }]) => {
    const url = encrypted && schema.safeParse(presentIn(env, name)).data;
    if (typeof url !== 'string' || !isPlainHttp(url)) return [];
    return [{ name, listed: !goesInPlain(env, url) }];
  });
}

/** None if they cannot be read: their own setting is refused then. */
function plainHttpHosts(env: Environment): readonly string[] {
  const name = 'NUMBER_ORDERS_PLAIN_HTTP_HOSTS';
  return SETTINGS[name].schema.safeParse(presentIn(env, name)).data ?? [];
}

function presentIn(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}

function givenValue(env: Environment, name: string, setting: Setting, problems: string[]) {
  const read = readGiven(env, name, setting);
  const invisible = read.value && invisibleIn(read.value);
  const problem = invisible ? `${read.variable} ${invisible}` : read.problem;
  if (problem) problems.push(problem);
  return { value: read.value, unreadable: problem !== undefined };
}

interface Given {
  /** The variable with the value. */
  variable: string;
  value?: string | undefined;
  problem?: string;
}

function readGiven(env: Environment, name: string, { secret }: Setting): Given {
  const direct = presentIn(env, name);
  const variable = `${name}_FILE`;
  const file = secret ? presentIn(env, variable) : undefined;
  if (file === undefined) return { variable: name, value: direct };
  if (direct !== undefined) return { variable, problem: `${name} and ${variable} are both set: keep one of them` };
  const invisible = invisibleIn(file);
  if (invisible) return { variable, problem: `${variable} ${invisible}` };
  try {
    const value = secretIn(readFileSync(file));
    return value === ''
      ? { variable, problem: `${variable} names a file that is empty: write the secret into it` }
      : { variable, value };
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const problem =
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? `${variable} names a file that is not UTF-8 text: save it as UTF-8`
        : `${variable} names a file that cannot be read (${code}): fix the path or its permissions`;
    return { variable, problem };
  }
}

/** Editors add a byte-order mark, other line endings, and a final line break. The decoder removes the mark. */
function secretIn(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n').trimEnd();
}

function missingCompanions(env: Environment, name: string, setting: Setting): string[] {
  return (setting.needs ?? [])
    .filter((needed) => !presentIn(env, needed) && !presentIn(env, `${needed}_FILE`))
    .map((needed) => `${needed} is missing: ${name} is set and needs it`);
}

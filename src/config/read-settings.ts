import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigurationError } from './configuration-error';
import { SETTINGS, type Setting, type SettingName } from './settings-table';

/** What a process was started with, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type SettingValues<Name extends SettingName> = {
  [N in Name]: z.output<(typeof SETTINGS)[N]['schema']>;
};

/**
 * Reads the named settings. An empty variable counts as unset, because that is how compose files pass on what is not set.
 * @throws {ConfigurationError} with every problem there is
 */
export function readSettings<Name extends SettingName>(env: Environment, names: readonly Name[]): SettingValues<Name> {
  const problems: string[] = [];
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of names) {
    const setting: Setting = SETTINGS[name];
    const given = givenValue(env, name, setting, problems);
    if (given.unreadable) continue;
    const parsed = setting.schema.safeParse(given.value ?? setting.default);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(...parsed.error.issues.map(({ message }) => `${name} ${message}`));
    if (given.value !== undefined) problems.push(...missingCompanions(env, name, setting));
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return values as SettingValues<Name>;
}

function presentIn(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}

function givenValue(env: Environment, name: string, setting: Setting, problems: string[]) {
  const direct = presentIn(env, name);
  const fileVariable = `${name}_FILE`;
  const file = setting.secret ? presentIn(env, fileVariable) : undefined;
  if (file === undefined) return { value: direct, unreadable: false };
  if (direct !== undefined) {
    problems.push(`${name} and ${fileVariable} are both set: keep one of them`);
    return { value: undefined, unreadable: true };
  }
  try {
    // Editors and `echo` leave a line break at the end of a secret's file.
    const value = readFileSync(file, 'utf8').trimEnd();
    if (value !== '') return { value, unreadable: false };
    problems.push(`${fileVariable} names a file that is empty: write the secret into it`);
    return { value: undefined, unreadable: true };
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    problems.push(`${fileVariable} names a file that cannot be read (${code}): mend the path or its permissions`);
    return { value: undefined, unreadable: true };
  }
}

function missingCompanions(env: Environment, name: string, setting: Setting): string[] {
  return (setting.needs ?? [])
    .filter((needed) => !presentIn(env, needed) && !presentIn(env, `${needed}_FILE`))
    .map((needed) => `${needed} is missing: ${name} is set and needs it`);
}

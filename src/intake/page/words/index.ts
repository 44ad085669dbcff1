import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import type { Words } from './words';

export type { FaultKind, Said, Status, Words } from './words';

/** Another language is one more file, named here. */
export const LANGUAGES = { en, de, fr, es } satisfies Record<string, Words>;
export type Language = keyof typeof LANGUAGES;

export function isLanguage(tag: unknown): tag is Language {
  return typeof tag === 'string' && Object.hasOwn(LANGUAGES, tag);
}

/** The first language that we have of what a browser says it wants, such as `de-AT,de;q=0.9,en;q=0.5`. @public */
export function languageWanted(acceptLanguage: string | undefined): Language | undefined {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean) ?? '1';
      return { language: tag.split('-')[0] ?? '', weight: Number(weight) || 0 };
    });
  wanted.sort((one, other) => other.weight - one.weight);
  return wanted.map(({ language }) => language).find(isLanguage);
}

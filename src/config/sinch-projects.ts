import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PROJECT_PATTERN } from '@number-orders/contract';
import { baseUrl, callbackSecret, text, url } from './schemas';

const project = z.strictObject(
  {
    projectId: text.optional(),
    keyId: text.optional(),
    keySecret: text.optional(),
    callbackSecret: callbackSecret.optional(),
    callsPerSecond: z
      .int({ error: 'must be a whole number' })
      .min(1, { error: 'must be at least 1' })
      .max(9_999_999, { error: 'must be at most 9999999' })
      .optional(),
    numbersUrl: baseUrl.optional(),
    authUrl: url.optional(),
  },
  {
    error: (issue) => (issue.code === 'unrecognized_keys' ? 'has an unknown field' : 'must be an object'),
  },
);

/** The settings of a named project. The process decides which are required: a receiver needs one secret. */
export type StatedProject = z.output<typeof project>;

/** The label of the default project in metrics. */
const RESERVED = 'default';

/** Name → project, as JSON or in a file. A problem names project and field, and never a value. */
export const sinchProjects = text.transform((value, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  const json = value.trimStart().startsWith('{') ? value : contentOf(value);
  if (typeof json !== 'string') return refuse(`names a file that cannot be read (${json.code}): fix the path`);
  let stated: unknown;
  try {
    stated = JSON.parse(json);
  } catch {
    return refuse('must be JSON: name → { projectId, keyId, keySecret, callbackSecret }');
  }
  const read = z.record(z.string(), project).safeParse(stated);
  if (!read.success) {
    for (const { path, message } of read.error.issues) refuse(`has a wrong entry: ${path.join('.')} ${message}`);
    return z.NEVER;
  }
  const odd = Object.keys(read.data).some((name) => !PROJECT_PATTERN.test(name) || name === RESERVED);
  return odd
    ? refuse(
        `must name projects with 1 to 64 letters, digits, dots, dashes or underscores, and none of them ${RESERVED}`,
      )
    : new Map(Object.entries(read.data));
});

function contentOf(path: string): string | { code: string } {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown error' };
  }
}

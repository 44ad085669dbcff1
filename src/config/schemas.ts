import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, resolve } from 'node:path';
import { z } from 'zod';
import { parseDuration } from '@number-orders/contract';
import type { KeySource } from '../data-converter';
import { parseKeyList } from '../data-converter/keys';

/** The forms of values in the environment. Each refusal says what to write, and never repeats the value. */

export const text = z.string({ error: 'is missing: set it' }).regex(/\S/, { error: 'is blank: set it' });

export const url = text.refine((value) => URL.canParse(value) && /^https?:\/\/[^\s@#]+$/i.test(value), {
  error: 'must be an http or https URL, without user, password or fragment',
});

/** A URL that paths are appended to. */
export const baseUrl = url.refine((value) => !value.includes('?'), { error: 'must be a URL without a query' });

export const milliseconds = text.transform((value, context) => {
  const duration = parseDuration(value);
  if (duration !== undefined) return duration;
  context.addIssue({ code: 'custom', message: 'must be a number and a unit, such as 30 seconds, 5 minutes or 2 days' });
  return z.NEVER;
});

/** A past time: a future one would stop orders until then. Milliseconds since the epoch. */
export const pastTime = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time such as 2026-01-31T18:00:00Z' })
  .transform((value) => Date.parse(value))
  .refine((time) => time <= Date.now(), { error: 'must not lie in the future' });

export const wait = milliseconds.refine((value) => value >= 1_000, { error: 'must be at least 1 second' });

export const count = text
  .regex(/^[1-9]\d{0,6}$/, { error: 'must be a whole number from 1 to 9999999' })
  .transform(Number);

/** For limits of Temporal's worker that must be two: one for cached orders, one for the others. */
export const atLeastTwo = count.refine((value) => value >= 2, { error: 'must be at least 2' });

/** Ascending shares of a time; none if `off`. */
export const shares = text
  .transform((value) => (value === 'off' ? [] : value.split(',').map((each) => each.trim())))
  .refine(
    (list) =>
      list.every((each) => /^0?\.\d{1,3}$/.test(each)) &&
      list.every((each, i) => Number(each) > Number(list[i - 1] ?? 0)),
    { error: 'must be shares such as 0.5,0.75,0.9, each more than the one before and less than 1, or off' },
  )
  .transform((list) => list.map(Number));

/** A share of a whole. */
export const share = text
  .refine((value) => /^\d?\.?\d{1,2}$/.test(value) && Number(value) > 0 && Number(value) <= 1, {
    error: 'must be a share such as 0.8, more than 0 and at most 1',
  })
  .transform(Number);

export const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((value) => value === 'true');

/** OpenTelemetry's form of a flag. */
export const anyCaseFlag = text.transform((value) => value.toLowerCase()).pipe(flag);

export const hosts = text
  .transform((value) => value.split(',').map((host) => host.trim().toLowerCase()))
  .refine((list) => list.every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/.test(host)), {
    error: 'must be host or host:port, separated by commas, without scheme or path',
  });

export const addresses = text
  .transform((value) => value.split(',').map((address) => address.trim()))
  .pipe(
    z.array(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
        error: 'must be IP addresses or networks such as 10.0.0.0/8, separated by commas',
      }),
    ),
  );

export const keyList = text.transform((value, context) => {
  try {
    return parseKeyList(value);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'cannot be read' });
    return z.NEVER;
  }
});

export const callbackSecret = text.regex(/^[a-zA-Z0-9-]{32,64}$/, {
  error: 'must be 32 to 64 letters, digits or dashes',
});

const load = createRequire(__filename);

/** The path of a module that exports one as `keySource`. */
export const keySource = text.transform((path, context) => {
  try {
    const { keySource } = load(resolve(path)) as { keySource?: Partial<KeySource> };
    if (typeof keySource?.current === 'function' && typeof keySource.find === 'function') return keySource as KeySource;
    context.addIssue({
      code: 'custom',
      message: 'must name a module that exports keySource, with current() and find(id)',
    });
  } catch (error) {
    // Only the code: a module's own message may quote a secret.
    const { code = 'it throws' } = error as NodeJS.ErrnoException;
    context.addIssue({
      code: 'custom',
      message: `names a module that cannot be loaded (${code}): fix the path or the module`,
    });
  }
  return z.NEVER;
});

const SERVICE_TOKEN =
  /^([A-Za-z0-9._-]{1,64}):((?:documents|links|read)(?:\+(?:documents|links|read))*):([A-Za-z0-9._~+/=-]{20,})$/;

/** `name:scope+scope:token[,…]`. A problem names its position and never its value. */
export const serviceTokens = text.transform((value, context) => {
  const tokens = value.split(',').flatMap((entry, index) => {
    const [, name, scopes, token] = SERVICE_TOKEN.exec(entry.trim()) ?? [];
    if (name !== undefined && scopes !== undefined && token !== undefined)
      return [{ name, scopes: scopes.split('+') as ('documents' | 'links' | 'read')[], token }];
    const message = `must be name:scopes:token, separated by commas, scopes documents, links or read joined by +, each token 20 characters or more: see token ${index + 1}`;
    context.addIssue({ code: 'custom', message });
    return [];
  });
  if (new Set(tokens.map(({ name }) => name)).size < tokens.length)
    context.addIssue({ code: 'custom', message: 'must not have two tokens of one name' });
  return tokens;
});

export const origin = text.refine((value) => URL.canParse(value) && new URL(value).origin === value, {
  error: 'must be an origin such as https://temporal.example:8080, without path or slash at the end',
});

/** Browsers send secure cookies only there. */
export const secureOrigin = origin.refine(
  (value) => value.startsWith('https:') || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(value).hostname),
  { error: 'must begin with https://; http:// is allowed only for this machine' },
);

export const colour = text.regex(/^#[0-9a-fA-F]{6}$/, { error: 'must be a colour such as #2456c8' });

const IMAGES: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

/** The path of an image, read at once. */
export const imagePath = text.transform((path, context) => {
  const mimeType = IMAGES[extname(path).toLowerCase()];
  try {
    if (mimeType !== undefined) return { bytes: new Uint8Array(readFileSync(path)), mimeType };
    context.addIssue({ code: 'custom', message: `must name a file that ends in ${Object.keys(IMAGES).join(', ')}` });
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    context.addIssue({
      code: 'custom',
      message: `names a file that cannot be read (${code}): correct the path or its permissions`,
    });
  }
  return z.NEVER;
});

export const listenAddress = text.transform((value, context) => {
  if (value === 'off') return undefined;
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/.exec(value);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host !== undefined && port <= 65_535) return { host, port };
  context.addIssue({ code: 'custom', message: 'must be host:port, such as 127.0.0.1:8080, or off' });
  return z.NEVER;
});

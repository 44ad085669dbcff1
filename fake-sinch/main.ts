#!/usr/bin/env node
import { z } from 'zod';

import { startFakeSinch } from './index';
import { settingsSchema } from './settings';

/** `reservationSeconds` is `FAKE_SINCH_RESERVATION_SECONDS` in the environment. */
function environmentName(option: string): string {
  return `FAKE_SINCH_${option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

const text = z.string().min(1);
const optionsSchema = z.object({
  host: text,
  port: z.number().int().min(0).max(65_535),
  projectId: text,
  keyId: text,
  keySecret: text,
  hmacSecret: z.string().regex(/^[a-zA-Z0-9-]{32,64}$/, 'must be 32 to 64 letters, digits and hyphens'),
  ...settingsSchema.shape,
});

/** Numbers and booleans are written as in JSON; everything else is text. */
function readEnvironment(): z.output<ReturnType<typeof optionsSchema.partial>> {
  const given = Object.entries(optionsSchema.shape).flatMap(([option, schema]) => {
    const value = process.env[environmentName(option)];
    if (value === undefined || value === '') return [];
    return [[option, schema instanceof z.ZodString ? value : asJson(value)]];
  });
  const parsed = optionsSchema.partial().safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => `${environmentName(String(path[0]))}: ${message}`);
  throw new Error(complaints.join('\n'));
}

function asJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

async function main(): Promise<void> {
  const fake = await startFakeSinch(readEnvironment());
  console.log(`Fake Sinch at ${fake.url}, tokens at ${fake.authUrl}, control at ${fake.url}/__control`);
  console.log(`Project ${fake.projectId}, key id ${fake.keyId}`);
  const stop = (): void => {
    void fake.close();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

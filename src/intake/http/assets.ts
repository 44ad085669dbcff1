import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { pageScript, styleSheet } from '../page/style-sheet';
import type { Intake, IntakeEnv } from './intake';

interface Asset {
  path: string;
  body: string | Uint8Array<ArrayBuffer>;
  type: string;
}

/** Files of every page. Their paths contain a hash, so that no browser uses an older one. */
function assetsOf({ accent, logo }: Pick<Intake, 'accent' | 'logo'>) {
  const named = (ending: string, type: string, body: Asset['body']): Asset => ({
    path: `/assets/${createHash('sha256').update(body).digest('hex').slice(0, 16)}${ending}`,
    type,
    body,
  });
  return {
    style: named('.css', 'text/css; charset=utf-8', styleSheet(accent)),
    script: named('.js', 'text/javascript; charset=utf-8', pageScript()),
    ...(logo && { logo: named('', logo.mimeType, logo.bytes) }),
  };
}

export function assetPaths(intake: Pick<Intake, 'accent' | 'logo'>) {
  const { style, script } = assetsOf(intake);
  return { style: style.path, script: script.path };
}

export function logoPath(intake: Pick<Intake, 'accent' | 'logo'>): string | undefined {
  return assetsOf(intake).logo?.path;
}

export function assets(intake: Intake): Hono<IntakeEnv> {
  const app = new Hono<IntakeEnv>();
  for (const { path, body, type } of Object.values(assetsOf(intake))) {
    app.get(path, (c) => {
      c.header('cache-control', 'public, max-age=31536000, immutable');
      return c.body(body, 200, { 'content-type': type });
    });
  }
  return app;
}

import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { renderOpenPage } from '../../src/intake/page/other-pages';
import { renderPage } from '../../src/intake/page/render-page';
import { correcting, frame, modelOf, received, refused } from './models';

/** Of the KYC page, for the docs. */
export interface Picture {
  html: () => string;
  screen: BrowserContextOptions;
  /** What stands in the middle; the page's top is shown when left out. */
  around?: string;
}

const DESKTOP: BrowserContextOptions = { viewport: { width: 1000, height: 900 } };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 800 }, deviceScaleFactor: 1.5 };

const asked = modelOf('AU MOBILE');

/** By the names of their files: `docs/images/kyc-page-<name>.png`. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  link: { html: () => renderOpenPage(frame, '/kyc/open'), screen: PHONE },
  desktop: { html: () => renderPage(asked), screen: DESKTOP },
  phone: { html: () => renderPage(asked), screen: PHONE, around: 'End business address' },
  dark: { html: () => renderPage(refused), screen: { ...PHONE, colorScheme: 'dark' } },
  refused: {
    html: () => renderPage(refused),
    screen: DESKTOP,
    around: 'Postal code',
  },
  reviewers: { html: () => renderPage(correcting), screen: DESKTOP },
  done: { html: () => renderPage(received), screen: PHONE },
  de: { html: () => renderPage({ ...asked, language: 'de' }), screen: { ...PHONE, locale: 'de-DE' } },
  fr: { html: () => renderPage({ ...asked, language: 'fr' }), screen: { ...PHONE, locale: 'fr-FR' } },
  es: { html: () => renderPage({ ...asked, language: 'es' }), screen: { ...PHONE, locale: 'es-ES' } },
};

export const pictureFile = (name: string) => join(__dirname, `../../docs/images/kyc-page-${name}.png`);

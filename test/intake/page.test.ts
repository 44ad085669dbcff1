import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { renderBadLinkPage, renderOpenPage, renderTroublePage } from '../../src/intake/page/other-pages';
import { renderPage } from '../../src/intake/page/render-page';
import { isLanguage, LANGUAGES, type Language } from '../../src/intake/page/words';
import { ORDERED_NUMBER } from '@number-orders/contract';
import { postedOf, readPosted, withoutEmptyEntries } from '../../src/intake/page/read-posted';
import { auRegistration, PROOF_OF_IDENTITY } from '../support/kyc';
import { describeInBrowser, launchBrowser } from '../support/web-ui';
import { fillInAustralian } from './fill-in';
import { correcting, frame, modelOf, received, refused } from './models';
import { PICTURES, pictureFile } from './pictures';
import { servePages, type ServedPages } from './served-pages';

const PAGES: Record<string, (language: Language) => string> = {
  asked: (language) => renderPage({ ...modelOf('AU MOBILE'), language }),
  refused: (language) => renderPage({ ...refused, language }),
  correcting: (language) => renderPage({ ...correcting, language }),
  received: (language) => renderPage({ ...received, language }),
  reviewing: (language) => renderPage({ ...modelOf('AU MOBILE', { phase: 'reviewing' }), language }),
  open: (language) => renderOpenPage({ ...frame, language }, '/kyc/open'),
  bad: (language) => renderBadLinkPage({ ...frame, language }),
  trouble: (language) => renderTroublePage({ ...frame, language }),
};

const PHONE = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 900 };

/** What a person has it on. Rules that ask neither for colours nor for widths need no second look. */
const SCREENS = [
  { viewport: PHONE, colorScheme: 'light', rules: undefined },
  { viewport: PHONE, colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  { viewport: DESKTOP, colorScheme: 'dark', rules: undefined },
  { viewport: DESKTOP, colorScheme: 'light', rules: ['color-contrast', 'link-in-text-block'] },
] as const;

/** What axe-core finds, by its rules or some of them. */
const violations = (page: Page, rules?: readonly string[]) =>
  page.evaluate<unknown>(`axe.run(${JSON.stringify(rules ? { runOnly: rules } : {})}).then(({ violations }) =>
    violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => html + failureSummary)]))`);
/** Pixels that would have to be scrolled to sideways. */
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describeInBrowser('the KYC page in a browser', () => {
  let browser: Browser;
  let served: ServedPages;

  beforeAll(async () => {
    browser = await launchBrowser();
    served = await servePages();
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  async function open(html: string, options: BrowserContextOptions = {}): Promise<Page> {
    served.pages.set('/form', html);
    const page = await browser.newPage({ timezoneId: 'Australia/Sydney', locale: 'en-AU', ...options });
    await page.goto(`${served.url}/form`);
    return page;
  }

  it.each(Object.entries(PAGES))(
    'is accessible (%s): axe-core finds no violation, and nothing needs sideways scrolling',
    async (_which, render) => {
      // The test puts axe-core into the page, which the page's own policy rightly forbids.
      const page = await open(render('en'), { bypassCSP: true });
      await page.evaluate(AXE);
      for (const { viewport, colorScheme, rules } of SCREENS) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const found = [await violations(page, rules), await page.evaluate<unknown>(TOO_WIDE)];
        expect([viewport.width, colorScheme, ...found]).toEqual([viewport.width, colorScheme, [], 0]);
      }
      await page.close();
    },
  );

  it.each(
    Object.keys(LANGUAGES)
      .filter(isLanguage)
      .filter((language) => language !== 'en'),
  )("is accessible in the language %s, and marks Sinch's texts as English", async (language) => {
    const page = await open(PAGES.refused!(language), { bypassCSP: true });
    await page.evaluate(AXE);
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    for (const text of ['Postal code', 'An Australian postal code has four digits.', 'Proof of identity'])
      expect(await page.locator('[lang=en]', { hasText: text }).count()).toBeGreaterThan(0);
    await page.close();
  });

  it.each([true, false])(
    'sends what a person fills in, in a form that the intake reads back (with script: %s)',
    async (javaScriptEnabled) => {
      const page = await open(renderPage(modelOf('AU MOBILE')), { javaScriptEnabled });
      served.pages.set('/answer', renderPage(received));
      await fillInAustralian(page);
      await page.getByRole('button', { name: 'Check and send' }).click();
      await page.getByText('Everything has been received').waitFor();

      const [sender, company, contact] = (auRegistration() as { data: [object[], object, object] }).data;
      const expected = [[{ ...sender[0], senderId: ORDERED_NUMBER }], company, contact];
      expect(withoutEmptyEntries(readPosted(modelOf('AU MOBILE').form, postedOf(served.posted)))).toEqual(expected);
      expect(served.posted).toContainEqual(['do', 'send']);
      await page.close();
    },
  );

  it.each([true, false])(
    'sends values that seem wrong only with "Send anyway" (with script: %s)',
    async (javaScriptEnabled) => {
      const page = await open(renderPage(modelOf('AU MOBILE')), { javaScriptEnabled });
      served.posted = [];
      served.pages.set('/answer', renderPage(received));
      await fillInAustralian(page);
      await page.getByLabel('Postal code').fill('unknown');
      await page.getByRole('button', { name: 'Check and send' }).click();
      // The browser itself shows its words in a bubble, which is no part of the page.
      if (javaScriptEnabled) await page.getByText('An Australian postal code has four digits.').waitFor();
      expect(served.posted).toEqual([]);

      await page.getByRole('button', { name: 'Send anyway' }).click();
      await page.getByText('Everything has been received').waitFor();
      expect(served.posted).toEqual(
        expect.arrayContaining([
          ['1.0.postalCode', 'unknown'],
          ['do', 'anyway'],
        ]),
      );
      await page.close();
    },
  );

  it.each([true, false])(
    'can send a document while the rest is still to be filled in (with script: %s)',
    async (javaScriptEnabled) => {
      const page = await open(renderPage(modelOf('AU MOBILE')), { javaScriptEnabled });
      served.pages.set('/answer', renderPage(received));
      await page
        .getByLabel('File Proof of identity')
        .setInputFiles({ name: 'me.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
      await page.getByRole('button', { name: 'Send this document' }).first().click();
      await page.getByText('Everything has been received').waitFor();
      expect(served.posted).toEqual(
        expect.arrayContaining([
          [`document.${PROOF_OF_IDENTITY}`, 'a file of 4 bytes'],
          ['do', 'documents'],
        ]),
      );
      await page.close();
    },
  );

  it('says what is wrong with a field when it is left, and that it is right once it is corrected', async () => {
    const page = await open(renderPage(modelOf('AU MOBILE', { language: 'de' })));
    const city = page.getByLabel('Postal code');
    await city.focus();
    await page.keyboard.press('Tab');
    expect(await page.locator('.error:visible').count()).toBe(0);

    await city.fill('30');
    await city.blur();
    expect(await page.locator('.error:visible').allInnerTexts()).toEqual([
      'An Australian postal code has four digits.',
    ]);
    expect(await city.getAttribute('aria-invalid')).toBe('true');
    await city.fill('3000');
    await city.blur();
    expect(await page.locator('.error:visible').count()).toBe(0);
    await page.close();
  });

  it("shows the deadline in the reader's time zone, and how much time is left", async () => {
    const page = await open(renderPage(modelOf('AU MOBILE', { deadline: '2099-11-30T14:00:00Z' })));
    expect(await page.locator('.deadline').innerText()).toMatch(
      /Tuesday,? 1 December 2099 at 1:00\sam\s+\(in [\d,]+ days\)/,
    );
    const plain = await open(renderPage(modelOf('AU MOBILE', { deadline: '2099-11-30T14:00:00Z' })), {
      javaScriptEnabled: false,
    });
    expect(await plain.locator('.deadline').innerText()).toMatch(/Monday,? 30 November 2099 at 14:00 UTC/);
    await Promise.all([page.close(), plain.close()]);
  });

  it('says that nothing was sent if the connection is lost, and keeps what was typed in', async () => {
    const page = await open(renderPage(modelOf('AU MOBILE')));
    await fillInAustralian(page);
    await page.route('**/form', (route) => route.abort());
    await page.getByRole('button', { name: 'Check and send' }).click();
    await page.getByText('This could not be sent.').waitFor();
    expect(await page.getByLabel('City').inputValue()).toBe('Melbourne');
    await page.close();
  });

  it.each([
    ['one country', 'AU MOBILE'],
    ['another', 'DE LOCAL'],
    ['one with yes or no', 'ES MOBILE'],
    ['plain names', 'GB MOBILE'],
  ])('shows texts of requirements as text, never as code: those of %s, with hostile texts', async (_which, which) => {
    const hostile =
      '</textarea><script>globalThis.hacked = true</script><img src=x onerror="globalThis.hacked = true">';
    const html = renderPage(
      modelOf(which, {
        form: {
          schema: {},
          sections: modelOf(which).form.sections.map((section) => ({
            ...section,
            title: hostile,
            fields: section.fields.map((each) => ({
              ...each,
              title: hostile,
              description: hostile,
              examples: [hostile],
              messages: { default: hostile },
              ...(each.choices && { choices: [hostile] }),
            })),
          })),
        },
        documents: [
          {
            asked: {
              id: '"><script>hacked()</script>',
              mandatory: true,
              template: [{ name: hostile, url: 'javascript:hacked()' }],
              allowedMimeTypes: [hostile],
              allowedDocumentTypes: [hostile],
            },
            status: 'needed',
            reasons: [hostile],
          },
        ],
        reviewersAsk: [{ message: hostile, createTime: 'not a time' }],
      }),
    );
    const page = await open(html, { bypassCSP: true });
    expect(await page.evaluate<unknown>('globalThis.hacked')).toBeUndefined();
    expect(await page.locator('main script, main img, [href^="javascript"]').count()).toBe(0);
    await page.close();
  });

  it('is shown in the docs by pictures that `npm run screenshots` takes, each of them small', async () => {
    const docs = readFileSync(join(__dirname, '../../docs/kyc-page.md'), 'utf8');
    for (const [name, { html, screen, around }] of Object.entries(PICTURES)) {
      if (process.env.UPDATE_SCREENSHOTS) {
        const page = await open(html(), screen);
        if (around) await page.getByLabel(around, { exact: true }).scrollIntoViewIfNeeded();
        await page.screenshot({ path: pictureFile(name) });
        await page.close();
      }
      expect(docs).toContain(`images/kyc-page-${name}.png`);
      expect([name, statSync(pictureFile(name)).size > 150_000]).toEqual([name, false]);
    }
  });
});

import { join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../local/browser';
import { logDirectory, root } from '../local/paths';
import { findBrowser } from '../local/tools';
import { auRegistration, PROOF_OF_IDENTITY } from './kyc';

const SCREENSHOT = join(logDirectory, 'demo-kyc-page.png');

/** Somebody who has a link to the KYC page, a passport and a browser. */
export class Person {
  private constructor(private readonly browser: string) {}

  /** Undefined where there is no browser. */
  static async find(): Promise<Person | undefined> {
    const browser = await findBrowser();
    return browser === undefined ? undefined : new Person(browser);
  }

  /**
   * Opens the link, fills in the page and sends it.
   * @returns what the page says then, and where a picture of it is, as it was sent
   */
  async answer(link: string): Promise<{ told: string; picture: string }> {
    const browser = await launchBrowser(this.browser);
    try {
      const page = await browser.newPage({ viewport: { width: 900, height: 1000 } });
      await page.goto(link);
      await page.getByRole('button', { name: 'Continue' }).click();
      await fillIn(page);
      await page.screenshot({ path: SCREENSHOT, fullPage: true });
      await page.getByRole('button', { name: 'Check and send' }).click();
      const told = await page
        .getByRole('heading', { name: /has been received|being reviewed|is registered/ })
        .first()
        .innerText();
      return { told, picture: relative(root, SCREENSHOT) };
    } finally {
      await browser.close();
    }
  }
}

/** Each field by its name on the page: `<section>.<entry>.<field>`. The page itself has filled in the ordered number. */
async function fillIn(page: Page): Promise<void> {
  for (const [section, entries] of (auRegistration as { data: (object | object[])[] }).data.entries())
    for (const [entry, answers] of [entries].flat().entries())
      for (const [field, value] of Object.entries(answers) as [string, string | boolean][]) {
        if (field === 'senderId') continue;
        const named = `[name="${section}.${entry}.${field}"]`;
        if (typeof value === 'boolean') await page.setChecked(named, value);
        else if (await page.locator(`select${named}`).count()) await page.selectOption(named, value);
        else await page.fill(named, value);
      }
  await page.setInputFiles(`[name="document.${PROOF_OF_IDENTITY}"]`, join(root, 'demo/examples/identity.pdf'));
}

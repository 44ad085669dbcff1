import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine } from '../support/command-line';
import { auMobile, gbMobile, gbRegistration, usLocal } from '../support/kyc';
import { sinchOrderOf } from '../support/sinch-orders';
import { pollsEvery } from '../support/order-stand';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';
import { describeInBrowser, launchBrowser, screenshot } from '../support/web-ui';
import { terminalPage } from './terminal-page';

const BATCH = 'spring-2027';
const CLEARED = '\u001b[H\u001b[2J';

const reviewed = (verdict: string) => ({
  ...gbMobile,
  registration: { data: [{ ...gbRegistration.data[0], useCase: verdict }, gbRegistration.data[1]] },
});

/** Orders that end at once, then some that stay open, and some that wait for these. */
const ROWS = [
  ...Array.from({ length: 22 }, () => usLocal),
  ...Array.from({ length: 2 }, () => reviewed('REVIEW-REJECT')),
  ...[auMobile, reviewed('REVIEW-STUCK'), auMobile, auMobile, reviewed('REVIEW-STUCK'), auMobile],
  ...Array.from({ length: 10 }, () => auMobile),
].map((order, index) => ({ reference: `${BATCH}-${String(index + 1).padStart(2, '0')}`, ...order }));

/** Each open order with its stage, which visibility knows later than the batch does. */
const ALL_SHOWN =
  /24 of 40 ended, 6 open(?:.*\n)*?\n(?: {2}spring-2027-\d+ {2}(?:AWAITING_KYC +AU {2}lapses 20.*Z|IN_REVIEW +GB)\n){6}/;

describeInBrowser('the live board of a batch', () => {
  const stand = standForAll(devServer, { ports: { polls: pollsEvery(1_000) } });

  it('shows what has ended, what is open and what waits, like the picture in the docs', async () => {
    await stand.client.batches.start(BATCH, ROWS, { maxOpen: 6 });
    let drawn = '';
    const watching = commandLine(stand)(['batch', 'watch', BATCH], { onTerminal: (text) => (drawn = text) });
    while (!ALL_SHOWN.test(drawn)) await delay(50);

    expect(drawn.startsWith(CLEARED)).toBe(true);
    const browser = await launchBrowser();
    const page = await browser.newPage({ deviceScaleFactor: 1.5 });
    await page.setContent(terminalPage(`number-orders batch watch ${BATCH}`, drawn.slice(CLEARED.length)));
    const { width, height } = (await page.locator('body').boundingBox())!;
    await page.setViewportSize({ width: Math.ceil(width), height: Math.ceil(height) });
    await screenshot(page, 'batch-watch');
    await browser.close();
    expect(readFileSync(join(__dirname, '../../docs/batches.md'), 'utf8')).toContain('images/batch-watch.png');

    await stand.client.batches.cancel(BATCH, { reason: 'seen', openOrders: true });
    for (const { reference, registration } of ROWS.slice(24, 30))
      if (registration) stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'REJECTED');
    await expect(watching).resolves.toMatchObject({ code: 0 });
    expect(drawn).toContain(`${BATCH}  ENDED`);
  });
});

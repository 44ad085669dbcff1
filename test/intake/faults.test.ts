import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { auMobile, auRegistration, PROOF_OF_IDENTITY } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { sinchOrderOf } from '../support/sinch-orders';
import { devServer } from '../support/temporal';
import { describeInBrowser, launchBrowser } from '../support/web-ui';
import { FileAttachmentStore } from '../../src/store/file-store';
import { OrderDesk } from '../../src/intake/order/order-desk';
import { chosen, fillInAustralian } from './fill-in';
import { openIntake, type OpenIntake } from './open-intake';

const MEGABYTE = 1_000_000;

describeInBrowser('the KYC page when something goes wrong', () => {
  let browser: Browser;
  let stand: OrderStand;
  let intake: OpenIntake;
  let desk: OrderDesk;
  let store: FileAttachmentStore;

  beforeAll(async () => {
    browser = await launchBrowser();
    stand = await openStand(await devServer());
    desk = new OrderDesk({ client: stand.environment.client, taskQueue: stand.taskQueue, timeoutMs: 3_000 });
    store = new FileAttachmentStore(stand.folder);
    intake = await openIntake(stand, { desk, store });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await intake.close();
    await stand.close();
    await browser.close();
  });

  const waiting = async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };
  async function open(reference: string, context: BrowserContext | Browser = browser): Promise<Page> {
    const page = await context.newPage();
    await page.goto(await intake.link(reference));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'What is needed' }).waitFor();
    return page;
  }
  const choose = (page: Page, file: ReturnType<typeof chosen>) =>
    page.getByLabel('File Proof of identity').setInputFiles(file);
  const sendDocument = (page: Page) => page.getByRole('button', { name: 'Send this document' }).first().click();

  it('has a document sent again without its bytes where its order could not be told', async () => {
    const reference = await waiting();
    const page = await open(reference);
    await choose(page, chosen('passport.pdf'));
    // The order's worker is away: nobody answers.
    await stand.stopWorker();
    const seen = jest.spyOn(desk, 'find').mockResolvedValue(await foundBefore(reference));
    await sendDocument(page);
    await page.getByText('The file has arrived but is not registered yet.').waitFor({ timeout: 30_000 });
    seen.mockRestore();
    await stand.startWorker();

    await sendDocument(page);
    await page.getByText('Received. Thank you.').first().waitFor();
    await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'COMPLETED');
    expect(await sinchOrderOf(stand, reference)).toMatchObject({
      attachments: { [PROOF_OF_IDENTITY]: { uploads: 1 } },
    });
    await page.close();
  });
  /** The intake has asked the order before the worker went: a query takes a worker too. */
  async function foundBefore(reference: string) {
    await stand.startWorker();
    const found = await desk.find(reference);
    await stand.stopWorker();
    return found;
  }

  it('says that a file must be chosen again where it could not be stored, and keeps what was typed in', async () => {
    const reference = await waiting();
    const page = await open(reference);
    await page.getByLabel('City', { exact: true }).fill('Melbourne');
    await choose(page, chosen('passport.pdf'));
    jest.spyOn(store, 'put').mockRejectedValue(new Error('the disk is full'));
    await sendDocument(page);
    await page.getByText('Please choose it again and send it.').waitFor();
    expect(await page.getByLabel('City', { exact: true }).inputValue()).toBe('Melbourne');
    expect((await stand.client.order(reference)).attachments).toEqual([]);
    await page.close();
  });

  it('keeps nothing of a document that breaks off at 99 %, and tells its order nothing', async () => {
    const reference = await waiting();
    const page = await open(reference);
    const [cookie] = await page.context().cookies();
    const boundary = 'x'.repeat(30);
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="document.${PROOF_OF_IDENTITY}"; filename="p.pdf"\r\n\r\n`;
    await new Promise((resolve) => {
      const sent = request(`${intake.url}/kyc/orders/${reference}`, {
        method: 'POST',
        headers: {
          origin: intake.url,
          cookie: `${cookie!.name}=${cookie!.value}`,
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': String(head.length + MEGABYTE),
        },
      });
      sent.on('error', resolve).on('close', resolve);
      sent.write(head);
      sent.write(randomBytes(0.99 * MEGABYTE), () => setTimeout(() => sent.destroy(), 50));
    });
    for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((wait) => setTimeout(wait, 50)))
      if ((await filesOf(reference)).length === 0) break;
    expect(await filesOf(reference)).toEqual([]);
    expect((await stand.client.order(reference)).attachments).toEqual([]);
    await page.close();
  });
  const filesOf = (reference: string) => readdir(path.join(stand.folder, reference)).catch(() => []);

  it.each<[string, ReturnType<typeof chosen>, string]>([
    ['of 0 bytes', chosen('nothing.pdf', ''), 'The file is empty.'],
    ['of 21 MB', chosen('large.pdf', Buffer.alloc(21 * MEGABYTE)), 'The file is too large.'],
  ])('says of a file %s what is wrong with it, with a script and without', async (_which, file, words) => {
    const reference = await waiting();
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await open(reference, context);
      await choose(page, file);
      if (!javaScriptEnabled) await sendDocument(page);
      await page.getByText(words).first().waitFor();
      await context.close();
    }
    expect((await stand.client.order(reference)).attachments).toEqual([]);
  });

  it.each([
    ['in another alphabet', 'паспорт – 護照 🛂.pdf', 'паспорт – 護照 🛂.pdf'],
    ['that is a path', 'C:\\Users\\Alex\\passport.pdf', 'passport.pdf'],
    ['with quotes', 'my "passport".pdf', /passport/],
    ['that is long', `${'x'.repeat(230)}.pdf`, /^x+\.pdf$/],
  ])('takes a file with a name %s', async (_which, name, expected) => {
    const reference = await waiting();
    const page = await open(reference);
    await choose(page, chosen(name));
    await sendDocument(page);
    await page.getByText('Received. Thank you.').first().waitFor();
    const { attachments } = await stand.client.order(reference);
    expect(attachments[0]?.fileName).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    await page.close();
  });

  it("lets two people fill in one order, and one person two orders, in one browser's tabs", async () => {
    const [one, other] = [await waiting(), await waiting()];
    const context = await browser.newContext();
    const tabs = [await open(one, context), await open(other, context)];
    const somebody = await open(one);
    for (const [index, tab] of tabs.entries()) {
      await fillInAustralian(tab, { City: `City ${index}` });
      await tab.getByRole('button', { name: 'Check and send' }).click();
      await tab.getByText('Received. Thank you.').first().waitFor();
    }
    await choose(somebody, chosen('passport.pdf'));
    await sendDocument(somebody);
    await somebody
      .getByText(/Received\. Thank you|being reviewed|is registered|link does not work/)
      .first()
      .waitFor();
    expect(await stand.client.result(one)).toMatchObject({ outcome: 'COMPLETED' });
    expect((await stand.client.order(other)).outstanding).toEqual({
      registration: false,
      attachments: [PROOF_OF_IDENTITY],
    });
    await Promise.all([context.close(), somebody.close()]);
  });

  it.each<[string, (reference: string) => Promise<unknown>]>([
    ['is cancelled', (reference) => stand.client.cancel(reference, { reason: 'a test' })],
    ['is erased', (reference) => stand.client.erase(reference, { author: 'a', reason: 'test', force: true })],
    ['has its links revoked', (reference) => stand.client.revokeKycLinks(reference, { author: 'a', reason: 'test' })],
  ])('gives the answer of every bad link where the order %s while the page is open', async (_what, happen) => {
    const reference = await waiting();
    const page = await open(reference);
    await fillInAustralian(page);
    await happen(reference);
    if (!(await stand.client.order(reference)).kycLinksRevokedAt) await stand.client.result(reference);
    await page.getByRole('button', { name: 'Check and send' }).click();
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await page.close();
  });

  it('takes no more messages of an order than it may, and says so', async () => {
    const small = await openIntake(stand, { quotas: { messages: 1 } });
    const reference = await waiting();
    const page = await browser.newPage();
    await page.goto(await small.link(reference));
    await page.getByRole('button', { name: 'Continue' }).click();
    for (const words of ['Received. Thank you.', 'No more can be taken for this number.']) {
      await choose(page, chosen('passport.pdf', randomBytes(9)));
      await page
        .getByText('Send another file instead')
        .first()
        .click({ timeout: 500 })
        .catch(() => undefined);
      await sendDocument(page);
      await page.getByText(words).first().waitFor();
    }
    await page.close();
    await small.close();
  });

  it('takes 50 orders at once, and five people on one', async () => {
    const references = await Promise.all(Array.from({ length: 50 }, waiting));
    const five = references.slice(0, 1).flatMap((each) => Array.from({ length: 5 }, () => each));
    const { client } = stand.environment;
    const patient = new OrderDesk({ client, taskQueue: stand.taskQueue, timeoutMs: 60_000 });
    const answers = await Promise.all(
      [...references.slice(1), ...five].map(async (reference) => {
        const order = await patient.findOpen(reference);
        return patient.register(order, auRegistration(), 'page');
      }),
    );
    expect(answers.filter(({ status }) => !['ACCEPTED', 'KEPT', 'SUPERSEDED'].includes(status))).toEqual([]);
  });

  it('grows by less than 50 MB over a document of 100 MB', async () => {
    const large = await openIntake(stand, { maxDocumentBytes: 200 * MEGABYTE });
    const reference = await waiting();
    const chunk = randomBytes(MEGABYTE);
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
    const answer = await fetch(`${large.url}/v1/orders/${reference}/attachments/unknown`, {
      method: 'PUT',
      headers: {
        authorization: 'Bearer token-of-the-shop-00000000',
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="large.pdf"',
      },
      body: Readable.toWeb(Readable.from(Array.from({ length: 100 }, () => chunk))),
      duplex: 'half',
    });
    clearInterval(watch);
    await large.close();
    expect(answer.status).toBe(200);
    expect((most - before) / MEGABYTE).toBeLessThan(50);
  });
});

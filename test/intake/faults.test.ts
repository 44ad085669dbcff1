import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { workflowIdOf } from '@number-orders/contract';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Door } from '../support/door';
import { auMobile, auRegistration, PROOF_OF_IDENTITY } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { sinchOrderOf } from '../support/sinch-orders';
import { devServer, devServerAddress } from '../support/temporal';
import { describeInBrowser, launchBrowser } from '../support/web-ui';
import { FileAttachmentStore } from '../../src/store/file-store';
import { TemporalUnavailableError } from '../../src/client/errors';
import { OrderDesk } from '../../src/intake/order/order-desk';
import { chosen } from './fill-in';
import { openIntake, type OpenIntake } from './open-intake';

const MEGABYTE = 1_000_000;

describeInBrowser('the KYC page when something goes wrong', () => {
  let browser: Browser;
  let stand: OrderStand;
  let intake: OpenIntake;
  let desk: OrderDesk;
  let store: FileAttachmentStore;
  let small: OpenIntake;
  /** Before Temporal, for the intake alone. */
  let door: Door;
  let connection: Connection;

  beforeAll(async () => {
    browser = await launchBrowser();
    stand = await openStand(await devServer());
    door = await Door.to(devServerAddress());
    connection = await Connection.connect({ address: door.address });
    desk = new OrderDesk({ client: new Client({ connection }), taskQueue: stand.taskQueue, timeoutMs: 8_000 });
    store = new FileAttachmentStore(stand.folder);
    intake = await openIntake(stand, { desk, store });
    small = await openIntake(stand, { maxDocumentBytes: MEGABYTE });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await Promise.all([intake.close(), small.close()]);
    await connection.close();
    door.close();
    await stand.close();
    await browser.close();
  });

  const waiting = async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };
  async function open(
    reference: string,
    context: BrowserContext | Browser = browser,
    at: OpenIntake = intake,
  ): Promise<Page> {
    const page = await context.newPage();
    await page.goto(await at.link(reference));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'What is needed' }).waitFor();
    return page;
  }
  const choose = (page: Page, file: ReturnType<typeof chosen>) =>
    page.getByLabel('File Proof of identity').setInputFiles(file);
  const sendDocument = (page: Page) => page.getByRole('button', { name: 'Send this document' }).first().click();

  async function until(happened: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await happened()); tries++) {
      if (tries > 200) throw new Error('It does not come to what is wanted');
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  it.each<[string, boolean, () => unknown, () => unknown]>([
    ['no worker answers', true, () => stand.stopWorker(), () => stand.startWorker()],
    ['Temporal is away', false, () => door.shut(), () => door.open()],
  ])(
    'asks for a document without its bytes again, and keeps what was typed in, when %s (with script: %s)',
    async (_what, javaScriptEnabled, leave, comeBack) => {
      const reference = await waiting();
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await open(reference, context);
      await page.getByLabel('City', { exact: true }).fill('Melbourne');
      await choose(page, chosen('passport.pdf'));
      await leave();
      await sendDocument(page);
      await page.getByText('The file has arrived but is not registered yet.').waitFor();
      expect(await page.getByLabel('City', { exact: true }).inputValue()).toBe('Melbourne');
      await comeBack();
      await until(() => desk.reachesTemporal());

      await sendDocument(page);
      await page.getByText('Received. Thank you.').first().waitFor();
      await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'COMPLETED');
      expect(await sinchOrderOf(stand, reference)).toMatchObject({
        attachments: { [PROOF_OF_IDENTITY]: { uploads: 1 } },
      });
      await context.close();
    },
  );

  it('keeps the form, with what was typed in, if Temporal is down and this intake has not seen the order', async () => {
    const reference = await waiting();
    const page = await open(reference, browser, intake);
    await page.getByLabel('City', { exact: true }).fill('Melbourne');
    jest.spyOn(desk, 'findOrRecall').mockRejectedValue(new TemporalUnavailableError('away'));
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await page.getByText('This could not be sent.').waitFor();
    expect(await page.getByLabel('City', { exact: true }).inputValue()).toBe('Melbourne');
    await page.close();
  });

  it('says that a file must be chosen again if it could not be stored, and keeps what was typed in', async () => {
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

  it('stores nothing of an upload that breaks off at 99 %, and does not tell its order of it', async () => {
    const reference = await waiting();
    const page = await open(reference);
    const [cookie] = await page.context().cookies();
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    const { historyLength } = await handle.describe();
    const boundary = 'x'.repeat(30);
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="document.${PROOF_OF_IDENTITY}"; filename="p.pdf"\r\n\r\n`;
    const sent = request(`${intake.url}/kyc/orders/${reference}`, {
      method: 'POST',
      headers: {
        origin: intake.url,
        cookie: `${cookie!.name}=${cookie!.value}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': String(head.length + MEGABYTE),
      },
    });
    sent.on('error', () => undefined);
    sent.write(head);
    sent.write(randomBytes(0.99 * MEGABYTE));
    // Nearly all of it has come, and is on the disk.
    await until(async () => (await bytesOf(reference)) > 0.9 * MEGABYTE);
    intake.reports.length = 0;
    sent.destroy();

    await until(() => Promise.resolve(intake.reports.length > 0));
    expect(intake.reports).toMatchObject([{ route: '/kyc/orders/:reference', status: 400 }]);
    expect(await bytesOf(reference)).toBe(0);
    expect((await handle.describe()).historyLength).toBe(historyLength);
    await page.reload();
    const document = page.locator('section.document', { hasText: 'Proof of identity' });
    expect(await document.innerText()).toMatch(/Needed/);
    expect(await page.locator('main').innerText()).not.toMatch(/Received/);
    await page.close();
  });
  async function bytesOf(reference: string): Promise<number> {
    const folder = path.join(stand.folder, reference);
    const files = await readdir(folder).catch(() => []);
    // A part may be renamed or gone meanwhile.
    const sizes = files.map((name) =>
      stat(path.join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  it.each<[string, ReturnType<typeof chosen>, string]>([
    ['of 0 bytes', chosen('nothing.pdf', ''), 'The file is empty.'],
    ['that is too large', chosen('large.pdf', Buffer.alloc(2 * MEGABYTE)), 'The file is too large.'],
  ])('says what is wrong with a file %s, with a script and without', async (_which, file, words) => {
    const reference = await waiting();
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await open(reference, context, small);
      await choose(page, file);
      if (!javaScriptEnabled) await sendDocument(page);
      await page.getByText(words).first().waitFor();
      await context.close();
    }
    expect((await stand.client.order(reference)).attachments).toEqual([]);
  });

  it('accepts files with unusual names: in another alphabet, with a path, with quotes, and long', async () => {
    const reference = await waiting();
    const page = await open(reference);
    for (const [name, expected] of [
      ['паспорт – 護照 🛂.pdf', 'паспорт – 護照 🛂.pdf'],
      ['C:\\Users\\Alex\\passport.pdf', 'passport.pdf'],
      ['my "passport".pdf', expect.stringMatching(/passport/) as string],
      [`${'x'.repeat(230)}.pdf`, expect.stringMatching(/^x+\.pdf$/) as string],
    ] as const) {
      await chooseAgain(page, chosen(name));
      await sendDocument(page);
      await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'COMPLETED');
      await page.getByText('Received. Thank you.').first().waitFor();
      expect((await stand.client.order(reference)).attachments).toMatchObject([{ fileName: expected }]);
      await page.reload();
    }
    await page.close();
  });
  /** Where a document has come already, the input for another one is folded. */
  async function chooseAgain(page: Page, file: ReturnType<typeof chosen>): Promise<void> {
    const folded = page.getByText('Send another file instead').first();
    if (await folded.isVisible()) await folded.click();
    await choose(page, file);
  }

  it("shows Sinch's message for a file whose content is not of its type, and accepts another in its place", async () => {
    const reference = await waiting();
    const page = await open(reference);
    await choose(page, chosen('passport.pdf', '<html>', 'text/html'));
    await sendDocument(page);
    await page.getByText('This was not accepted.').first().waitFor();
    await page.getByText(/must be one of application\/pdf/).waitFor();

    // It says that it is a PDF, and Sinch finds that it is none.
    await choose(page, chosen('UPLOAD-FAIL.pdf', 'MZ'));
    await sendDocument(page);
    await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'FAILED');
    await page.reload();
    await page.getByText('Please send again').first().waitFor();

    await choose(page, chosen('passport.pdf'));
    await sendDocument(page);
    await page.getByText('Received. Thank you.').first().waitFor();
    await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'COMPLETED');
    await page.close();
  });

  it.each([
    ['messages', { messages: 1 }],
    ['bytes', { bytes: 15 }],
  ])('accepts no more %s of an order than the limit, and says so', async (_what, quotas) => {
    const bounded = await openIntake(stand, { quotas });
    const reference = await waiting();
    const page = await open(reference, browser, bounded);
    for (const words of ['Received. Thank you.', 'No more can be taken for this number.']) {
      await chooseAgain(page, chosen('passport.pdf', randomBytes(9)));
      await sendDocument(page);
      await page.getByText(words).first().waitFor();
    }
    expect(await sinchOrderOf(stand, reference)).toMatchObject({
      attachments: { [PROOF_OF_IDENTITY]: { uploads: 1 } },
    });
    await page.close();
    await bounded.close();
  });

  it('accepts 50 orders at once, and five people filling in one of them', async () => {
    const references: string[] = [];
    while (references.length < 50) references.push(...(await Promise.all(Array.from({ length: 10 }, waiting))));
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
});

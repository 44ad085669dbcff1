import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { devServer } from '../support/temporal';
import { auMobile, auRegistration, proofOfIdentity, PROOF_OF_IDENTITY } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { describeInBrowser, launchBrowser } from '../support/web-ui';
import { chosen, fillInAustralian } from './fill-in';
import { openIntake, type OpenIntake } from './open-intake';

const MESSAGES_OF_A_RUN = 10;

interface Visit {
  script?: boolean;
  /** A browser that others have pages in too. */
  context?: BrowserContext;
}

describeInBrowser('a person who has a link to the KYC page', () => {
  let browser: Browser;
  let stand: OrderStand;
  let intake: OpenIntake;

  beforeAll(async () => {
    browser = await launchBrowser();
    stand = await openStand(await devServer(), { policy: { continueAsNewMessages: MESSAGES_OF_A_RUN } });
    intake = await openIntake(stand);
  });
  afterAll(async () => {
    await intake.close();
    await stand.close();
    await browser.close();
  });

  const waiting = async (order = auMobile) => {
    const reference = await stand.start(order);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };
  const open = async (reference: string, { script = true, context }: Visit = {}): Promise<Page> => {
    const page = context ? await context.newPage() : await browser.newPage({ javaScriptEnabled: script });
    await page.goto(await intake.link(reference));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'What is needed' }).waitFor();
    return page;
  };

  it.each([true, false])(
    'can complete an Australian order with nothing but the page (with script: %s)',
    async (script) => {
      const reference = await waiting();
      const page = await open(reference, { script });
      const { phoneNumbers } = await stand.client.order(reference);
      await page.getByText(phoneNumbers[0]!).first().waitFor();
      await fillInAustralian(page);
      await page.getByLabel('File Proof of identity').setInputFiles(chosen('passport.pdf'));
      await page.getByRole('button', { name: 'Check and send' }).click();

      await page.getByText(/Everything has been received|being reviewed|is registered/).waitFor();
      const { outcome } = await stand.client.result(reference);
      expect(outcome).toBe('COMPLETED');
      // The page sends a stand-in, so that a renewal cannot make the number a wrong one; Sinch gets the number itself.
      const { sinchOrderId } = await stand.client.order(reference);
      const {
        data: [sender, ...rest],
      } = auRegistration() as { data: [object[], ...object[]] };
      expect(stand.fake.control.registrationOf(sinchOrderId!)).toEqual({
        data: [[{ ...sender[0], senderId: phoneNumbers[0] }], ...rest],
      });
      await page.close();
    },
  );

  it.each([true, false])(
    'can correct what Sinch refuses, and finds every other answer unchanged (with script: %s)',
    async (script) => {
      const reference = await waiting();
      const page = await open(reference, { script });
      await fillInAustralian(page, { 'Postal code': 'unknown' });
      await page.getByLabel('File Proof of identity').setInputFiles(chosen('passport.pdf'));
      await page.getByRole('button', { name: 'Send anyway' }).click();

      await page.getByRole('heading', { name: /needs? your attention/ }).waitFor();
      const postalCode = page.getByLabel('Postal code', { exact: true });
      expect(await postalCode.inputValue()).toBe('unknown');
      expect(await postalCode.getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByLabel('City', { exact: true }).inputValue()).toBe('Melbourne');
      // The document was taken all the same, and need not be sent again.
      await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'COMPLETED');

      await postalCode.fill('3000');
      await page.getByRole('button', { name: 'Check and send' }).click();
      await page.getByText(/Everything has been received|being reviewed|is registered/).waitFor();
      expect(await stand.client.result(reference)).toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
      await stand.checkHistory(reference);
      await page.close();
    },
  );

  it.each([true, false])(
    'can read what the reviewers ask for, and send another document (with script: %s)',
    async (script) => {
      stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'], message: 'The passport cannot be read.' });
      const reference = await stand.start({ ...auMobile, registration: auRegistration() });
      await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity());
      await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

      const page = await open(reference, { script });
      await page.getByRole('heading', { name: 'The reviewers have a request' }).waitFor();
      await page.getByText('The passport cannot be read.').waitFor();
      await page.getByText('Send another file instead').first().click();
      await page.getByLabel('File Proof of identity').setInputFiles(chosen('passport-again.pdf'));
      await page.getByRole('button', { name: 'Send this document' }).first().click();
      await page
        .getByText(/Received\. Thank you|being reviewed|is registered|link does not work/)
        .first()
        .waitFor();

      expect(await stand.client.result(reference)).toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
      await stand.checkHistory(reference);
      await page.close();
    },
  );

  it('cannot see what was sent before, even by another holder of the same link', async () => {
    const reference = await waiting();
    const page = await open(reference);
    await fillInAustralian(page, { City: 'Wollongong' });
    await page.getByRole('button', { name: 'Check and send' }).click();
    await page.getByText('Received. Thank you.').first().waitFor();

    const other = await open(reference);
    await other.getByRole('link', { name: 'Send different details' }).click();
    await other.getByLabel('City', { exact: true }).waitFor();
    for (const each of [page, other]) expect(await each.content()).not.toMatch(/Wollongong|Alex|\+61491570156/);
    await Promise.all([page.close(), other.close()]);
  });

  it('can send a form that was filled in before the order was renewed, for the number that the order has then', async () => {
    stand.fake.control.planNextOrder({ reservationSeconds: 20 });
    const reference = await stand.start({ ...auMobile, onExpiry: 'renew' });
    const { phoneNumbers: before } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.removeNumber(before[0]!);
    const page = await open(reference);
    await fillInAustralian(page);
    await page.getByLabel('File Proof of identity').setInputFiles(chosen('passport.pdf'));
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    for (let message = 0; message < MESSAGES_OF_A_RUN; message++) await handle.signal(SIGNAL.sinchEvent, {});
    await stand.view(reference, ({ stage, attempt }) => stage === 'AWAITING_KYC' && attempt === 2);
    expect((await stand.runs(reference)).length).toBeGreaterThan(1);

    await page.getByRole('button', { name: 'Check and send' }).click();
    await page
      .getByText(/Everything has been received|being reviewed|is registered/)
      .first()
      .waitFor();
    const { outcome, phoneNumbers, attempts } = await stand.client.result(reference);
    expect([outcome, attempts]).toEqual(['COMPLETED', 2]);
    expect(phoneNumbers).not.toEqual(before);
    const { sinchOrderId } = await stand.client.order(reference);
    expect(stand.fake.control.registrationOf(sinchOrderId!)).toMatchObject({
      data: [[{ senderId: phoneNumbers[0] }], {}, {}],
    });
    await page.close();
  });

  it('can fill in one order with another person, and two orders at once, in tabs of one browser', async () => {
    const [one, other] = [await waiting(), await waiting()];
    const context = await browser.newContext();
    const tabs = [await open(one, { context }), await open(other, { context })];
    const somebody = await open(one);
    for (const [index, tab] of tabs.entries()) {
      await fillInAustralian(tab, { City: `City ${index}` });
      await tab.getByRole('button', { name: 'Check and send' }).click();
      await tab.getByText('Received. Thank you.').first().waitFor();
    }
    await somebody.getByLabel('File Proof of identity').setInputFiles(chosen('passport.pdf'));
    await somebody.getByRole('button', { name: 'Send this document' }).first().click();
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
  ])('gets the answer of every bad link if the order %s while the page is open', async (_what, happen) => {
    const reference = await waiting();
    const page = await open(reference);
    await happen(reference);
    if (!(await stand.client.order(reference)).kycLinksRevokedAt) await stand.client.result(reference);
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await page.close();
  });
});

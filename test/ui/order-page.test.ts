import { PROOF_OF_IDENTITY, auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { describeInBrowser, screenshot, WebUi } from '../support/web-ui';

describeInBrowser("an operator who opens an order in Temporal's Web UI", () => {
  let ui: WebUi;
  let stand: OrderStand;

  beforeAll(async () => {
    ui = await WebUi.open();
    stand = await openStand(ui.environment);
  }, 120_000);
  afterAll(async () => {
    await stand.close();
    await ui.close();
  });

  const started = async (reference: string, order: typeof auMobile) => {
    await stand.client.start({ reference, ...order });
    return reference;
  };

  it('sees what a waiting order waits for, its deadline, and what can be done', async () => {
    const reference = await started('shop-4711', auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration({ postalCode: 'unknown' }));

    const { page, board } = await ui.board(reference);

    await expect(board()).resolves.toContain('Waiting for KYC');
    expect(await board()).toMatch(/Number: \+614\d+/);
    expect(await board()).toContain('Missing: registration, refused: send it again');
    expect(await board()).toContain(`Missing: Proof of identity (${PROOF_OF_IDENTITY}), not received`);
    expect(await board()).toContain('Passport or driving licence of the person who signs for the business');
    expect(await board()).toContain('Registration refused, fields: Postal code (requestDetails.data[1].postalCode)');
    expect(await board()).toMatch(/To be complete by 20.+ UTC \(47 h \d+ min left at \d\d:\d\d\)/);
    expect(await board()).toContain(`number-orders attach shop-4711 FILE --id ${PROOF_OF_IDENTITY}`);
    for (const summary of ['Reminder of what is missing', 'Reserve +614']) {
      await page.getByText(summary).first().waitFor();
      await expect(page.getByText(summary).count()).resolves.toBe(1);
    }
    await screenshot(page, 'order-waiting');
  });

  it("sees that a blocked order needs action, and finds the reviewers' messages on the tab Queries", async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK'], message: 'The name CANARY cannot be read' });
    const reference = await started('shop-4712', { ...auMobile, registration: auRegistration() });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    const { page, board, addresses } = await ui.board(reference);

    expect(await board()).toContain('Action required: Sinch’s reviewers have blocked the order');
    expect(await board()).toMatch(/Sinch’s reviewers last wrote at 20.+ UTC/);
    expect(await board()).toContain('number-orders register shop-4712 REGISTRATION.json');
    expect(await board()).toContain(
      `Or send Proof of identity, if they ask for it: number-orders attach shop-4712 FILE --id ${PROOF_OF_IDENTITY}`,
    );
    expect(await board()).toMatch(/The reviewers may give up at about 20.+ UTC/);
    const summary = page.getByText('Until the order is no longer BLOCKED, or the reviewers write');
    await summary.first().waitFor();
    await expect(summary.count()).resolves.toBe(1);
    await screenshot(page, 'order-blocked');

    await page.getByRole('tab', { name: 'Queries' }).click();
    await page.getByRole('button', { name: 'Run Query' }).click();
    await page.getByText('The name CANARY cannot be read').waitFor();
    // What may echo KYC must not become part of an address: servers and proxies log those.
    expect(addresses().filter((address) => address.includes('CANARY'))).toEqual([]);
  });

  it('sees why an order expired, and what happened to its reservation', async () => {
    stand.fake.control.planNextOrder({ reservationSeconds: 3 });
    const reference = await started('shop-4713', auMobile);
    await stand.client.result(reference);

    const { page, board } = await ui.board(reference);

    expect(await board()).toContain('Expired: the reservation ran out before the order was submitted');
    expect(await board()).toMatch(/\+614\d+: LAPS(ED|ING)/);
    expect(await board()).toContain(`Missing: Proof of identity (${PROOF_OF_IDENTITY}), not received`);
    await screenshot(page, 'order-expired');
  });

  it('sees that a completed order has its number, and how to release it', async () => {
    const reference = await started('shop-4714', auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity());
    const { phoneNumbers } = await stand.client.result(reference);

    const { page, board } = await ui.board(reference);

    expect(await board()).toContain('Completed: the number can be used');
    expect(await board()).toContain(`number-orders release ${phoneNumbers[0]!} --yes`);
    expect(await board()).toContain('Done: delete staged files');
    await screenshot(page, 'order-completed');
  });
});

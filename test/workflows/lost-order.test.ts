import { auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';

const OLGA = { author: 'Olga', reason: 'asked by the support' };

describe('row 2: an order that Sinch no longer knows', () => {
  let stand: OrderStand;

  beforeAll(async () => {
    stand = await openStand(await devServer());
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
  });

  async function lostOrder() {
    const reference = await stand.start(auMobile);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.vanishOrder(sinchOrderId);
    await stand.client.reread(reference, OLGA);
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
    return { reference, sinchOrderId };
  }

  it('is written to no more; KYC that comes is kept, and sent when Sinch knows it again', async () => {
    const { reference, sinchOrderId } = await lostOrder();

    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'KEPT' });
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'KEPT' });
    const find = () => stand.fake.control.audit().orders.find(({ idNumberOrder }) => idNumberOrder === sinchOrderId);
    expect(find()).toMatchObject({ registrationPuts: 0, attachments: {}, submitAttempts: 0 });
    stand.fake.control.vanishOrder(sinchOrderId, false);
    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      reservations: [{ sinchOrderId, state: 'COMPLETED' }],
    });
    expect(find()).toMatchObject({ registrationPuts: 1, submits: 1 });
    await stand.checkHistory(reference);
  });

  it('is accounted for when it turns up expired', async () => {
    const { reference, sinchOrderId } = await lostOrder();
    stand.fake.control.vanishOrder(sinchOrderId, false);
    stand.fake.control.moveOrder(sinchOrderId, 'EXPIRED');

    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      reservations: [{ sinchOrderId, state: 'LAPSED' }],
    });
    await stand.checkHistory(reference);
  });

  it('is reported as a possible orphan when the order is cancelled', async () => {
    const { reference, sinchOrderId } = await lostOrder();

    await stand.client.cancel(reference, { reason: 'not wanted any more' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ sinchOrderId, state: 'POSSIBLY_ORPHANED' }],
    });
    await stand.checkHistory(reference);
  });

  it('is reported also when an operator adopts an earlier creation in its place', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const { reference, sinchOrderId } = await lostOrder();
    const earlier = stand.fake.control.audit().orders.at(-2)?.idNumberOrder ?? '';

    await stand.client.adoptOrder(reference, { idNumberOrder: earlier, ...OLGA });
    await stand.view(reference, (view) => view.stage === 'AWAITING_KYC' && view.sinchOrderId === earlier);

    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      reservations: [
        { sinchOrderId, state: 'POSSIBLY_ORPHANED' },
        { sinchOrderId: earlier, state: 'LAPSING' },
      ],
    });
    await stand.checkHistory(reference);
  });
});

import { pollsEvery, type StandOptions } from '../../support/order-stand';
import { alteredOrders, type OrderCall } from '../../support/altered-orders';
import { usLocal } from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'a look' };
const two = {
  ...usLocal,
  selection: { quantity: { requestedQuantity: 2 } },
  smsConfiguration: { servicePlanId: 'plan' },
};
const isAsking = (notices: { message: string }[]) =>
  notices.some(({ message }) => message.includes('names no numbers'));

describe('numbers that Sinch has sold without naming them', () => {
  const { stand, open: openWith } = standToOpen(devServer);
  /** In which answers Sinch names no numbers. */
  let unnamed: OrderCall[];
  const alter = alteredOrders((order, call) => (unnamed.includes(call) ? { ...order, orderNumbers: [] } : order));
  const open = async (options: StandOptions = {}) => {
    unnamed = ['create', 'read', 'submit'];
    await openWith({ alter, ...options, ports: { polls: pollsEvery(100), ...options.ports } });
  };
  const atSinch = () => stand.fake.control.audit().orders.at(-1);

  it('are asked for until they are named, then linked, and only then is the order COMPLETED', async () => {
    await open({ fake: { linkingSeconds: 3_600 } });
    const reference = await stand.start(two);
    const waiting = await stand.view(reference, ({ stage, notices }) => stage === 'PROVISIONING' && isAsking(notices));
    expect(waiting).toMatchObject({ phoneNumbers: [], provisioning: [] });

    unnamed = [];
    const { phoneNumbers } = await stand.view(reference, ({ provisioning }) => provisioning.length > 0);
    expect(phoneNumbers).toEqual(atSinch()?.phoneNumbers);
    stand.fake.control.advance(3_600_000);

    const result = await stand.client.result(reference);
    expect(result).toMatchObject({ outcome: 'COMPLETED', phoneNumbers });
    expect(result.provisioning).toEqual(
      phoneNumbers.map((phoneNumber) => ({ phoneNumber, target: 'SMS', status: 'SUCCESS' })),
    );
    await stand.checkHistory(reference);
  });

  it('are found by their callback address, although another order bought some at the same time', async () => {
    await open({
      ports: { callbackUrl: (reference, attempt) => `https://example.com/${reference}/${String(attempt)}` },
    });
    const [reference, other] = await Promise.all([stand.start(two), stand.start(two)]);

    const found = await Promise.all([stand.client.result(reference), stand.client.result(other)]);

    const sold = new Map(stand.fake.control.audit().orders.map(({ idNumberOrder, ...rest }) => [idNumberOrder, rest]));
    for (const { outcome, sinchOrderId = '', phoneNumbers, provisioning } of found) {
      expect(outcome).toBe('COMPLETED');
      expect(phoneNumbers).toEqual(sold.get(sinchOrderId)?.phoneNumbers);
      expect(provisioning.map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS']);
    }
    await stand.checkHistory(reference);
  });

  async function cancelledInReview() {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start(two);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await stand.client.cancel(reference, { reason: 'not wanted any more' });
    return { reference, sinchOrderId };
  }

  it('are reported as not released if the order was cancelled, and Sinch still does not name them', async () => {
    await open({ policy: { provisioningTimeoutMs: 1_500 } });
    const { reference, sinchOrderId } = await cancelledInReview();
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');
    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ sinchOrderId, state: 'COMPLETED' }],
      compensations: [
        { action: `release the numbers of Sinch order ${sinchOrderId}`, ok: false, detail: 'Sinch does not name them' },
      ],
    });
    await stand.checkHistory(reference);
  });

  it('are released if the order was cancelled, and Sinch names them later, after it did not know the order', async () => {
    await open();
    const { reference, sinchOrderId } = await cancelledInReview();
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');
    await stand.client.reread(reference, OLGA);
    await stand.view(reference, ({ stage, notices }) => stage === 'PROVISIONING' && isAsking(notices));
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'STATUS', status: 404, times: 2 });
    unnamed = [];

    const { outcome, compensations } = await stand.client.result(reference);

    expect(outcome).toBe('CANCELLED');
    expect(compensations.map(({ ok }) => ok)).toEqual([true, true]);
    expect(atSinch()).toMatchObject({ released: true });
    await stand.checkHistory(reference);
  });

  it('are released too if the order is cancelled while they are asked for', async () => {
    await open();
    const reference = await stand.start(two);
    await stand.view(reference, ({ stage, notices }) => stage === 'PROVISIONING' && isAsking(notices));
    await stand.client.cancel(reference, { reason: 'not wanted any more' });
    unnamed = [];

    const { outcome, compensations } = await stand.client.result(reference);

    expect(outcome).toBe('CANCELLED');
    expect(compensations.map(({ ok }) => ok)).toEqual([true, true]);
    expect(atSinch()).toMatchObject({ released: true });
    await stand.checkHistory(reference);
  });

  it('are reported as unknown when the time for linking is over, because COMPLETED alone would hide it', async () => {
    await open({ policy: { provisioningTimeoutMs: 1_500 } });
    const reference = await stand.start(two);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      phoneNumbers: [],
      provisioning: [],
      compensations: [{ action: expect.stringMatching(/^name the numbers of Sinch order /) as string, ok: false }],
    });
    await stand.checkHistory(reference);
  });
});

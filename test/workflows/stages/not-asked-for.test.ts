import type { Selection } from '@number-orders/contract';
import { alteredOrders, type OrderCall } from '../../support/altered-orders';
import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'a look' };
const named = (...phoneNumbers: string[]) => phoneNumbers.map((phoneNumber) => ({ phoneNumber, capabilities: [] }));

describe('numbers that Sinch gives other than those asked for', () => {
  /** What Sinch names in place of its numbers, and in which answers. */
  let numbers: string[] | undefined;
  let calls: OrderCall[];
  const alter = alteredOrders((order, call) =>
    numbers && calls.includes(call) ? { ...order, orderNumbers: named(...numbers) } : order,
  );
  const stand = standForAll(devServer, { alter });
  const atSinch = () => stand.fake.control.audit().orders.at(-1);
  const told = async (reference: string) => (await stand.client.order(reference)).notices.map(({ message }) => message);

  beforeEach(() => {
    numbers = undefined;
    calls = ['create', 'read', 'submit'];
  });

  async function cancel(reference: string) {
    await stand.client.cancel(reference, { reason: 'enough seen' });
    const result = await stand.client.result(reference);
    await stand.checkHistory(reference);
    return result;
  }

  const OTHERS: [string, Selection, string[], string][] = [
    [
      'another number than the one that was asked for',
      { phoneNumber: '+12125550300' },
      ['+12125550999'],
      '+12125550300',
    ],
    ['that number and another', { phoneNumber: '+12125550301' }, ['+12125550301', '+12125550999'], '+12125550301'],
    ['more numbers than were asked for', { quantity: {} }, ['+12125550998', '+12125550999'], '1 number'],
    [
      'numbers of another area',
      { quantity: { requestedQuantity: 2, pattern: '+1212', searchPattern: 'START' } },
      ['+14155550998', '+14155550999'],
      '2 numbers with +1212',
    ],
  ];

  it.each(OTHERS)('are never bought: %s', async (_what, selection, other, askedFor) => {
    numbers = other;
    const reference = await stand.start({ ...usLocal, selection });

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({
      outcome: 'UNAVAILABLE',
      phoneNumbers: [],
      reservations: [{ phoneNumbers: other, state: 'LAPSING', askedFor, accepted: false }],
    });
    expect(result.sinchOrderId).toBeUndefined();
    expect(await told(reference)).toEqual([
      `Sinch has reserved ${other.join(', ')} instead of ${askedFor}: it is left to lapse`,
    ]);
    expect(atSinch()).toMatchObject({ state: 'CREATED', submitAttempts: 0 });
    await stand.checkHistory(reference);
  });

  it('are never bought for a search that they do not match', async () => {
    numbers = ['+14155550999'];
    const search = { pattern: '+1212555', searchPattern: 'START' } as const;
    const reference = await stand.start({ ...usLocal, selection: { search } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'UNAVAILABLE',
      phoneNumbers: [],
      reservations: [{ phoneNumbers: numbers, state: 'LAPSING', accepted: false }],
    });
    expect(atSinch()).toMatchObject({ submitAttempts: 0 });
    await stand.checkHistory(reference);
  });

  it('are not bought either if Sinch names them later, and no KYC is sent for them', async () => {
    const reference = await stand.start({ ...gbMobile, selection: { phoneNumber: '+447911000300' } });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    numbers = ['+447911000999'];

    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'UNAVAILABLE',
      phoneNumbers: [],
      reservations: [{ phoneNumbers: ['+447911000999'], askedFor: '+447911000300', accepted: false }],
    });
    expect(atSinch()).toMatchObject({ submitAttempts: 0, registrationPuts: 0 });
    await stand.checkHistory(reference);
  });

  it('are reported in notices, on the board and in the result if they were bought before they were known', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: '+12125550302' } });
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    numbers = ['+12125550999'];
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');
    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      phoneNumbers: ['+12125550999'],
      reservations: [{ phoneNumbers: ['+12125550999'], state: 'COMPLETED', askedFor: '+12125550302' }],
    });
    expect(await told(reference)).toContain(
      'Sinch has reserved +12125550999 instead of +12125550302: it is submitted already',
    );
    await stand.checkHistory(reference);
  });

  it.each<[string, Selection, string[], string]>([
    ['another number that fits the search', { search: { pattern: '447911' } }, ['+447911000998'], ''],
    ['fewer numbers than were asked for', { quantity: { requestedQuantity: 2 } }, ['+447911000997'], '2 numbers'],
  ])('are accepted and reported: %s', async (_what, selection, other, askedFor) => {
    numbers = other;
    const reference = await stand.start({ ...gbMobile, selection });

    const view = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    expect(view.phoneNumbers).toEqual(other);
    expect(view.notices[0]?.message).toMatch(`Sinch has reserved ${other[0]} instead of ${askedFor}`);
    expect(view.notices[0]?.message).toMatch(/: that is accepted$/);
    await expect(cancel(reference)).resolves.toMatchObject({
      phoneNumbers: other,
      reservations: [{ phoneNumbers: other, askedFor: expect.stringContaining(askedFor) as string }],
    });
  });

  it('count as the ones asked for in any notation, and if Sinch does not name them', async () => {
    for (const written of [['447911000303'], ['+44 7911 000303'], []]) {
      numbers = written;
      const reference = await stand.start({ ...gbMobile, selection: { phoneNumber: '+447911000303' } });
      const view = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
      expect(view.phoneNumbers).toEqual(['+447911000303']);
      expect(view.notices).toEqual([]);
      const { sinchOrderId = '' } = await cancel(reference);
      stand.fake.control.moveOrder(sinchOrderId, 'EXPIRED');
    }
  });

  it('are remembered if Sinch names none of them later', async () => {
    const reference = await stand.start({ ...gbMobile, selection: { quantity: { requestedQuantity: 2 } } });
    const { phoneNumbers } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    numbers = [];

    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', phoneNumbers });
    await stand.checkHistory(reference);
  });
});

import { alteredOrders, type AnsweredOrder, type OrderCall } from '../../support/altered-orders';
import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const CHEAP = { currencyCode: 'EUR', setup: '1.00', monthly: '2.00' };
const priceLimit = { currencyCode: 'EUR', setup: '1.00', monthly: '2.00' };
const IN_WORDS = 'at most 1.00 EUR set-up and 2.00 EUR monthly a number';

describe('an order with a price limit', () => {
  /** What Sinch answers of its orders in place of what the fake does. */
  let change: (order: AnsweredOrder, call: OrderCall) => object = (order) => order;
  const stand = standForAll(devServer, { alter: alteredOrders((order, call) => change(order, call)) });

  const told = async (reference: string) => (await stand.client.order(reference)).notices.map(({ message }) => message);
  const creations = () => stand.fake.control.audit().requests.createNumberOrder?.count ?? 0;
  const atSinch = () => stand.fake.control.audit().orders.at(-1);
  const cheap = (...numbers: string[]) => {
    for (const phoneNumber of numbers) stand.fake.control.setPrice(phoneNumber, CHEAP);
  };
  /** Ten numbers, each test's own. */
  const among = (tens: string) => ({ search: { pattern: `+1212555${tens}`, searchPattern: 'START' } as const });

  beforeEach(() => {
    change = (order) => order;
  });

  it('skips candidates that are dearer, and buys one that is not', async () => {
    cheap('+12125550105');
    const reference = await stand.start({ ...usLocal, selection: among('010'), priceLimit });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      phoneNumbers: ['+12125550105'],
    });
    await stand.checkHistory(reference);
  });

  it('ends UNAVAILABLE if all are dearer, reserves none of them, and says so', async () => {
    const before = creations();
    const reference = await stand.start({ ...usLocal, selection: among('011'), priceLimit });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(creations()).toBe(before);
    expect(await told(reference)).toContain(
      'Skipped 10 numbers above the price limit; ' +
        '+12125550110: its monthly price is 2.50 EUR, and the limit is 2.00 EUR',
    );
    await stand.checkHistory(reference);
  });

  it('asks for the price of a specific number first, and reserves it only if it is not dearer', async () => {
    const before = creations();
    const selection = { phoneNumber: '+12125550120' };
    const reference = await stand.start({ ...usLocal, selection, priceLimit });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(creations()).toBe(before);
    expect(await told(reference)).toEqual([
      '+12125550120 is not reserved: its monthly price is 2.50 EUR, and the limit is 2.00 EUR',
    ]);
    await stand.checkHistory(reference);

    cheap(selection.phoneNumber);
    const affordable = await stand.start({ ...usLocal, selection, priceLimit });
    await expect(stand.client.result(affordable)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(affordable);
    // Sold by now.
    const gone = await stand.start({ ...usLocal, selection, priceLimit });
    await expect(stand.client.result(gone)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(await told(gone)).toEqual(['+12125550120 is not reserved: Sinch does not offer it']);
  });

  it('treats a price in another currency as too high', async () => {
    const selection = { phoneNumber: '+12125550121' };
    stand.fake.control.setPrice(selection.phoneNumber, { ...CHEAP, currencyCode: 'USD' });
    const reference = await stand.start({ ...usLocal, selection, priceLimit });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(await told(reference)).toEqual([
      '+12125550121 is not reserved: its set-up price is 1.00 USD, and the limit is 1.00 EUR',
    ]);
  });

  it.each([
    ['a number that was cheaper when it was asked for', { phoneNumber: '+12125550130' }],
    ['a number of a search that was cheaper when it was found', among('013')],
    ['numbers of Sinch’s choice', { quantity: { requestedQuantity: 2, pattern: '+121255501' } }],
  ])('leaves %s to lapse if the reservation turns out dearer, and says so', async (_what, selection) => {
    cheap(...Array.from({ length: 10 }, (_, last) => `+1212555013${last}`));
    const numberPrice = {
      setupPrice: { currencyCode: 'EUR', amount: '1.00' },
      monthlyPrice: { currencyCode: 'EUR', amount: '9' },
    };
    change = (order) => ({ ...order, orderNumbers: order.orderNumbers.map((number) => ({ ...number, numberPrice })) });
    const reference = await stand.start({ ...usLocal, selection, priceLimit });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'UNAVAILABLE',
      phoneNumbers: [],
      reservations: [{ state: 'LAPSING', accepted: false, askedFor: IN_WORDS }],
    });
    expect((await told(reference)).at(-1)).toMatch(
      /^What Sinch has reserved exceeds the price limit; \+1212555\d+: its monthly price is 9 EUR, .*: it is left to lapse$/,
    );
    expect(atSinch()).toMatchObject({ state: 'CREATED', submitAttempts: 0 });
    await stand.checkHistory(reference);
    const [phoneNumber = ''] = atSinch()?.phoneNumbers ?? [];
    stand.fake.control.takeNumbers(phoneNumber);
  });

  it('never submits a number that has become dearer while its KYC was awaited', async () => {
    const limit = { currencyCode: 'EUR', monthly: '6.00' };
    const reference = await stand.start({ ...gbMobile, priceLimit: limit });
    const { phoneNumbers } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    for (const phoneNumber of phoneNumbers)
      stand.fake.control.setPrice(phoneNumber, { ...CHEAP, setup: '0.00', monthly: '6.01' });

    await stand.client.reread(reference, { author: 'Olga', reason: 'prices have risen' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'UNAVAILABLE',
      reservations: [{ phoneNumbers, state: 'LAPSING', accepted: false }],
    });
    expect(atSinch()).toMatchObject({ submitAttempts: 0 });
    await stand.checkHistory(reference);
  });

  it('submits numbers of Sinch’s choice only after Sinch has given their price', async () => {
    let named = false;
    change = (order) => (named ? order : { ...order, orderNumbers: [] });
    const limit = { currencyCode: 'EUR', monthly: '6.00' };
    const reference = await stand.start({ ...gbMobile, selection: { quantity: {} }, priceLimit: limit });
    await stand.client.register(reference, gbRegistration);
    await stand.view(reference, ({ stage }) => stage === 'SUBMITTING');
    expect(atSinch()).toMatchObject({ submitAttempts: 0 });

    named = true;

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('buys a number whose price was within the limit if Sinch leaves the price out of the order', async () => {
    cheap('+12125550140');
    change = (order) => ({
      ...order,
      orderNumbers: order.orderNumbers.map(({ phoneNumber }) => ({ phoneNumber, capabilities: [] })),
    });
    const selection = { phoneNumber: '+12125550140' };
    const reference = await stand.start({ ...usLocal, selection, priceLimit });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });
});

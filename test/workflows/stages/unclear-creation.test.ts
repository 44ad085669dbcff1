import type { Fault } from '../../../fake-sinch';
import { SinchClient } from '../../../src/sinch';
import { usLocal } from '../../support/kyc';
import { openStand } from '../../support/order-stand';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** Ways to lose the answer of a request that Sinch has processed. */
const LOST: [string, Partial<Fault>][] = [
  ['answers 500', { effect: 'STATUS', status: 500 }],
  ['never answers', { effect: 'HANG' }],
  ['breaks the connection', { effect: 'RESET' }],
];

describe('row 2: a creation whose answer is lost', () => {
  const stand = standForAll(devServer, { sinch: { timeoutMs: 4_000 }, policy: { settleMs: 100 } });

  /** Each test orders a number of its own. */
  let next = 100;
  const aNumber = () => `+1212555${String(next++).padStart(4, '0')}`;
  /** A search takes any number that fits: none that another test orders. */
  const ELSEWHERE = { pattern: '+1415', searchPattern: 'START' } as const;
  const loseCreations = (times: number, fault: Partial<Fault> = {}) =>
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER', times, ...fault });
  const reservedWith = (phoneNumber: string) =>
    stand.fake.control.audit().orders.filter(({ phoneNumbers }) => phoneNumbers.includes(phoneNumber));
  const toUnconfirmed = (reference: string) => stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

  afterEach(() => {
    stand.fake.control.clearFaults();
  });

  it.each(LOST)('is not repeated for a number that is no longer available: Sinch %s', async (_how, fault) => {
    const phoneNumber = aNumber();
    loseCreations(1, fault);
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await toUnconfirmed(reference);

    expect(reservedWith(phoneNumber)).toHaveLength(1);
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      phoneNumbers: [],
      reservations: [{ phoneNumbers: [phoneNumber], state: 'POSSIBLY_ORPHANED' }],
    });
    await stand.checkHistory(reference);
  });

  it.each(LOST)('is repeated for a number that is still available: Sinch %s', async (_how, fault) => {
    const phoneNumber = aNumber();
    loseCreations(1, { ...fault, when: 'BEFORE' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      phoneNumbers: [phoneNumber],
      reservations: [{ state: 'COMPLETED' }],
    });
    expect(reservedWith(phoneNumber)).toMatchObject([{ submits: 1 }]);
    await stand.checkHistory(reference);
  });

  it('is repeated for the same number if a search does not work', async () => {
    const phoneNumber = aNumber();
    loseCreations(1, { when: 'BEFORE' });
    stand.fake.control.fault({ operation: 'searchAvailableNumbers', effect: 'STATUS', status: 500, times: 'ALWAYS' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is left to an operator if the number stays available however often it is ordered', async () => {
    const phoneNumber = aNumber();
    loseCreations(10, { when: 'BEFORE' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await toUnconfirmed(reference);

    expect(reservedWith(phoneNumber)).toEqual([]);
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('makes a search continue with the next number, and the first is reported as a possible orphan', async () => {
    loseCreations(1);
    const reference = await stand.start({ ...usLocal, selection: { search: ELSEWHERE } });

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({
      outcome: 'COMPLETED',
      reservations: [{ state: 'COMPLETED' }, { state: 'POSSIBLY_ORPHANED' }],
    });
    const [bought, orphan] = result.reservations.map(({ phoneNumbers }) => phoneNumbers);
    expect(result.phoneNumbers).toEqual(bought);
    expect(orphan).not.toEqual(bought);
    expect(reservedWith(orphan?.[0] ?? '')).toMatchObject([{ state: 'CREATED', submitAttempts: 0 }]);
    await stand.checkHistory(reference);
  });

  it('does not count as refused if the failure is unknown', async () => {
    const { url: numbersUrl, authUrl, projectId, keyId, keySecret } = stand.fake;
    const sinch = new SinchClient({ numbersUrl, authUrl, projectId, keyId, keySecret });
    const create = sinch.createNumberOrder.bind(sinch);
    sinch.createNumberOrder = async (request) => {
      await create(request);
      throw new TypeError('a mistake of ours, made once Sinch had answered');
    };
    const broken = await openStand(stand.environment, { ports: { sinch } });
    const phoneNumber = aNumber();
    const reference = await broken.start({ ...usLocal, selection: { phoneNumber } });

    await broken.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    expect(reservedWith(phoneNumber)).toMatchObject([{ state: 'CREATED' }]);
    await broken.client.cancel(reference, { reason: 'enough seen' });
    await expect(broken.client.result(reference)).resolves.toMatchObject({
      reservations: [{ phoneNumbers: [phoneNumber], state: 'POSSIBLY_ORPHANED' }],
    });
    await broken.checkHistory(reference);
    await broken.close();
  });

  it('three times in a row stops a search, so that an operator checks', async () => {
    const before = stand.fake.control.audit().orders.length;
    loseCreations(10);
    const reference = await stand.start({ ...usLocal, selection: { search: ELSEWHERE } });

    await toUnconfirmed(reference);

    const lost = stand.fake.control.audit().orders.slice(before);
    expect(lost).toHaveLength(3);
    await stand.client.cancel(reference, { reason: 'enough seen' });
    const { reservations } = await stand.client.result(reference);
    expect(reservations).toEqual(lost.map(({ phoneNumbers }) => ({ phoneNumbers, state: 'POSSIBLY_ORPHANED' })));
    await stand.checkHistory(reference);
  });

  it('is repeated for one number of Sinch’s choice, and reported', async () => {
    const before = stand.fake.control.audit().orders.length;
    loseCreations(1);
    const reference = await stand.start({ ...usLocal, selection: { quantity: {} } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      reservations: [{ state: 'COMPLETED' }, { phoneNumbers: [], state: 'POSSIBLY_ORPHANED' }],
    });
    expect(stand.fake.control.audit().orders.slice(before)).toMatchObject([{ state: 'CREATED' }, { submits: 1 }]);
    await stand.checkHistory(reference);
  });

  it('is not repeated for several numbers at once', async () => {
    const before = stand.fake.control.audit().orders.length;
    loseCreations(1);
    const reference = await stand.start({ ...usLocal, selection: { quantity: { requestedQuantity: 2 } } });

    await toUnconfirmed(reference);

    const [lost, ...more] = stand.fake.control.audit().orders.slice(before);
    expect(more).toEqual([]);
    const { idNumberOrder = '' } = lost ?? {};
    await stand.client.adoptOrder(reference, { idNumberOrder, author: 'Olga', reason: 'seen in the dashboard' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      sinchOrderId: idNumberOrder,
      phoneNumbers: lost?.phoneNumbers,
      reservations: [{ state: 'COMPLETED' }],
    });
    await stand.checkHistory(reference);
  });
});

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { usLocal } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';

describe('row 3: a number that somebody else takes first', () => {
  let environment: TestWorkflowEnvironment;
  let stand: OrderStand;
  /** What other customers do as soon as Sinch has told us what is available. */
  let afterSearch: () => void = () => undefined;

  const available = () => stand.fake.control.availableNumbers('US', 'LOCAL');
  const creations = () => stand.fake.control.audit().requests.createNumberOrder?.count ?? 0;
  const searches = () => stand.fake.control.audit().requests.searchAvailableNumbers?.count ?? 0;

  beforeAll(async () => {
    environment = await devServer();
  });
  beforeEach(async () => {
    stand = await openStand(environment, {
      sinch: { onCall: ({ operation }) => operation === 'searchAvailableNumbers' && afterSearch() },
    });
  });
  afterEach(async () => {
    afterSearch = () => undefined;
    await stand.close();
  });
  afterAll(async () => {
    await environment.teardown();
  });

  it('makes a search try the next candidate', async () => {
    const [first = '', second = '', third = ''] = available();
    afterSearch = () => stand.fake.control.takeNumbers(first, second);

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      phoneNumbers: [third],
      reservations: [{ phoneNumbers: [third], state: 'COMPLETED' }],
    });
    expect([searches(), creations()]).toEqual([1, 3]);
    await stand.checkHistory(reference);
  });

  it('makes it search again when every candidate is gone', async () => {
    const [last = ''] = available().slice(5);
    const taken = available().slice(0, 5);
    afterSearch = () => stand.fake.control.takeNumbers(...taken);

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', phoneNumbers: [last] });
    expect([searches(), creations()]).toEqual([2, 6]);
    await stand.checkHistory(reference);
  });

  it('ends it UNAVAILABLE when others are quicker again and again', async () => {
    afterSearch = () => stand.fake.control.takeNumbers(...available().slice(0, 10));

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'UNAVAILABLE',
      phoneNumbers: [],
      reservations: [],
    });
    expect([searches(), creations()]).toEqual([3, 15]);
    expect(stand.fake.control.audit().orders).toEqual([]);
    await stand.checkHistory(reference);
  });

  it('ends an order of that very number UNAVAILABLE', async () => {
    const [phoneNumber = ''] = available();
    stand.fake.control.takeNumbers(phoneNumber);

    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toEqual([
      `${phoneNumber} cannot be had: Sinch refused it (numberOrderOption.phoneNumbers)`,
    ]);
    await stand.checkHistory(reference);
  });

  it('ends an order of more numbers than there are UNAVAILABLE', async () => {
    stand.fake.control.takeNumbers(...available().slice(3));

    const reference = await stand.start({ ...usLocal, selection: { quantity: { requestedQuantity: 4 } } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    await stand.checkHistory(reference);
  });

  it('ends a search that nothing fits UNAVAILABLE', async () => {
    const search = { pattern: '+1999', searchPattern: 'START' } as const;

    const reference = await stand.start({ ...usLocal, selection: { search } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(creations()).toBe(0);
    await stand.checkHistory(reference);
  });

  it('is not told from our own when the answer of an earlier creation was lost: somebody should look', async () => {
    const [phoneNumber = ''] = available();
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    // Sinch's search lags behind: the number is on offer still, though our first creation has it.
    stand.fake.control.fault({ operation: 'searchAvailableNumbers', effect: 'DELAY', delayMs: 200 });
    afterSearch = () => stand.fake.control.takeNumbers(phoneNumber);
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });
    await stand.view(reference, ({ notices }) => notices.length > 0);
    stand.fake.control.freeNumbers(phoneNumber);

    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    expect(stand.fake.control.audit().orders).toMatchObject([{ phoneNumbers: [phoneNumber], submitAttempts: 0 }]);
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      reservations: [{ phoneNumbers: [phoneNumber], state: 'POSSIBLY_ORPHANED' }],
    });
    await stand.checkHistory(reference);
  });
});

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { usLocal } from '../../support/kyc';
import { openStand, type OrderStand } from '../../support/order-stand';
import { standForEach } from '../../support/stands';
import { devServer, timeSkipping } from '../../support/temporal';

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
      sinch: { onCall: ({ operation }) => /AvailableNumbers?$/.test(operation) && afterSearch() },
    });
  });
  afterEach(async () => {
    afterSearch = () => undefined;
    await stand.close();
  });
  afterAll(async () => {
    await environment.teardown();
  });

  it('does not end a search: another number is found and bought', async () => {
    const firstPage = available().slice(0, 50);
    afterSearch = () => stand.fake.control.takeNumbers(...firstPage);

    const reference = await stand.start(usLocal);

    const result = await stand.client.result(reference);
    expect(result).toMatchObject({ outcome: 'COMPLETED', reservations: [{ state: 'COMPLETED' }] });
    expect(firstPage).not.toContain(result.phoneNumbers[0]);
    expect([searches(), creations()]).toEqual([2, 2]);
    await stand.checkHistory(reference);
  });

  it('does not end a search either if Sinch refuses to list more than a few numbers', async () => {
    const [next = ''] = available().slice(50);
    const firstPage = available().slice(0, 50);
    afterSearch = () => {
      stand.fake.control.takeNumbers(...firstPage);
      // The second look asks for more.
      if (searches() === 1)
        stand.fake.control.fault({ operation: 'searchAvailableNumbers', effect: 'STATUS', status: 400 });
    };

    const reference = await stand.start(usLocal);

    const result = await stand.client.result(reference);
    expect(result).toMatchObject({ outcome: 'COMPLETED' });
    expect(available().length).toBe(1_000 - 51);
    expect(available()[0] === next).toBe(result.phoneNumbers[0] !== next);
    expect([searches(), creations()]).toEqual([3, 2]);
    await stand.checkHistory(reference);
  });

  it('ends a search UNAVAILABLE once no matching number is left', async () => {
    const search = { pattern: '+1212555000', searchPattern: 'START' } as const;
    afterSearch = () => stand.fake.control.takeNumbers(...available().slice(0, 10));

    const reference = await stand.start({ ...usLocal, selection: { search } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'UNAVAILABLE',
      phoneNumbers: [],
      reservations: [],
    });
    expect([searches(), creations()]).toEqual([3, 1]);
    expect(stand.fake.control.audit().orders).toEqual([]);
    await stand.checkHistory(reference);
  });

  it('ends it UNAVAILABLE too if Sinch still lists numbers that it has refused, each of which is tried once', async () => {
    const search = { pattern: '+1212555000', searchPattern: 'START' } as const;
    stand.fake.control.takeNumbers(...available().slice(6, 10));
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 400, times: 'ALWAYS' });

    const reference = await stand.start({ ...usLocal, selection: { search } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(creations()).toBe(6);
    await stand.checkHistory(reference);
  });

  it('ends an order for that very number UNAVAILABLE', async () => {
    const [phoneNumber = ''] = available();
    stand.fake.control.takeNumbers(phoneNumber);

    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toEqual([
      `${phoneNumber} is not available: Sinch refused it (numberOrderOption.phoneNumbers)`,
    ]);
    await stand.checkHistory(reference);
  });

  it('ends an order UNAVAILABLE that is for more numbers than exist', async () => {
    stand.fake.control.takeNumbers(...available().slice(3));

    const reference = await stand.start({ ...usLocal, selection: { quantity: { requestedQuantity: 4 } } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    await stand.checkHistory(reference);
  });

  it('ends a search UNAVAILABLE if nothing matches', async () => {
    const search = { pattern: '+1999', searchPattern: 'START' } as const;

    const reference = await stand.start({ ...usLocal, selection: { search } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(creations()).toBe(0);
    await stand.checkHistory(reference);
  });

  it('cannot be told from our own if the answer of an earlier creation was lost, so an operator should check', async () => {
    const [phoneNumber = ''] = available();
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    // Sinch's stock lags behind: the number is on offer still, though our first creation has it.
    stand.fake.control.fault({ operation: 'getAvailableNumber', effect: 'DELAY', delayMs: 200 });
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

describe('a Sinch that refuses every number', () => {
  const stand = standForEach(timeSkipping);

  it('and names no field fails the order with its refusal, so that it does not try every number', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 400, times: 'ALWAYS' });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'SinchInvalidArgument' });
    expect(stand.fake.control.audit().requests.createNumberOrder?.count).toBe(20);
    await stand.checkHistory(reference);
  });
});

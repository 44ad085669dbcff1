import { randomUUID } from 'node:crypto';
import { batchPlaces, batchWorkflowIdOf, workflowIdOf, type BatchView } from '@number-orders/contract';
import { BatchNotFoundError, BatchRunsError, InvalidRequestError } from '../../../src/client';
import { createWorkerDataConverter } from '../../../src/data-converter/worker-data-converter';
import { FileAttachmentStore } from '../../../src/store/file-store';
import { checkHistories, runsOf } from '../../support/check-histories';
import { auMobile, gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** Short enough that a small batch takes several runs. */
const SHORT_RUNS = { continueAsNewEvents: 30 };

describe('a batch of orders', () => {
  const { stand, open } = standToOpen(devServer);
  const named = () => ({ batch: `spring-${randomUUID()}`, prefix: `row-${randomUUID()}` });
  const rowsOf = (prefix: string, count: number, order: typeof usLocal = usLocal) =>
    Array.from({ length: count }, (_none, index) => ({ reference: `${prefix}-${index}`, ...order }));
  /** Orders at Sinch: a creation may also be refused, where two orders choose the same number at once. */
  const creations = () => stand.fake.control.audit().orders.length;
  const checkBatch = (batch: string) =>
    checkHistories(stand.environment, [batchWorkflowIdOf(batch)], createWorkerDataConverter());

  async function viewOf(batch: string, wanted: (view: BatchView) => boolean): Promise<BatchView> {
    for (let tries = 0; tries < 600; tries++) {
      const view = await stand.client.batches.view(batch);
      if (wanted(view)) return view;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(
      `The batch does not come to what is wanted: ${JSON.stringify(await stand.client.batches.view(batch))}`,
    );
  }

  it('orders each row once, through several runs, and orders nothing more when it is started again', async () => {
    await open({ policy: SHORT_RUNS });
    const { batch, prefix } = named();
    const rows = rowsOf(prefix, 12);

    await stand.client.batches.start(batch, rows, { maxOpen: 3 });

    const result = await stand.client.batches.result(batch);
    expect(result).toMatchObject({
      state: 'ENDED',
      rows: 12,
      taken: 12,
      found: 0,
      open: [],
      outcomes: { COMPLETED: 12 },
    });
    expect(creations()).toBe(12);
    expect((await runsOf(stand.environment, batchWorkflowIdOf(batch))).length).toBeGreaterThan(1);
    await checkBatch(batch);
    await stand.checkHistory(`${prefix}-0`);

    const again = await stand.client.batches.start(batch, rows, { maxOpen: 3 });

    expect(again).toMatchObject({ attached: false, corrected: [] });
    await expect(stand.client.batches.result(batch)).resolves.toMatchObject({ found: 12, outcomes: { COMPLETED: 12 } });
    expect(creations()).toBe(12);
  });

  it('never has more open orders than its limit, and starts another row as soon as one has ended', async () => {
    await open();
    const { batch, prefix } = named();
    await stand.client.batches.start(batch, rowsOf(prefix, 4, auMobile), { maxOpen: 2 });
    const first = await viewOf(batch, ({ open }) => open.length === 2);
    expect(first).toMatchObject({ taken: 2, state: 'RUNNING' });

    await stand.client.cancel(first.open[0]!, { reason: 'enough seen' });

    const next = await viewOf(batch, ({ taken }) => taken === 3);
    expect(next.open).toEqual([`${prefix}-1`, `${prefix}-2`]);
    expect(next.outcomes).toEqual({ CANCELLED: 1 });

    await stand.client.batches.cancel(batch, { reason: 'enough seen', openOrders: true });

    const result = await stand.client.batches.result(batch);
    expect(result).toMatchObject({ state: 'ENDED', taken: 3, outcomes: { CANCELLED: 3 } });
    await expect(stand.client.order(`${prefix}-3`)).rejects.toThrow('There is no order');
    await checkBatch(batch);
  });

  it('waits while it is paused, pauses by itself after repeated similar failures, and continues when it is told to', async () => {
    await open();
    const { batch, prefix } = named();
    const numbers = stand.fake.control.availableNumbers('US', 'LOCAL').slice(0, 6);
    stand.fake.control.takeNumbers(...numbers.slice(0, 3));
    const rows = numbers.map((phoneNumber, index) => ({
      ...usLocal,
      reference: `${prefix}-${index}`,
      selection: { phoneNumber },
    }));
    await stand.client.batches.start(batch, rows, { maxOpen: 1, pauseAfter: 3 });

    const paused = await viewOf(batch, ({ state }) => state === 'PAUSED');
    expect(paused).toMatchObject({ taken: 3, outcomes: { UNAVAILABLE: 3 } });
    expect(paused.paused?.reason).toBe('3 orders in a row ended UNAVAILABLE');
    const by = { author: 'ops', reason: 'a test' };
    await stand.client.batches.pause(batch, by);
    await stand.client.batches.resume(batch, by);
    await expect(stand.client.batches.resume(batch, by)).rejects.toThrow(`Batch ${batch} refuses`);

    await expect(stand.client.batches.result(batch)).resolves.toMatchObject({
      outcomes: { UNAVAILABLE: 3, COMPLETED: 3 },
    });
    await checkBatch(batch);
  });

  it('does not pause for rows whose orders had failed before the batch', async () => {
    await open();
    const { batch, prefix } = named();
    const numbers = stand.fake.control.availableNumbers('US', 'LOCAL').slice(0, 2);
    stand.fake.control.takeNumbers(...numbers);
    const before = numbers.map((phoneNumber, index) => ({
      ...usLocal,
      reference: `${prefix}-${index}`,
      selection: { phoneNumber },
    }));
    await stand.client.batches.start(batch, before, { pauseAfter: 0 });
    await stand.client.batches.result(batch);

    const more = { ...usLocal, reference: `${prefix}-more` };
    await stand.client.batches.start(batch, [...before, more], { maxOpen: 1, pauseAfter: 1 });

    await expect(stand.client.batches.result(batch)).resolves.toMatchObject({
      found: 2,
      outcomes: { UNAVAILABLE: 2, COMPLETED: 1 },
    });
    await checkBatch(batch);
  });

  it('orders a corrected row again, and never a row whose number was bought', async () => {
    await open();
    const { batch, prefix } = named();
    const [taken = '', free = ''] = stand.fake.control.availableNumbers('US', 'LOCAL');
    stand.fake.control.takeNumbers(taken);
    const good = { ...gbMobile, reference: `${prefix}-good`, registration: gbRegistration };
    const wrong = { ...usLocal, reference: `${prefix}-wrong`, selection: { phoneNumber: taken } };
    await stand.client.batches.start(batch, [good, wrong]);
    await expect(stand.client.batches.result(batch)).resolves.toMatchObject({
      outcomes: { COMPLETED: 1, UNAVAILABLE: 1 },
    });
    const before = creations();

    const corrected = { ...wrong, selection: { phoneNumber: free } };
    const started = await stand.client.batches.start(batch, [good, corrected]);

    expect(started.corrected).toEqual([wrong.reference]);
    await expect(stand.client.batches.result(batch)).resolves.toMatchObject({ outcomes: { COMPLETED: 2 } });
    expect(creations()).toBe(before + 1);
    await expect(stand.client.order(wrong.reference)).resolves.toMatchObject({ phoneNumbers: [free] });
  });

  it('asks Temporal about orders that send no signal, and ignores malformed messages', async () => {
    await open();
    const { batch, prefix } = named();
    await stand.client.batches.start(batch, rowsOf(prefix, 2, auMobile), { confirmEvery: '1 second' });
    await viewOf(batch, ({ open }) => open.length === 2);
    const workflow = stand.environment.client.workflow.getHandle(batchWorkflowIdOf(batch));
    for (const argument of [
      undefined,
      null,
      'x',
      {},
      { reference: 1 },
      { reference: 'x', outcome: 'x' },
      [],
      '\ud800',
    ]) {
      await workflow.signal('orderClosed', argument);
      await workflow.signal('cancel', argument);
      await workflow.signal('no such signal', argument);
      await expect(workflow.executeUpdate('pause', { args: [argument] })).rejects.toThrow();
    }
    await workflow.signal('orderClosed', { reference: 'a stranger', outcome: 'COMPLETED' });
    await expect(stand.client.batches.view(batch)).resolves.toMatchObject({ state: 'RUNNING', outcomes: {} });

    for (const index of [0, 1]) {
      await stand.environment.client.workflow.getHandle(workflowIdOf(`${prefix}-${index}`)).terminate();
    }

    await expect(stand.client.batches.result(batch)).resolves.toMatchObject({ outcomes: { FAILED: 2 } });
    await checkBatch(batch);
  });

  it('says why a row was not started, and continues with the others', async () => {
    await open();
    const { batch, prefix } = named();
    const [first, second] = rowsOf(prefix, 2);
    await stand.client.start(first!);
    await stand.client.result(first!.reference);

    await stand.client.batches.start(batch, [{ ...first!, onExpiry: 'renew' }, second!]);

    const result = await stand.client.batches.result(batch);
    expect(result).toMatchObject({ outcomes: { REFUSED: 1, COMPLETED: 1 } });
    expect(result.refused).toEqual([
      { row: 1, reference: first!.reference, reason: expect.stringContaining('asks for something else') },
    ]);
  });

  it('starts nothing if a row is wrong, or while it runs with other rows, and stores no row', async () => {
    await open();
    const { batch, prefix } = named();
    const [row] = rowsOf(prefix, 1, auMobile);
    const { batches } = stand.client;
    await expect(batches.start(batch, [row!, { ...row!, regionCode: 'au' }])).rejects.toThrow(/row 2: regionCode/);
    await expect(batches.start(batch, [row!, row!])).rejects.toThrow(/row 2: reference is that of row 1 as well/);
    await expect(batches.start(batch, [])).rejects.toThrow(InvalidRequestError);
    await expect(batches.view(batch)).rejects.toThrow(BatchNotFoundError);

    await batches.start(batch, [row!]);
    await expect(batches.start(batch, [row!])).resolves.toMatchObject({ attached: true });
    await expect(batches.start(batch, [{ ...row!, reference: `${prefix}-other` }])).rejects.toThrow(BatchRunsError);
    await batches.cancel(batch, { reason: 'enough seen', openOrders: true });
    await batches.result(batch);

    const { memo } = await stand.environment.client.workflow.getHandle(batchWorkflowIdOf(batch)).describe();
    const places = batchPlaces(batch, String(memo?.batchRows));
    const store = new FileAttachmentStore(stand.folder);
    await expect(store.readRecord(places.rows, 'from-0')).resolves.toBeUndefined();
    const report = [];
    for await (const line of batches.report(batch)) report.push(line);
    expect(report).toEqual([expect.objectContaining({ row: 1, reference: row!.reference, state: 'CANCELLED' })]);
  });
});

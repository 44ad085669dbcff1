import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OrderNotFoundError, OrderRefusedError, ReferenceErasedError } from '../../../src/client';
import { SIGNAL, UPDATE, workflowIdOf } from '@number-orders/contract';
import { NoOpStore } from '../../../proof/bench/no-op-store';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const action = { author: 'the data protection officer', reason: 'asked for by the person' };
const forced = { ...action, force: true };

describe('row 21: erasure on request', () => {
  const stand = standForAll(devServer, { policy: { continueAsNewMessages: 3 } });

  const stagedFiles = (reference: string) => readdir(join(stand.folder, reference)).catch(() => []);
  const handle = (reference: string) => stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  const waiting = async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    return reference;
  };

  it('of an open order is refused unless it is forced, and a refusal leaves no trace', async () => {
    const reference = await waiting();

    await expect(stand.client.erase(reference, action)).rejects.toThrow(OrderRefusedError);

    const { notices, outstanding } = await stand.client.order(reference);
    expect(outstanding.registration).toBe(false);
    expect(JSON.stringify(notices)).not.toContain('erase');
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('of an order that waits for KYC removes the KYC, deletes its documents and ends the order', async () => {
    const reference = await waiting();
    stand.fake.control.fault({ operation: 'uploadAttachment', effect: 'DELAY', delayMs: 1_000 });
    await stand.client.attach(reference, proofOfIdentity(), { signal: true });
    expect(await stagedFiles(reference)).toHaveLength(1);

    await stand.client.erase(reference, forced);

    expect(await stagedFiles(reference)).toEqual([]);
    const result = await stand.client.result(reference);
    expect(result).toMatchObject({ outcome: 'CANCELLED', erased: true, reservations: [{ state: 'LAPSING' }] });
    expect(result.compensations).toContainEqual({ action: 'delete staged files', ok: true });
    await expect(stand.client.order(reference)).resolves.toMatchObject({ attachments: [], violations: [] });
    await stand.checkHistory(reference);
  });

  it('of an order in review follows it to its end, and accepts no KYC meanwhile', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    const answer = await stand.client.erase(reference, forced);
    expect(answer.stage).toBe('IN_REVIEW');
    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'REFUSED' });
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED', 'What the reviewers say can echo KYC');
    await stand.client.reread(reference, action);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      erased: true,
      reviewLog: [],
      reservations: [{ sinchOrderId, state: 'COMPLETED' }],
    });
    const audited = stand.fake.control.audit().orders.find(({ idNumberOrder }) => idNumberOrder === sinchOrderId);
    expect(audited).toMatchObject({ released: true });
    await stand.checkHistory(reference);
  });

  it('of an order that has ended deletes every run, and its reference is not used again', async () => {
    const reference = await waiting();
    for (const message of ['one', 'two', 'three']) await handle(reference).signal(SIGNAL.sinchEvent, message);
    while ((await stand.runs(reference)).length === 1) await pause(50);
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    const runIds = (await stand.runs(reference)).map(
      ({ events }) => events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '',
    );
    await stand.client.start({ reference, ...auMobile }, { newAttempt: true });
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);

    const erasure = await stand.client.erase(reference, action);

    expect(erasure.detail).toContain('Temporal deletes 3 of its runs');
    while (!(await stand.client.erase(reference, action)).detail.includes('Temporal has none of its runs'))
      await pause(500);
    await expect(stand.client.order(reference)).rejects.toThrow(OrderNotFoundError);
    for (const runId of runIds) {
      const run = stand.environment.client.workflow.getHandle(workflowIdOf(reference), runId);
      await expect(run.fetchHistory()).rejects.toThrow();
    }
    await expect(stand.client.start({ reference, ...usLocal })).rejects.toThrow(ReferenceErasedError);
    await expect(stand.client.reserve({ reference, ...usLocal })).rejects.toThrow(ReferenceErasedError);
    await expect(stand.client.start({ reference, ...auMobile }, { newAttempt: true })).rejects.toThrow(
      ReferenceErasedError,
    );
    await expect(stand.client.stage(reference, proofOfIdentity())).rejects.toThrow(ReferenceErasedError);
  });

  it('leaves, of an order with notifications, only what lifecycle.md lists, and no KYC', async () => {
    const notificationUrl = 'https://requester.example/hooks';
    const reference = await stand.start({ ...auMobile, notificationUrl });
    const { phoneNumbers, sinchOrderId } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration({ endBusinessName: 'Canary Pty Ltd', postalCode: 'Canary' }));
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    const told = (await handle(reference).fetchHistory()).events?.find(
      (event) => event.childWorkflowExecutionStartedEventAttributes,
    );
    const { workflowId = '' } = told?.childWorkflowExecutionStartedEventAttributes?.workflowExecution ?? {};
    while (!(await stand.client.erase(reference, action)).detail.includes('Temporal has none of its runs'))
      await pause(500);

    const notifications = stand.environment.client.workflow.getHandle(workflowId ?? '');
    const { events } = await notifications.fetchHistory();
    const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    const left = Buffer.from(payload?.data ?? []).toString();
    for (const known of [notificationUrl, reference, phoneNumbers[0], sinchOrderId]) expect(left).toContain(known);
    expect(left).not.toContain('Canary');
  });

  it('can be repeated, and deletes what a terminated order left in the store', async () => {
    const reference = await waiting();
    stand.fake.control.fault({ operation: 'uploadAttachment', effect: 'HANG' });
    await stand.client.attach(reference, proofOfIdentity(), { signal: true });
    await handle(reference).terminate('by hand');
    expect(await stagedFiles(reference)).toHaveLength(1);

    for (const _time of ['once', 'twice']) await stand.client.erase(reference, action);

    expect(await stagedFiles(reference)).toEqual([]);
    stand.fake.control.clearFaults();
  });

  it('of a reference without an order is an error, and the reference can still be used', async () => {
    await expect(stand.client.erase('test-never-was', action)).rejects.toThrow(OrderNotFoundError);
    await expect(readdir(join(stand.folder, '.tombstones'))).resolves.not.toContain('test-never-was');
  });
});

/** The order's own deletion, at its end, runs beside the one that was asked for. */
describe('an erasure whose documents take a long time to delete', () => {
  class SlowStore extends NoOpStore {
    private deletions = 0;

    override async deleteAll(): Promise<void> {
      await pause(++this.deletions * 100);
    }
  }

  const stand = standForAll(devServer, { ports: { store: new SlowStore() } });

  it('leaves a history that replays', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));

    await handle.executeUpdate(UPDATE.erase, { args: [forced] });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });
});

import { randomUUID } from 'node:crypto';
import { connectNumberOrders, OrderBusyError, readClientSettings } from '../../../src/client';
import { UPDATE, workflowIdOf } from '@number-orders/contract';
import { auMobile, gbMobile, gbRegistration, proofOfIdentity } from '../../support/kyc';
import { standForEach } from '../../support/stands';
import { devServer, devServerAddress } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'test' };

/** Temporal takes ten updates of an order at once. */
describe('an order that many callers wait for', () => {
  const stand = standForEach(devServer, { sinch: { timeoutMs: 15_000 } });
  const slowSinch = () =>
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, retryAfter: 600 });
  const requestOf = (order: typeof gbMobile) => ({ reference: `test-${randomUUID()}`, ...order });
  const historyLength = async (reference: string) =>
    (await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).describe()).historyLength;
  const end = async (reference: string) => {
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  };

  it('answers operators and senders at once, and each caller of reserve with its current stage', async () => {
    slowSinch();
    const request = requestOf(gbMobile);
    await stand.client.start(request);
    const waiting = Array.from({ length: 14 }, () => stand.client.reserve(request, { timeoutMs: 10_000 }));

    await stand.view(request.reference, ({ stage }) => stage === 'RESERVING');
    await expect(stand.client.reread(request.reference, OLGA)).resolves.toMatchObject({ stage: 'RESERVING' });
    await expect(stand.client.register(request.reference, gbRegistration)).resolves.toMatchObject({ status: 'KEPT' });

    const stages = (await Promise.all(waiting)).map(({ stage }) => stage);
    expect(new Set(stages)).toEqual(new Set(['RESERVING']));
    await end(request.reference);
  });

  it('serves the next caller of reserve after others have given up', async () => {
    slowSinch();
    const request = requestOf(gbMobile);
    for (let caller = 0; caller < 12; caller++) {
      await stand.client.reserve(request, { timeoutMs: 200 }).catch(() => undefined);
    }
    await stand.view(request.reference, ({ stage }) => stage === 'RESERVING');

    await expect(stand.client.reread(request.reference, OLGA)).resolves.toMatchObject({ stage: 'RESERVING' });

    await end(request.reference);
  });

  it('does not grow its history while callers of reserve ask again, and answers them once it has the number', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, retryAfter: 25 });
    const request = requestOf(gbMobile);
    await stand.client.start(request);
    const answer = stand.client.reserve(request);
    await stand.view(request.reference, ({ stage }) => stage === 'RESERVING');
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const before = await historyLength(request.reference);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await historyLength(request.reference)).toBe(before);

    await expect(answer).resolves.toMatchObject({ stage: 'AWAITING_KYC', phoneNumbers: [expect.any(String)] });

    await end(request.reference);
  });

  it('throws its failure to a caller of reserve', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, retryAfter: 8 });
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 401, times: 'ALWAYS' });

    await expect(stand.client.reserve(requestOf(gbMobile))).rejects.toMatchObject({ type: 'SinchUnauthorized' });
  });

  it('answers operators at once while callers wait for their documents', async () => {
    stand.fake.control.fault({ operation: 'uploadAttachment', effect: 'HANG', when: 'BEFORE', times: 'ALWAYS' });
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const sent = Array.from({ length: 14 }, () => stand.client.attach(reference, proofOfIdentity()));

    await stand.view(reference, ({ attachments }) => attachments.length > 0);
    await expect(stand.client.reread(reference, OLGA)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });

    const answers = new Set((await Promise.all(sent)).map(({ status }) => status));
    expect([...answers].every((status) => status === 'KEPT' || status === 'SUPERSEDED')).toBe(true);
    stand.fake.control.clearFaults();
    await end(reference);
  });

  it('reports that it is busy, not that no worker is there, if more callers wait than Temporal allows', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'HANG', when: 'BEFORE', times: 10 });
    const order = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    const looks = await Promise.all(
      Array.from({ length: 10 }, () => order.startUpdate(UPDATE.reread, { args: [OLGA], waitForStage: 'ACCEPTED' })),
    );
    const connected = await connectNumberOrders(readClientSettings({ TEMPORAL_ADDRESS: devServerAddress() }));

    const eleventh = connected.orders.reread(reference, OLGA);

    await expect(eleventh).rejects.toThrow(OrderBusyError);
    await expect(eleventh).rejects.toThrow(/too many updates are in flight \(RESOURCE_EXHAUSTED/);
    await connected.close();
    stand.fake.control.clearFaults();
    await Promise.all(looks.map((look) => look.result()));
    await end(reference);
  });
});

import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { UPDATE, WORKFLOW_TYPE, workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import { LETTER_OF_AUTHORIZATION, PROOF_OF_IDENTITY, auMobile, usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('the update reservation, sent with the start of an order', () => {
  const stand = standForAll(devServer, { policy: { settleMs: 100 } });
  const request = (order: Omit<NumberOrderRequest, 'reference'>): NumberOrderRequest => ({
    reference: `test-${randomUUID()}`,
    ...order,
  });
  const end = async (reference: string) => {
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  };

  afterEach(() => {
    stand.fake.control.clearFaults();
  });

  it('answers with what was reserved, its deadline, and what KYC it needs', async () => {
    const order = request(auMobile);

    const answer = await stand.client.reserve(order);

    const atSinch = stand.fake.control.audit().orders.at(-1);
    expect(answer).toMatchObject({
      stage: 'AWAITING_KYC',
      sinchOrderId: atSinch?.idNumberOrder,
      phoneNumbers: atSinch?.phoneNumbers,
      expireTime: atSinch?.expireTime,
      requirements: { attachments: [{ id: PROOF_OF_IDENTITY }, { id: LETTER_OF_AUTHORIZATION }] },
    });
    await end(order.reference);
  });

  it('answers the same when it is sent again, and reserves nothing more', async () => {
    const order = request(auMobile);
    const first = await stand.client.reserve(order);
    const before = stand.fake.control.audit().orders.length;

    await expect(stand.client.reserve(order)).resolves.toEqual(first);

    expect(stand.fake.control.audit().orders).toHaveLength(before);
    await end(order.reference);
    await expect(stand.client.reserve(order)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    expect(stand.fake.control.audit().orders).toHaveLength(before);
  });

  it('answers UNCONFIRMED if it is unknown whether something was reserved', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const order = request({ ...usLocal, selection: { phoneNumber: '+12125550450' } });

    await expect(stand.client.reserve(order)).resolves.toEqual({ stage: 'UNCONFIRMED', phoneNumbers: [] });

    await end(order.reference);
  });

  it('answers UNAVAILABLE if the number is not available', async () => {
    const phoneNumber = '+12125550451';
    stand.fake.control.takeNumbers(phoneNumber);
    const order = request({ ...usLocal, selection: { phoneNumber } });

    await expect(stand.client.reserve(order)).resolves.toEqual({
      stage: 'UNAVAILABLE',
      outcome: 'UNAVAILABLE',
      phoneNumbers: [],
    });

    await stand.checkHistory(order.reference);
  });

  it('answers CANCELLED when the order is cancelled while it waits', async () => {
    stand.fake.control.fault({
      operation: 'createNumberOrder',
      effect: 'STATUS',
      status: 429,
      retryAfter: 3_600,
      times: 'ALWAYS',
    });
    const order = request(auMobile);
    await stand.client.start(order);
    const answer = stand.client.reserve(order);
    await stand.view(order.reference, ({ notices }) => notices.length > 0);

    await stand.client.cancel(order.reference, { reason: 'not wanted any more' });

    await expect(answer).resolves.toMatchObject({ stage: 'CANCELLED', outcome: 'CANCELLED' });
    await stand.checkHistory(order.reference);
  });

  it('throws why the order failed, also when it is sent again', async () => {
    const order = request({ ...auMobile, regionCode: 'XX' });
    const failure = { type: 'SinchInvalidArgument', violations: [{ field: 'regionCode' }] };

    await expect(stand.client.reserve(order)).rejects.toMatchObject(failure);
    await expect(stand.client.reserve(order)).rejects.toMatchObject(failure);

    await stand.checkHistory(order.reference);
  });

  it('throws what is wrong with a request that no client has checked', async () => {
    const { reference } = request(auMobile);
    const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(reference),
      taskQueue: stand.taskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [{ reference, regionCode: 'AU', numberType: 'MOBILE' }],
    });

    const answer = stand.environment.client.workflow.executeUpdateWithStart(UPDATE.reservation, {
      startWorkflowOperation,
    });

    await expect(answer).rejects.toMatchObject({
      cause: { type: 'InvalidRequest', message: expect.stringContaining('selection is missing') as string },
    });
    await stand.checkHistory(reference);
  });
});

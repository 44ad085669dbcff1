import type { Operation } from '../../../fake-sinch';
import type { NumberOrderRequest } from '@number-orders/contract';
import { gbMobile, gbRegistration, proofOfIdentity, usLocal, auMobile, auRegistration } from '../../support/kyc';
import { activityCli, pendingCall } from '../../support/operator-cli';
import { pollsEvery } from '../../support/order-stand';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'test' };

/** What an operator, or a client of another version, can complete a call with. None of it is an answer. */
const ODD_ORDERS = [
  'null',
  '{}',
  '[]',
  '"done"',
  '{"idNumberOrder":"01JHAND","state":"CREATED"}',
  '{"idNumberOrder":"01JHAND","state":"CREATED","orderNumbers":[{}]}',
  '{"idNumberOrder":"01JHAND","state":"created","orderNumbers":[{"phoneNumber":"+12125550009"}]}',
  '{"idNumberOrder":"01JHAND","state":"CREATED","orderNumbers":[{"phoneNumber":"+12125550009"}],"createTime":"yesterday"}',
];

describe('a call that an operator completes by hand', () => {
  const stand = standForAll(devServer, {
    sinch: { timeoutMs: 20_000 },
    policy: { settleMs: 100, localReads: false },
    ports: { polls: pollsEvery(1_000) },
  });
  afterEach(() => {
    stand.fake.control.clearFaults();
  });
  const lastAtSinch = () => stand.fake.control.audit().orders.at(-1);
  const countOf = (operation: Operation) => stand.fake.control.audit().requests[operation]?.count ?? 0;
  const hang = (operation: Operation) => stand.fake.control.fault({ operation, effect: 'HANG', when: 'BEFORE' });
  /** Hangs a read that an order waits for. The look with the submission asks the same before, and fails. */
  const hangRead = (type: string, operation: Operation) => {
    if (type === 'awaitReview') stand.fake.control.fault({ operation, effect: 'RESET', when: 'BEFORE' });
    hang(operation);
  };
  const complete = async (reference: string, type: string, result: string) => {
    const { activityId } = await pendingCall(stand.environment.client, reference, type);
    await activityCli('complete', reference, activityId, '--result', result);
  };
  let next = 100;
  const aNumber = () => `+1212555${String(next++).padStart(4, '0')}`;

  it.each(ODD_ORDERS)(
    'leaves a creation unconfirmed, and the order can be adopted, when it is completed with %s',
    async (result) => {
      const before = countOf('createNumberOrder');
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'HANG', when: 'AFTER' });
      const reference = await stand.start({ ...usLocal, selection: { phoneNumber: aNumber() } });
      await complete(reference, 'createNumberOrder', result);

      await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

      const { idNumberOrder = '' } = lastAtSinch() ?? {};
      await stand.client.adoptOrder(reference, { idNumberOrder, ...OLGA });
      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      expect(countOf('createNumberOrder')).toBe(before + 1);
      await stand.checkHistory(reference);
    },
  );

  it.each(['null', '{"idNumberOrder":"01JANOTHER","state":"IN_REVIEW","orderNumbers":[]}'])(
    'makes the order ask Sinch whether it was submitted when a submission is completed with %s',
    async (result) => {
      const before = countOf('submit');
      stand.fake.control.fault({ operation: 'submit', effect: 'HANG', when: 'AFTER' });
      const reference = await stand.start({ ...usLocal, selection: { phoneNumber: aNumber() } });
      await complete(reference, 'submitNumberOrder', result);

      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

      expect(countOf('submit')).toBe(before + 1);
      await stand.checkHistory(reference);
    },
  );

  const US: Omit<NumberOrderRequest, 'reference'> = { ...usLocal, smsConfiguration: { servicePlanId: 'plan' } };
  const READS: [string, Operation, Omit<NumberOrderRequest, 'reference'>, string[]][] = [
    ['lookupNumberRequirements', 'lookupNumberRequirements', usLocal, ['null', '{}', '{"requirements":{}}']],
    [
      'searchAvailableNumbers',
      'searchAvailableNumbers',
      usLocal,
      ['null', '{}', '{"phoneNumber":7}', '{"phoneNumber":""}'],
    ],
    ['awaitReview', 'getNumberOrder', usLocal, ['null', '{}', ODD_ORDERS.at(-1) ?? '']],
    ['awaitProvisioning', 'getActiveNumber', US, ['null', '{}', '[]', '[{}]']],
  ];
  it.each(
    READS.flatMap(([type, operation, request, results]) =>
      results.map((result) => ({ type, operation, request, result })),
    ),
  )(
    'is repeated, and the order continues, when $type is completed with $result',
    async ({ type, operation, request, result }) => {
      hangRead(type, operation);
      const reference = await stand.start(request);
      await complete(reference, type, result);

      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

      const { notices } = await stand.client.order(reference);
      expect(notices.map(({ message }) => message).join()).toContain('unusable result; it is repeated');
      await stand.checkHistory(reference);
    },
  );

  it('is repeated when a read for an operator is completed with nothing', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    hang('getNumberOrder');
    const answer = stand.client.reread(reference, OLGA);
    await complete(reference, 'getNumberOrder', 'null');

    await expect(answer).resolves.toMatchObject({ detail: 'the order at Sinch is CREATED' });

    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('is repeated when the upload of a registration is completed with nothing, so that Sinch gets it', async () => {
    hang('updateRegistration');
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await complete(reference, 'updateRegistration', 'null');

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    expect(lastAtSinch()?.registrationPuts).toBe(1);
    await stand.checkHistory(reference);
  });

  it.each(['null', '"UPLOADED"'])(
    'is repeated when an upload is completed with %s, so that Sinch gets the document',
    async (result) => {
      hang('uploadAttachment');
      const reference = await stand.start(auMobile);
      await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
      await stand.client.register(reference, auRegistration(), { signal: true });
      await stand.client.attach(reference, proofOfIdentity(), { signal: true });
      await complete(reference, 'uploadAttachment', result);

      const { outcome, sinchOrderId } = await stand.client.result(reference);

      expect(outcome).toBe('COMPLETED');
      const atSinch = stand.fake.control.audit().orders.find((each) => each.idNumberOrder === sinchOrderId);
      expect(Object.values(atSinch?.attachments ?? {})).toMatchObject([{ uploads: 1 }]);
      await stand.checkHistory(reference);
    },
  );

  it('is repeated when a release is completed with nothing, so that the number is not billed further', async () => {
    stand.fake.control.configure({ linkingSeconds: 30 });
    const reference = await stand.start(US);
    await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');
    hang('releaseNumber');
    await stand.client.cancel(reference, { reason: 'not wanted' });
    await complete(reference, 'releaseNumber', 'null');

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      compensations: [{ ok: true }],
    });

    expect(countOf('releaseNumber')).toBe(2);
    stand.fake.control.configure({ linkingSeconds: 0 });
    await stand.checkHistory(reference);
  });

  it.each([
    ['awaitReview', 'getNumberOrder'],
    ['lookupNumberRequirements', 'lookupNumberRequirements'],
  ] as const)(
    'is repeated when %s is failed by hand, and the order does not count as lost',
    async (type, operation) => {
      hangRead(type, operation);
      const reference = await stand.start(usLocal);
      const { activityId } = await pendingCall(stand.environment.client, reference, type);
      await activityCli('fail', reference, activityId, '--reason', 'by hand', '--detail', '{"violations":7}');

      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

      await stand.checkHistory(reference);
    },
  );

  it('leaves a creation unconfirmed when it is failed by hand', async () => {
    hang('createNumberOrder');
    const reference = await stand.start({ ...usLocal, selection: { quantity: { requestedQuantity: 2 } } });
    const { activityId } = await pendingCall(stand.environment.client, reference, 'createNumberOrder');
    await activityCli('fail', reference, activityId, '--reason', 'by hand', '--detail', '{"violations":7}');

    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });
});

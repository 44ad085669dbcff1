import { encode } from '@temporalio/common/lib/encoding';
import type { Payload } from '@temporalio/common';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import { createDataConverter } from '../../../src/data-converter';
import { createWorkerDataConverter } from '../../../src/data-converter/worker-data-converter';
import { bomb, letters } from '../../support/bomb';
import { keyList, newKey } from '../../support/keys';
import { auMobile, auRegistration } from '../../support/kyc';
import { openStand, type OrderStand } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

const key = newKey('one');
const keys = keyList(key);
const json = (text: string): Payload => ({ metadata: { encoding: encode('json/plain') }, data: Buffer.from(text) });
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));

describe('a flood', () => {
  let stand: OrderStand;
  beforeAll(async () => {
    const environment = await devServer({ dataConverter: createDataConverter(keys) });
    stand = await openStand(environment, { dataConverter: createWorkerDataConverter(keys) });
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
  });

  const send = async (reference: string, payloads: Payload[], header = {}) =>
    stand.environment.connection.workflowService.signalWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflowIdOf(reference) },
      signalName: SIGNAL.registration,
      input: { payloads },
      header: { fields: header },
    });
  const waiting = async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };

  const manyObjects = `{"data":[${'[],'.repeat(600_000)}0]}`;
  it.each<[string, Payload[], object, RegExp | undefined]>([
    ['a million empty payloads', many(1_000_000, () => ({})), {}, /could not be decoded/],
    [
      '100,000 payloads beside the right one',
      [json(JSON.stringify(auRegistration())), ...many(100_000, () => ({ data: encode('x') }))],
      {},
      undefined,
    ],
    [
      '30,000 headers',
      [json(JSON.stringify(auRegistration()))],
      Object.fromEntries(many(30_000, (index) => [`x${index}`, {}])),
      undefined,
    ],
    [
      '300,000 notes to one payload',
      [{ ...json(JSON.stringify(auRegistration())), externalPayloads: many(300_000, () => ({})) }],
      {},
      undefined,
    ],
    ['600,000 lists', [json(manyObjects)], {}, /has more parts, than any message may/],
    ['lists within lists within lists', [json('['.repeat(30_000))], {}, /has more parts, than any message may/],
    ['a payload that inflates to 48 MB', [bomb(key, letters(48_000_000))], {}, /it is larger/],
    ['a payload that inflates to 4 MB from next to nothing', [bomb(key, letters(4_000_000))], {}, /it is larger/],
  ])('of %s does not stop an order, nor any worker that replays it', async (_what, payloads, header, notice) => {
    const reference = await waiting();

    await send(reference, payloads, header);

    const answered = (view: { notices: { message: string }[]; outstanding: { registration: boolean } }) =>
      notice ? view.notices.some(({ message }) => notice.test(message)) : !view.outstanding.registration;
    await stand.view(reference, answered);
    await stand.restartWorker();
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });
});

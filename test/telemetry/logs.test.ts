import { randomBytes, randomUUID } from 'node:crypto';
import { workflowIdOf } from '@number-orders/contract';
import { auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { type LogLine, startWorkerProcess } from '../support/worker-process';

const KYC = ['Example Pty Ltd', '1 Example Street', 'Sydney', 'not-a-code', 'Alex', '61491570156', 'identity.pdf'];

describe('the log of a worker at level trace', () => {
  const reference = `logs-${randomUUID()}`;
  let lines: LogLine[];
  const encryptionKey = randomBytes(32).toString('base64');
  let secrets: string[];

  beforeAll(async () => {
    const worker = await startWorkerProcess({
      NUMBER_ORDERS_LOG_LEVEL: 'trace',
      NUMBER_ORDERS_LOG_FORMAT: 'json',
      NUMBER_ORDERS_ENCRYPTION_KEYS: `one:${encryptionKey}`,
    });
    const client = await worker.connect();
    const { orders } = client;
    await orders.start({ reference, ...auMobile });
    while ((await orders.order(reference)).stage !== 'AWAITING_KYC');
    await orders.register(reference, auRegistration({ postalCode: 'not-a-code' }));
    await orders.register(reference, auRegistration());
    await orders.attach(reference, proofOfIdentity());
    await orders.result(reference);
    await client.close();
    await worker.stop();
    ({ lines } = worker);
    secrets = [worker.fake.keySecret, encryptionKey];
  });

  const said = (msg: string) => lines.filter((line) => line.msg === msg);

  it('has every call of Sinch with the order and activity that made it', () => {
    const calls = said('Sinch was called');
    expect(calls.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['requestAccessToken', 'createNumberOrder', 'uploadAttachment', 'submitNumberOrder']),
    );
    expect(calls.find(({ operation }) => operation === 'submitNumberOrder')).toMatchObject({
      level: 20,
      status: 200,
      durationMs: expect.any(Number),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    for (const call of calls) {
      expect(call).toMatchObject({
        workflowId: workflowIdOf(reference),
        workflowRunId: expect.any(String),
        activityType: expect.any(String),
        attempt: expect.any(Number),
      });
    }
  });

  it('has each stage that an order enters, with the order', () => {
    const stages = said('Order entered a stage');
    expect(stages.map(({ stage }) => stage)).toEqual([
      ...['RESERVING', 'AWAITING_KYC', 'SUBMITTING', 'PROVISIONING', 'COMPLETED'],
    ]);
    for (const line of stages) {
      expect(line).toMatchObject({ workflowId: workflowIdOf(reference), runId: expect.any(String) });
    }
  });

  it('contains no KYC and no secret', () => {
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect([...KYC, ...secrets].filter((value) => text.includes(value))).toEqual([]);
  });
});

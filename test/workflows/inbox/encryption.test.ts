import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { NumberOrdersClient } from '../../../src/client';
import { SIGNAL, workflowIdOf, WORKFLOW_TYPE, type NumberOrderRequest } from '@number-orders/contract';
import { type KeySource } from '../../../src/data-converter';
import { createWorkerDataConverter } from '../../../src/data-converter/worker-data-converter';
import { EncryptionCodec } from '../../../src/data-converter/encryption-codec';
import { payloadConverter } from '../../../src/data-converter/payload-converter';
import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
  usLocal,
} from '../../support/kyc';
import { keyList, newKey } from '../../support/keys';
import { openStand, type OrderStand, type StandOptions } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

const [spring, summer] = [newKey('spring'), newKey('summer')];

/** The order's words, which must be nowhere in plain text. */
const KYC_WORDS = ['Example Pty Ltd', 'Example Street', 'Delivery notices', '61491570156', 'identity.pdf'];

/** A history as JSON, and what stands in it as base64. */
function withBase64Decoded(json: string): string {
  const encoded = [...json.matchAll(/"([A-Za-z0-9+/]{4,}={0,2})"/g)].map(([, base64 = '']) => base64);
  return [json, ...encoded.map((base64) => Buffer.from(base64, 'base64').toString('latin1'))].join('\n');
}

describe('orders with encryption', () => {
  let environment: TestWorkflowEnvironment;
  let stand: OrderStand;
  const opened: TestWorkflowEnvironment[] = [];

  const open = async (keys: KeySource | undefined, options: StandOptions = {}) => {
    environment = await devServer({ dataConverter: createWorkerDataConverter(keys) });
    opened.push(environment);
    stand = await openStand(environment, { dataConverter: createWorkerDataConverter(keys), ...options });
  };
  /** Another worker takes over, with other keys, and knows nothing but the histories. */
  const changeKeys = async (keys: KeySource | undefined) => {
    await stand.stopWorker();
    await stand.startWorker({ dataConverter: createWorkerDataConverter(keys) });
  };
  afterEach(() => stand.close());
  afterAll(async () => {
    for (const each of opened) await each.teardown();
  });

  const handleOf = (reference: string) => environment.client.workflow.getHandle(workflowIdOf(reference));
  const waiting = async (order: Omit<NumberOrderRequest, 'reference'> = gbMobile) => {
    const reference = await stand.start(order);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };
  const noticesOf = async (reference: string, count = 1) => {
    const { notices } = await stand.view(reference, (view) => view.notices.length >= count);
    return notices.map(({ message }) => message);
  };
  const signalRaw = (reference: string, signalName: string, payload: Payload) =>
    environment.client.workflowService.signalWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflowIdOf(reference) },
      signalName,
      input: { payloads: [payload] },
    });
  const encrypted = async (value: unknown, keys: KeySource) =>
    (await new EncryptionCodec(keys).encode([payloadConverter.toPayload(value)]))[0]!;
  /** A client as a sender has it whose keys are others than the worker's. */
  const clientWith = async (keys?: KeySource) => {
    const its = await devServer({ dataConverter: createWorkerDataConverter(keys) });
    opened.push(its);
    return new NumberOrdersClient({ client: its.client, taskQueue: stand.taskQueue });
  };
  const taskFailures = async (reference: string) => {
    const { events = [] } = await handleOf(reference).fetchHistory();
    return events!.filter((event) => event.workflowTaskFailedEventAttributes).length;
  };
  const untilATaskFails = async (reference: string) => {
    while ((await taskFailures(reference)) === 0) await delay(100);
  };

  it('work as others do, and leave nothing readable in history and visibility', async () => {
    await open(keyList(spring));
    const reference = await waiting(auMobile);
    await expect(stand.client.register(reference, auRegistration({ postalCode: 'Jane Doe' }))).resolves.toMatchObject({
      status: 'REFUSED',
    });
    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await stand.client.attach(reference, proofOfIdentity());
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });

    const description = await handleOf(reference).describe();
    const [history] = await stand.runs(reference);
    const stored = withBase64Decoded(JSON.stringify([history, description.raw]));
    expect(stored).toContain('binary/encrypted');
    for (const word of [...KYC_WORDS, 'Jane Doe']) expect(stored.includes(word)).toBe(false);
    expect(JSON.stringify((await stand.client.order(reference)).notices)).not.toContain('unencrypted');
    await stand.checkHistory(reference);
  });

  it('hide the messages of failures too, and clients read them', async () => {
    await open(keyList(spring));
    const reference = await stand.start({ ...usLocal, regionCode: 'ZZ' });
    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'SinchInvalidArgument' });

    const failed = (await handleOf(reference).fetchHistory()).events!.flatMap(
      ({ workflowExecutionFailedEventAttributes, markerRecordedEventAttributes, activityTaskFailedEventAttributes }) =>
        [workflowExecutionFailedEventAttributes, markerRecordedEventAttributes, activityTaskFailedEventAttributes]
          .map((attributes) => attributes?.failure)
          .filter((failure) => failure !== null && failure !== undefined),
    );
    expect(failed.length).toBeGreaterThan(0);
    for (const { message, stackTrace } of failed)
      expect({ message, stackTrace }).toEqual({ message: 'Encoded failure', stackTrace: '' });
    await stand.checkHistory(reference);
  });

  it('continue when keys are rotated during their life', async () => {
    await open(keyList(spring));
    const reference = await waiting();
    await changeKeys(keyList(spring, summer));
    await changeKeys(keyList(summer, spring));
    const client = await clientWith(keyList(summer, spring));
    await expect(client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('can have started before encryption was switched on', async () => {
    await open(undefined);
    const reference = await waiting(auMobile);
    await stand.client.register(reference, auRegistration());
    expect(withBase64Decoded(JSON.stringify(await stand.runs(reference)))).toContain('Example Pty Ltd');
    await changeKeys(keyList(spring));

    const client = await clientWith(keyList(spring));
    await expect(client.order(reference)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });
    await client.cancel(reference, { reason: 'enough seen' });
    await expect(client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });

  it('accept KYC that arrives unencrypted, and report it', async () => {
    await open(keyList(spring));
    const plain = await clientWith();
    const reference = await waiting(auMobile);
    await plain.register(reference, auRegistration(), { signal: true });
    await handleOf(reference).signal(SIGNAL.cancel, { reason: 'encrypted' });
    await expect(noticesOf(reference, 2)).resolves.toEqual([
      expect.stringMatching(/^registration arrived unencrypted/),
      'Somebody cancels: encrypted',
    ]);

    const atStart = `test-${randomUUID()}`;
    await plain.start({ reference: atStart, ...gbMobile, registration: gbRegistration });
    await expect(noticesOf(atStart)).resolves.toEqual([
      expect.stringMatching(/^KYC of the request arrived unencrypted/),
    ]);
    await stand.client.result(atStart);
    await stand.checkHistory(atStart);
  });

  describe('that get a message which cannot be decrypted', () => {
    it('ignore a signal, and still ignore it when its key has been added', async () => {
      await open(keyList(spring));
      const reference = await waiting();
      const foreign = await encrypted(gbRegistration, keyList(summer));
      await signalRaw(reference, SIGNAL.registration, foreign);
      await signalRaw(reference, SIGNAL.cancel, await encrypted('a text', keyList(summer)));
      const ignored = [
        expect.stringMatching(/^Signal registration ignored: could not be decoded \(.*the key summer/),
        expect.stringMatching(/^Signal cancel ignored: could not be decoded/),
      ];
      await expect(noticesOf(reference, 2)).resolves.toEqual(ignored);
      await stand.restartWorker();
      await expect(noticesOf(reference, 2)).resolves.toEqual(ignored);

      await changeKeys(keyList(spring, summer));
      const { notices, outstanding } = await stand.client.order(reference);
      expect(notices).toHaveLength(2);
      expect(outstanding.registration).toBe(true);
      // The very same message, sent again now that it can be read.
      await signalRaw(reference, SIGNAL.registration, foreign);
      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      await stand.checkHistory(reference);
    });

    it('refuse an update, which leaves no event', async () => {
      await open(keyList(spring));
      const reference = await waiting();
      const foreign = await clientWith(keyList(summer));
      const before = (await handleOf(reference).fetchHistory()).events!.length;
      await expect(foreign.register(reference, gbRegistration)).rejects.toThrow(/^Order .* refuses/);
      expect((await handleOf(reference).fetchHistory()).events).toHaveLength(before);
      await stand.client.register(reference, gbRegistration);
      await stand.client.result(reference);
      await stand.checkHistory(reference);
    });

    it('wait for the key if it is their request', async () => {
      await open(keyList(spring));
      const reference = `test-${randomUUID()}`;
      const foreign = await clientWith(keyList(summer));
      await foreign.start({ reference, ...usLocal });
      await untilATaskFails(reference);
      await changeKeys(keyList(spring, summer));
      await expect(foreign.result(reference)).rejects.toThrow(/cannot be decoded/);
      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    });

    it('fail as malformed if their request can never be decoded', async () => {
      await open(keyList(spring));
      const reference = `test-${randomUUID()}`;
      await environment.client.workflowService.startWorkflowExecution({
        namespace: 'default',
        requestId: randomUUID(),
        workflowId: workflowIdOf(reference),
        workflowType: { name: WORKFLOW_TYPE },
        taskQueue: { name: stand.taskQueue },
        input: { payloads: [{ metadata: { encoding: encode('binary/other') }, data: encode('?') }] },
      });
      await expect(stand.client.result(reference)).rejects.toMatchObject({
        type: 'InvalidRequest',
        message: expect.stringContaining('could not be decoded'),
      });
    });
  });

  it('wait for a key that is missing on replay, because a value that was decoded once must not change', async () => {
    await open(keyList(spring));
    const plain = await clientWith();
    const send = {
      signal: (reference: string) => stand.client.register(reference, auRegistration(), { signal: true }),
      update: (reference: string) => stand.client.register(reference, auRegistration()),
    };
    const begun = async (how: keyof typeof send) => {
      const reference = `test-${randomUUID()}`;
      // Begun in plain text, so that the message is what the key is missing for.
      await plain.start({ reference, ...auMobile });
      await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
      await send[how](reference);
      await stand.view(reference, ({ outstanding }) => !outstanding.registration);
      return reference;
    };
    const references = [await begun('signal'), await begun('update')];

    await changeKeys(keyList(summer));
    const withoutTheKey = await clientWith(keyList(summer));
    for (const reference of references) await withoutTheKey.cancel(reference, { reason: 'so that there is a task' });
    for (const reference of references) await untilATaskFails(reference);

    await changeKeys(keyList(summer, spring));
    const client = await clientWith(keyList(summer, spring));
    for (const reference of references) {
      await expect(client.result(reference)).resolves.toMatchObject({
        outcome: 'CANCELLED',
        missing: [PROOF_OF_IDENTITY],
      });
      expect(JSON.stringify((await client.order(reference)).notices)).not.toContain('ignored');
    }
  });
});

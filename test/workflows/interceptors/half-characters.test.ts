import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { UPDATE, workflowIdOf } from '@number-orders/contract';
import { createWorkerDataConverter } from '../../../src/data-converter/worker-data-converter';
import { sandboxed } from '../../../src/worker/workflow-code';
import { keyList, newKey } from '../../support/keys';
import { gbMobile } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const HALF = '\ud83d';
const operator = { author: 'Olga', reason: 'a test' };

/** The message of the failure that a call ends with. */
async function told(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => new Error('nothing'),
    (reason: unknown) => reason as Error,
  );
  return error.cause instanceof Error ? error.cause.message : error.message;
}

describe('an order that is sent an unpaired surrogate', () => {
  const stand = standForAll(devServer);

  it.each([
    [UPDATE.waiveRequirement, { ...operator, attachmentId: HALF }],
    [UPDATE.waiveRequirement, { author: HALF, reason: HALF, attachmentId: HALF }],
    [UPDATE.extendCorrectionWindow, { ...operator, until: HALF }],
    [UPDATE.adoptOrder, { ...operator, idNumberOrder: HALF }],
    [UPDATE.submitAttachment, { attachmentId: HALF, [HALF]: HALF }],
    [UPDATE.submitRegistration, { data: HALF }],
    [UPDATE.reread, { author: HALF, reason: HALF }],
    [UPDATE.revokeKycLinks, { author: HALF, reason: HALF }],
    [UPDATE.erase, { ...operator, [HALF]: HALF }],
  ] as const)('answers, and so does another order of the same worker (%s %j)', async (name, argument) => {
    const [poisoned, another] = [await stand.start(gbMobile), await stand.start(gbMobile)];
    for (const each of [poisoned, another]) await stand.view(each, ({ stage }) => stage === 'AWAITING_KYC');
    const handle: WorkflowHandle = stand.environment.client.workflow.getHandle(workflowIdOf(poisoned));

    await expect(told(handle.executeUpdate(name, { args: [argument] }))).resolves.not.toMatch(/[\ud83d\ufffd]/);

    await expect(stand.client.order(another)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });
    await expect(stand.client.order(poisoned)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });
    await stand.checkHistory(poisoned);
  });

  it('fails as malformed if it is in its request, and other orders are not affected', async () => {
    const reference = `test-${randomUUID()}`;
    const request = { reference, ...gbMobile, regionCode: HALF, [HALF]: HALF };
    const options = { workflowId: workflowIdOf(reference), taskQueue: stand.taskQueue, args: [request] };
    await stand.environment.client.workflow.start('numberOrder', options);
    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'InvalidRequest' });
    await stand.checkHistory(reference);
  });
});

describe.each([
  ['without keys', undefined],
  ['with keys', keyList(newKey('one'))],
])('workflow code that outputs an unpaired surrogate, %s,', (_what, keys) => {
  const dataConverter = createWorkerDataConverter(keys);
  const taskQueue = `half-${randomUUID()}`;
  let environment: TestWorkflowEnvironment;
  let workflowBundle: WorkflowBundle;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    environment = await devServer({ dataConverter });
    workflowBundle = await bundleWorkflowCode({
      ...sandboxed({ dataConverter, traced: false }),
      workflowsPath: require.resolve('./half-characters'),
      logger: new DefaultLogger('ERROR'),
    });
    const failsWithHalf = async (): Promise<void> => {
      throw Object.assign(new Error(HALF), { name: HALF, stack: HALF });
    };
    const { nativeConnection: connection } = environment;
    worker = await Worker.create({
      connection,
      taskQueue,
      workflowBundle,
      dataConverter,
      activities: { failsWithHalf },
    });
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await environment.teardown();
  });

  const start = (type: string): Promise<WorkflowHandle> =>
    environment.client.workflow.start(type, { workflowId: `half-${randomUUID()}`, taskQueue });
  it('does not crash its worker: in commands, failures, answers and refusals', async () => {
    const handle = await start('halfCharacters');

    await expect(told(handle.executeUpdate('refused'))).resolves.toBe('\ufffd');
    await expect(told(handle.executeUpdate('fails'))).resolves.toBe('\ufffd');
    await expect(told(handle.query('fails'))).resolves.not.toBe('nothing');
    await expect(handle.query('answers')).resolves.toBe(HALF);
    await handle.query('__temporal_workflow_metadata');
    await handle.signal('end');

    await expect(told(handle.result())).resolves.toBe('\ufffd');
    const history = await handle.fetchHistory();
    expect(history.events?.some(({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes)).toBe(
      false,
    );
    await Worker.runReplayHistory({ workflowBundle, dataConverter }, history, handle.workflowId);
    expect(worker.getState()).toBe('RUNNING');
  });

  it('does not crash its worker when it fails its own task with it', async () => {
    const wedged = await start('failsItsTask');
    for (;;) {
      const { events } = await wedged.fetchHistory();
      if (events?.some(({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes)) break;
    }
    await (await start('endsAtOnce')).result();
    expect(worker.getState()).toBe('RUNNING');
    await wedged.terminate();
  });
});

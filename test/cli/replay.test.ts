import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { workflowIdOf } from '@number-orders/contract';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { sandboxed } from '../../src/worker/workflow-code';
import { asSetting, keyList, newKey } from '../support/keys';
import { auMobile, auRegistration } from '../support/kyc';
import { openStand, type OrderStand, type StandOptions } from '../support/order-stand';
import { devServer, devServerAddress } from '../support/temporal';

// As `npm run build` leaves it: a process of its own, so that all it prints is seen, Temporal's native part included.
const MAIN = join(__dirname, '../../dist/src/cli/main.js');

const KYC = 'Canary & Sons';
const order = { ...auMobile, registration: auRegistration({ endBusinessName: KYC }) };

let stand: OrderStand;
const open = async (options: StandOptions = {}) => {
  const { dataConverter } = options;
  stand = await openStand(await devServer(dataConverter && { dataConverter }), options);
};
afterEach(async () => {
  await stand.close();
  await stand.environment.teardown();
});

/** A stand whose worker runs another build than this one. */
async function openAnotherBuild(options: StandOptions = {}): Promise<void> {
  const { dataConverter = createWorkerDataConverter() } = options;
  const sandbox = sandboxed({ dataConverter, traced: false });
  const workflowBundle = await bundleWorkflowCode({
    ...sandbox,
    workflowInterceptorModules: [
      ...(sandbox.workflowInterceptorModules ?? []),
      require.resolve('../support/extra-timer'),
    ],
    logger: new DefaultLogger('ERROR'),
  });
  await open({ ...options, workflowBundle });
}

/** An order that waits, and that visibility knows of. */
async function anOpenOrder(): Promise<string> {
  const reference = await stand.start(order);
  await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
  const query = `WorkflowId = '${workflowIdOf(reference)}'`;
  while ((await stand.environment.client.workflow.count(query)).count === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return reference;
}

function replay(args: string[] = [], env: Record<string, string> = {}): Promise<{ code: unknown; printed: string }> {
  const settings = {
    PATH: process.env.PATH,
    TEMPORAL_ADDRESS: devServerAddress(),
    TEMPORAL_CONFIG_FILE: '/no/such/file',
    NUMBER_ORDERS_TASK_QUEUE: stand.taskQueue,
    ...env,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'replay', ...args], { env: settings }, (error, out, err) => {
      resolve({ code: error ? error.code : 0, printed: out + err });
    });
  });
}

describe('number-orders replay', () => {
  it('reports that this build can continue the open orders it finds', async () => {
    await open();
    await anOpenOrder();
    await anOpenOrder();

    await expect(replay()).resolves.toEqual({
      code: 0,
      printed: '2 of 2 replayed: this build can continue all of them.\n',
    });
    await expect(replay(['--limit', '1'])).resolves.toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^1 of 2/),
    });
    const query = `NumberOrderRegion = 'DE'`;
    await expect(replay(['--query', query])).resolves.toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^0 of 0/),
    });
  });

  it('includes orders that have ended when it is told to', async () => {
    await open();
    const reference = await anOpenOrder();
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    const query = `ExecutionStatus = 'Completed'`;
    while (
      (await stand.environment.client.workflow.count(`TaskQueue = '${stand.taskQueue}' AND ${query}`)).count === 0
    ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }

    await expect(replay(['--query', query])).resolves.toMatchObject({ printed: expect.stringMatching(/^0 of 0/) });
    await expect(replay(['--query', query, '--closed'])).resolves.toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^1 of 1 replayed: this build can continue/),
    });
  });

  it('names each order that this build would break, and why, without KYC', async () => {
    await openAnotherBuild();
    const reference = await anOpenOrder();

    const { code, printed } = await replay();
    expect(code).toBe(1);
    expect(printed).toContain('1 of 1 replayed: this build breaks 1.\n');
    expect(printed).toContain(`  ${workflowIdOf(reference)}  run `);
    expect(printed).toContain('does not do what it did: ');
    expect(printed).not.toContain(KYC);

    const json = await replay(['--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.printed)).toMatchObject({
      found: 1,
      replayed: 1,
      broken: [{ workflowId: workflowIdOf(reference), problem: expect.any(String) as string }],
    });
  });

  it('reads encrypted orders, and names the key that is missing', async () => {
    const keys = keyList(newKey('first'));
    await open({ dataConverter: createWorkerDataConverter(keys) });
    await anOpenOrder();

    const withKeys = { NUMBER_ORDERS_ENCRYPTION_KEYS: asSetting(keys) };
    await expect(replay([], withKeys)).resolves.toMatchObject({ code: 0 });

    const withOthers = { NUMBER_ORDERS_ENCRYPTION_KEYS: asSetting(keyList(newKey('second'))) };
    const { code, printed } = await replay([], withOthers);
    expect(code).toBe(1);
    expect(printed).toContain('cannot be decrypted: its key first is not among NUMBER_ORDERS_ENCRYPTION_KEYS');
  });

  it('refuses a limit that is not a number', async () => {
    await open();
    await expect(replay(['--limit', 'all'])).resolves.toMatchObject({
      code: 2,
      printed: '--limit must be a whole number from 1 to 9999999.\n',
    });
  });
});

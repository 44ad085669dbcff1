/** The contenders' workers in one process, each with the same settings as ours, from the environment. */
import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createActivities } from '../../src/activities';
import { readWorkerSettings, type WorkerSettings } from '../../src/config/settings';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { NoNotifier } from '../../src/notifications/no-notifier';
import { createLogger } from '../../src/logging/logger';
import { installRuntime } from '../../src/worker/runtime';
import { startingBy } from '../../src/worker/start-order';
import { tuningOptions } from '../../src/worker/tuning';
import { workflowBundle } from '../../src/worker/workflow-code';
import { bareBundle } from './bare-bundle';
import { bareCalls } from './bare-calls';
import { CONTENDERS } from './contenders';
import { NoOpSinch } from './no-op-sinch';
import { NoOpStore } from './no-op-store';

const store = new NoOpStore();

const oursOnNoOpPorts = ({ policy, polls, retentionMs }: WorkerSettings) =>
  createActivities({
    sinch: new NoOpSinch(),
    store,
    records: store,
    startOrder: startingBy(store),
    notifier: new NoNotifier(),
    callbackUrl: () => undefined,
    policy,
    polls,
    retentionMs,
  });

async function main(): Promise<void> {
  const settings = readWorkerSettings(process.env);
  installRuntime(createLogger(settings.log), undefined);
  const connection = await NativeConnection.connect(settings.temporal.connectionOptions);
  const create = (taskQueue: string, workflowBundle: WorkflowBundleOption, activities: object) =>
    Worker.create({
      connection,
      taskQueue,
      workflowBundle,
      activities,
      dataConverter: createWorkerDataConverter(),
      ...tuningOptions(settings.tuning),
    });
  const { floor, ours } = CONTENDERS;
  const activities = oursOnNoOpPorts(settings);
  const plain = await workflowBundle({ dataConverter: createWorkerDataConverter(), traced: false });
  const workers = await Promise.all([
    create(floor.taskQueue, await bareBundle(), bareCalls),
    create(ours.taskQueue, plain, activities),
  ]);
  process.stdout.write('Worker is running\n');
  await Promise.all(workers.map((worker) => worker.run()));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});

/**
 * A workflow task fails on the server while its local activity runs, and the next task goes on from what the failed one left.
 *
 *   temporal server start-dev &
 *   npm install @temporalio/client @temporalio/worker @temporalio/workflow
 *   node failed-task.cjs
 *
 * The address is TEMPORAL_ADDRESS, or localhost:7233. This one file is the workflow, the worker and the client.
 */
const { defineSignal, proxyActivities, proxyLocalActivities, setHandler, sleep } = require('@temporalio/workflow');

const tell = defineSignal('tell');
const { rest } = proxyLocalActivities({ startToCloseTimeout: '1 minute' });
const { later } = proxyActivities({ startToCloseTimeout: '1 day', taskQueue: 'polled-by-nobody' });

/** The task that the timer brings about runs a local activity. Each signal starts an activity. */
exports.example = async function example() {
  setHandler(tell, () => void later());
  await sleep('1 second');
  await rest();
  await sleep('1 day');
};

async function main() {
  const { Client, Connection } = require('@temporalio/client');
  const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const address = process.env.TEMPORAL_ADDRESS ?? 'localhost:7233';
  const taskQueue = `failed-task-${Date.now()}`;
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  // Only because worker and client are in the same file.
  const ignoreModules = ['@temporalio/client', '@temporalio/worker'];
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: __filename,
    ignoreModules,
    logger: new DefaultLogger('ERROR'),
  });
  const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1_000));
  let began;
  const begun = new Promise((resolve) => (began = resolve));
  const activities = {
    async rest() {
      began();
      await seconds(3);
    },
  };

  const workflow = await client.workflow.start('example', { workflowId: taskQueue, taskQueue });
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities });
  await worker.runUntil(async () => {
    await begun;
    // More than 100 buffered events: the server fails the task with FORCE_CLOSE_COMMAND, and schedules another.
    await Promise.all(Array.from({ length: 150 }, () => workflow.signal(tell)));
    await seconds(5);
  });
  const history = await workflow.fetchHistory();
  await workflow.terminate();
  const failed = history.events.filter((event) => event.workflowTaskFailedEventAttributes);
  console.log(
    'failed tasks:',
    failed.map((event) => event.workflowTaskFailedEventAttributes.cause),
  );
  await Worker.runReplayHistory({ workflowBundle }, history, taskQueue).then(
    () => console.log('replays'),
    (error) => console.log('does not replay:', error.message),
  );
  process.exit(0);
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

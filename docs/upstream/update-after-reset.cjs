/**
 * After a reset, an update and a signal reach a workflow in one order, and in the other when it is replayed.
 *
 *   temporal server start-dev &
 *   npm install @temporalio/client @temporalio/worker @temporalio/workflow
 *   node update-after-reset.cjs
 *
 * The address is TEMPORAL_ADDRESS, or localhost:7233. This one file is the workflow, the worker and the client.
 */
const { condition, defineSignal, defineUpdate, setHandler, sleep, upsertMemo } = require('@temporalio/workflow');

const ask = defineUpdate('ask');
const tell = defineSignal('tell');
const end = defineSignal('end');

/** Each message has a command of another kind. */
exports.example = async function example() {
  let ended = false;
  setHandler(ask, () => upsertMemo({ asked: true }));
  setHandler(tell, () => void sleep('1 day'));
  setHandler(end, () => void (ended = true));
  await condition(() => ended);
};

async function main() {
  const { Client, Connection } = require('@temporalio/client');
  const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const address = process.env.TEMPORAL_ADDRESS ?? 'localhost:7233';
  const taskQueue = `update-after-reset-${Date.now()}`;
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  // Only because worker and client are in the same file.
  const ignoreModules = ['@temporalio/client', '@temporalio/worker'];
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: __filename,
    ignoreModules,
    logger: new DefaultLogger('ERROR'),
  });
  // Of their own workflow tasks: the first one, and the one with the signal.
  const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1_000));
  const work = async (during) => {
    const worker = await Worker.create({ connection, taskQueue, workflowBundle });
    await worker.runUntil(during);
  };

  const workflow = await client.workflow.start('example', { workflowId: taskQueue, taskQueue });
  await work(async () => {
    await seconds(2);
    await workflow.executeUpdate(ask);
  });
  const { events } = await workflow.fetchHistory();
  const accepted = events.findIndex((event) => event.workflowExecutionUpdateAcceptedEventAttributes);
  await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: taskQueue },
    workflowTaskFinishEventId: events[accepted - 1].eventId,
    requestId: taskQueue,
    reason: 'a reproduction',
  });
  const reset = client.workflow.getHandle(taskQueue);
  await reset.signal(tell);
  await work(async () => {
    await seconds(2);
    await reset.signal(end);
    await reset.result();
  });
  const history = await reset.fetchHistory();
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

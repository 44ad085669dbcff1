/**
 * An update reaches a workflow together with a signal that came before, and after it when the workflow is replayed.
 *
 *   temporal server start-dev &
 *   npm install @temporalio/client @temporalio/worker @temporalio/workflow
 *   node empty-tasks.cjs
 *
 * The address is TEMPORAL_ADDRESS, or localhost:7233. This one file is the workflow, the worker and the client.
 */
const { condition, defineSignal, defineUpdate, setHandler, sleep, upsertMemo } = require('@temporalio/workflow');

const tell = defineSignal('tell');
const ask = defineUpdate('ask');

/** Its first workflow task has no command, nor has the signal's. The update's command depends on what ran before. */
exports.example = async function example() {
  let told = false;
  let noticed = false;
  setHandler(tell, () => void (told = true));
  setHandler(ask, () => (noticed ? upsertMemo({ noticed }) : void sleep('1 day')));
  await condition(() => told);
  noticed = true;
  await condition(() => false);
};

async function main() {
  const { Client, Connection } = require('@temporalio/client');
  const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const address = process.env.TEMPORAL_ADDRESS ?? 'localhost:7233';
  const taskQueue = `empty-tasks-${Date.now()}`;
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
    await workflow.signal(tell);
    await seconds(2);
  });
  // Another worker, with nothing in its cache. With one worker for both, the history replays.
  await work(() => workflow.executeUpdate(ask));
  const history = await workflow.fetchHistory();
  await workflow.terminate();
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

/**
 * A query is never answered that comes while more updates of a workflow are in flight than the server allows.
 *
 *   temporal server start-dev &
 *   npm install @temporalio/client @temporalio/worker @temporalio/workflow
 *   node lost-query.cjs
 *
 * The address is TEMPORAL_ADDRESS, or localhost:7233. This one file is the workflow, the worker and the client. It keeps the
 * processors busy, as it takes luck: some turns of forty lose a query.
 */
const { condition, defineQuery, defineSignal, defineUpdate, setHandler } = require('@temporalio/workflow');

const look = defineQuery('look');
const ask = defineUpdate('ask');
const end = defineSignal('end');

exports.example = async function example() {
  let ended = false;
  setHandler(look, () => 'here');
  setHandler(ask, () => condition(() => ended, '2 seconds'));
  setHandler(end, () => void (ended = true));
  await condition(() => ended);
};

const TURNS = 40;
/** Ten are allowed. */
const CALLERS = 14;
const PATIENCE_MS = 15_000;

async function main() {
  const { availableParallelism } = require('os');
  const { Worker: Thread } = require('worker_threads');
  const { Client, Connection } = require('@temporalio/client');
  const { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const address = process.env.TEMPORAL_ADDRESS ?? 'localhost:7233';
  const taskQueue = `lost-query-${Date.now()}`;
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  // Only because worker and client are in the same file.
  const ignoreModules = ['@temporalio/client', '@temporalio/worker', 'os', 'worker_threads'];
  const logger = new DefaultLogger('ERROR');
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: __filename, ignoreModules, logger });
  for (let busy = 0; busy <= availableParallelism(); busy++) new Thread('for (;;);', { eval: true });

  const turn = async (workflowId) => {
    const workflow = await client.workflow.start('example', { workflowId, taskQueue });
    await workflow.query(look);
    const callers = Array.from({ length: CALLERS }, () => workflow.executeUpdate(ask).catch(() => undefined));
    for (const until = Date.now() + 1_500; Date.now() < until;) {
      const began = Date.now();
      try {
        await client.withDeadline(began + PATIENCE_MS, () => workflow.query(look));
      } catch (error) {
        const failed = Date.now();
        await workflow.query(look);
        console.log(`${error.cause?.details ?? error}; asked again, answered in ${Date.now() - failed} ms`);
        break;
      }
    }
    await Promise.all(callers);
    await workflow.signal(end);
    await workflow.result();
  };
  const worker = await Worker.create({ connection, taskQueue, workflowBundle });
  await worker.runUntil(async () => {
    for (let count = 1; count <= TURNS; count++) await turn(`${taskQueue}-${count}`);
  });
  process.exit(0);
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

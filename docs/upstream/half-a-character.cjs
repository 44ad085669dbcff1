/**
 * Half a surrogate pair in the text of a failure shuts a worker of Temporal's TypeScript SDK down.
 *
 *   temporal server start-dev &
 *   npm install @temporalio/client @temporalio/worker @temporalio/workflow
 *   node half-a-character.cjs
 *
 * The address is TEMPORAL_ADDRESS, or localhost:7233. This one file is the workflow, the worker and the client.
 */
const { condition, defineUpdate, setHandler, ApplicationFailure } = require('@temporalio/workflow');

const rename = defineUpdate('rename');

/** A validator that says what was wrong, as many do. The argument arrives whole: it travels as JSON, which has escapes. */
exports.example = async function example() {
  setHandler(rename, () => undefined, {
    validator: (name) => {
      throw ApplicationFailure.nonRetryable(`no such name: ${name}`);
    },
  });
  await condition(() => false);
};

async function main() {
  const { Client, Connection } = require('@temporalio/client');
  const { DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const address = process.env.TEMPORAL_ADDRESS ?? 'localhost:7233';
  const taskQueue = `half-a-character-${Date.now()}`;
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  const workflow = await client.workflow.start('example', { workflowId: taskQueue, taskQueue });
  // The update of the second round stays: the server hands it to the worker of the third as well.
  for (const argument of ['Jane', '\ud83d', undefined]) {
    const worker = await Worker.create({
      connection,
      taskQueue,
      workflowsPath: __filename,
      // Only because worker and client are in the same file.
      bundlerOptions: { ignoreModules: ['@temporalio/client', '@temporalio/worker'] },
    });
    worker.run().catch(() => undefined);
    if (argument !== undefined) {
      workflow
        .executeUpdate(rename, { args: [argument] })
        .catch(({ cause }) => console.log('refused:', cause?.message));
    }
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    console.log(JSON.stringify(argument) ?? 'nothing sent', '-> the worker is', worker.getState());
    if (worker.getState() === 'RUNNING') worker.shutdown();
  }
  await workflow.terminate();
  process.exit(0);
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

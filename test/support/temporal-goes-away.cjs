/**
 * Preloaded into a worker under test (NODE_OPTIONS=--require …): lets it create the first of its workers, and fails the
 * second as the SDK does when Temporal has gone away meanwhile.
 */
const { isMainThread } = require('node:worker_threads');

// Threads inherit the option.
if (isMainThread) {
  const { Worker } = require('@temporalio/worker');
  const create = Worker.create.bind(Worker);
  Worker.create = async (options) => {
    Worker.create = () => Promise.reject(new Error('Temporal went away'));
    return create(options);
  };
}

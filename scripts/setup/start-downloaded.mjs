/**
 * Starts and ends a server that the SDK downloads first: the way the SDK offers to download one, and the proof that it
 * runs here. A process of its own, so that the set-up can give it up. Arguments: dev-server | time-skipping, directory.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [kind, downloadDir] = process.argv.slice(2);
const server = { executable: { type: 'cached-download', downloadDir } };
const environment =
  kind === 'dev-server'
    ? await TestWorkflowEnvironment.createLocal({ server })
    : await TestWorkflowEnvironment.createTimeSkipping({ server });
await environment.teardown();

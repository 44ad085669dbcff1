import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { startDevServer } from './support/dev-server';

declare global {
  // How jest hands something from its global setup to its global teardown: both run in the same process.
  var devServer: TestWorkflowEnvironment | undefined;
}

/**
 * Starts the run's one Temporal dev server, on a free port; test files reach it through test/support/temporal.ts. Where
 * TEST_TEMPORAL_ADDRESS names a server, tests run on that one.
 */
export default async function globalSetup(): Promise<void> {
  if (process.env.TEST_TEMPORAL_ADDRESS !== undefined) return;
  globalThis.devServer = await startDevServer();
  process.env.TEST_TEMPORAL_ADDRESS = globalThis.devServer.address;
}

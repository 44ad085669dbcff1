import { TestWorkflowEnvironment } from '@temporalio/testing';
import { devServerOptions } from './support/dev-server';

declare global {
  // How jest hands something from its global setup to its global teardown: both run in the same process.
  var devServer: TestWorkflowEnvironment | undefined;
}

/** Starts the run's one Temporal dev server, on a free port; test files reach it through test/support/temporal.ts. */
export default async function globalSetup(): Promise<void> {
  globalThis.devServer = await TestWorkflowEnvironment.createLocal({ server: devServerOptions() });
  process.env.TEST_TEMPORAL_ADDRESS = globalThis.devServer.address;
}

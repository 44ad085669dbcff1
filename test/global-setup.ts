import { type SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../src/contract';
import { tools } from './support/tools';

declare global {
  // How jest hands something from its global setup to its global teardown: both run in the same process.
  var devServer: TestWorkflowEnvironment | undefined;
}

/** Starts the run's one Temporal dev server, on a free port; test files reach it through test/support/temporal.ts. */
export default async function globalSetup(): Promise<void> {
  globalThis.devServer = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: tools().temporal },
      searchAttributes: Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) =>
        defineSearchAttributeKey(name, type.toUpperCase() as SearchAttributeType),
      ),
    },
  });
  process.env.TEST_TEMPORAL_ADDRESS = globalThis.devServer.address;
}

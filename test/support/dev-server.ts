import { defineSearchAttributeKey, type SearchAttributeType } from '@temporalio/common';
import {
  TestWorkflowEnvironment,
  type DevServerConfig,
  type LocalTestWorkflowEnvironmentOptions,
} from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '@number-orders/contract';
import { tools } from './tools';

/** Starts a Temporal dev server as orders need it. */
export function startDevServer({
  server,
  ...rest
}: LocalTestWorkflowEnvironmentOptions = {}): Promise<TestWorkflowEnvironment> {
  return inThreeTries(() =>
    TestWorkflowEnvironment.createLocal({ server: { ...devServerOptions(), ...server }, ...rest }),
  );
}

/** The SDK gives a server five seconds to come up, which it may need longer for on a busy machine. */
export async function inThreeTries<T>(start: () => Promise<T>, triesLeft = 3): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (triesLeft === 1) throw error;
    return inThreeTries(start, triesLeft - 1);
  }
}

function devServerOptions(): Omit<DevServerConfig, 'type'> {
  return {
    executable: { type: 'existing-path', path: tools().temporal },
    searchAttributes: Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) =>
      defineSearchAttributeKey(name, type.toUpperCase() as SearchAttributeType),
    ),
  };
}

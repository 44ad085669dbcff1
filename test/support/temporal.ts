import { type ClientOptionsForTestEnv, TestWorkflowEnvironment } from '@temporalio/testing';
import { temporal } from '@temporalio/proto';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '@number-orders/contract';
import { inThreeTries } from './dev-server';
import { tools } from './tools';

// Workers of tests are told to fail often; what they log about it would bury jest's own output.
Runtime.install({ logger: new DefaultLogger('ERROR') });

/**
 * Connects to the dev server that the whole run shares: real time, real visibility, search attributes registered.
 * Give every test its own task queue. Call `teardown()` when done; it leaves the server running.
 */
export async function devServer(client?: ClientOptionsForTestEnv): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createFromExistingServer({ address: devServerAddress(), ...(client && { client }) });
}

/** The shared dev server's `host:port`, for processes under test that connect by themselves. */
export function devServerAddress(): string {
  const address = process.env.TEST_TEMPORAL_ADDRESS;
  if (address === undefined)
    throw new Error('TEST_TEMPORAL_ADDRESS is unset: run tests with jest, whose globalSetup sets it.');
  return address;
}

/**
 * Starts a time-skipping server for the calling test file alone: its clock is one for all its workflows, and skips only
 * while a result is awaited or `sleep` is called. `teardown()` ends it. It has no visibility, so nothing can be listed.
 */
export async function timeSkipping(client?: ClientOptionsForTestEnv): Promise<TestWorkflowEnvironment> {
  const environment = await inThreeTries(() =>
    TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: tools().testServer } },
      ...(client && { client }),
    }),
  );
  const { IndexedValueType } = temporal.api.enums.v1;
  const types = {
    Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  };
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, types[type]])),
  });
  return environment;
}

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '@number-orders/contract';
import { devServer, timeSkipping } from '../support/temporal';

describe('the Temporal servers of the tests', () => {
  let environment: TestWorkflowEnvironment;
  afterEach(() => environment.teardown());

  it('include a dev server with the search attributes of orders', async () => {
    environment = await devServer();
    const { customAttributes } = await environment.connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
  });

  it('include a time-skipping server, on which two days pass while a test waits for them', async () => {
    environment = await timeSkipping();
    const before = await environment.currentTimeMs();
    await environment.sleep('48 hours');
    expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(48 * 60 * 60 * 1000);
  });
});

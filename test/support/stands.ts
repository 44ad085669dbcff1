import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { openStand, type OrderStand, type StandOptions } from './order-stand';
import { expectNoDoubleSubmit } from './sinch-orders';

type Open = () => Promise<TestWorkflowEnvironment>;

/** A stand that all tests of a block share. It is there when they run, not before; at its end nothing was submitted twice. */
export function standForAll(open: Open, options?: StandOptions): OrderStand {
  const stand = {} as OrderStand;
  beforeAll(async () => {
    Object.assign(stand, await openStand(await open(), options));
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
    expectNoDoubleSubmit(stand);
  });
  return stand;
}

/** A stand of its own for each test of a block, in one environment. */
export function standForEach(open: Open, options?: StandOptions): OrderStand {
  const stand = {} as OrderStand;
  let environment: TestWorkflowEnvironment;
  beforeAll(async () => {
    environment = await open();
  });
  beforeEach(async () => {
    Object.assign(stand, await openStand(environment, options));
  });
  afterEach(async () => {
    await stand.close();
    expectNoDoubleSubmit(stand);
  });
  afterAll(async () => {
    await environment.teardown();
  });
  return stand;
}

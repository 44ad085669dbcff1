import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Notification } from '../../src/notifications/notifier';
import { openStand, type OrderStand, type StandOptions } from './order-stand';
import { expectNoDoubleSubmit } from './sinch-orders';

type Open = () => Promise<TestWorkflowEnvironment>;

// A stand is there while tests run, not before: its members are filled in then. At its end nothing was submitted twice.

/** A stand that all tests of a block share. */
export function standForAll(openEnvironment: Open, options?: StandOptions): OrderStand {
  const stand = {} as OrderStand;
  beforeAll(async () => {
    Object.assign(stand, await openStand(await openEnvironment(), options));
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
    expectNoDoubleSubmit(stand);
  });
  return stand;
}

/** A stand that each test of a block opens as it needs it, in one environment. */
export function standToOpen(openEnvironment: Open) {
  const stand = {} as OrderStand;
  let environment: TestWorkflowEnvironment;
  beforeAll(async () => {
    environment = await openEnvironment();
  });
  afterEach(async () => {
    await stand.close();
    expectNoDoubleSubmit(stand);
  });
  afterAll(async () => {
    await environment.teardown();
  });
  const open = async (options?: StandOptions): Promise<void> => {
    Object.assign(stand, await openStand(environment, options));
  };
  return { stand, open };
}

/** A stand of its own for each test of a block, in one environment. */
export function standForEach(openEnvironment: Open, options?: StandOptions): OrderStand {
  const { stand, open } = standToOpen(openEnvironment);
  beforeEach(() => open(options));
  return stand;
}

/**
 * A stand for each test of a block that keeps what its requester is told, and a server for each: the time-skipping server no
 * longer skips time after an order has left a child workflow behind.
 */
export function standThatTells(openEnvironment: Open): { stand: OrderStand; told: Notification[] } {
  const stand = {} as OrderStand;
  const told: Notification[] = [];
  const notify = (notification: Notification) => Promise.resolve(void told.push(notification));
  beforeEach(async () => {
    told.length = 0;
    Object.assign(stand, await openStand(await openEnvironment(), { ports: { notifier: { notify } } }));
  });
  afterEach(async () => {
    await stand.close();
    await stand.environment.teardown();
    expectNoDoubleSubmit(stand);
  });
  return { stand, told };
}

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import fc from 'fast-check';
import { timeSkipping } from '../support/temporal';
import { violationsOf } from './invariants';
import { play } from './play';
import { batches } from './schedules';
import seeds from './seeds.json';

/** Orders that live at once: the server's clock is one for all of them. */
const BATCH = 20;

const schedules = Number(process.env.NUMBER_ORDERS_MODEL_SCHEDULES ?? 100);
const seed = Number(process.env.NUMBER_ORDERS_MODEL_SEED ?? 20_261_123);

describe('whatever happens, in whatever order', () => {
  let environment: TestWorkflowEnvironment;

  beforeAll(async () => {
    environment = await timeSkipping();
  });
  afterAll(async () => {
    await environment.teardown();
  });

  const holds = (runs: number, from: number) =>
    fc.assert(
      fc.asyncProperty(batches(BATCH), async (batch) => {
        const played = await play(environment, batch);
        const problems = played.flatMap((order) =>
          violationsOf(order).map((problem) => ({ problem, schedule: order.schedule, result: order.result })),
        );
        expect(problems).toEqual([]);
      }),
      // A smaller batch is another world: shrinking would look for another failure, for hours.
      { numRuns: runs, seed: from, endOnFailure: true },
    );

  it(
    'no order is lost, none is submitted twice, and every outcome is true',
    () => holds(Math.ceil(schedules / BATCH), seed),
    schedules * 10_000,
  );

  for (const { seed: from, runs, broke } of seeds as { seed: number; runs: number; broke: string }[]) {
    it(`stays true of seed ${from}, which once broke it: ${broke}`, () => holds(runs, from), 600_000);
  }
});

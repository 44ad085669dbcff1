import { writeFileSync } from 'node:fs';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleOption } from '@temporalio/worker';
import v8 from 'node:v8';
import fc from '../support/fast-check';
import { impatientBundle } from '../support/impatient-bundle';
import { devServer } from '../support/temporal';
import { play } from './play';
import { batches } from './schedules';
import seeds from './seeds.json';

/** Orders that live at once, and share what befalls Sinch and their worker. A seed means the same with the same alone. */
const BATCH = Number(process.env.NUMBER_ORDERS_MODEL_BATCH ?? 20);

/** At the very most, on a machine that has other things to do. */
const BATCH_MS = 600_000;

const schedules = Number(process.env.NUMBER_ORDERS_MODEL_SCHEDULES ?? 40);
const seed = Number(process.env.NUMBER_ORDERS_MODEL_SEED ?? 20_261_123);

describe('with random events in random order', () => {
  let environment: TestWorkflowEnvironment;
  let bundle: WorkflowBundleOption;
  const outcomes = new Map<string, number>();

  beforeAll(async () => {
    environment = await devServer();
    // The SDK notes the stack of every promise of a workflow, which is half of what a workflow task costs.
    v8.setFlagsFromString('--stack-trace-limit=0');
    bundle = await impatientBundle();
  });
  afterAll(async () => {
    // What was played, for whoever runs more than usual: schedules that all ended alike would have tested little.
    const file = process.env.NUMBER_ORDERS_MODEL_OUTCOMES;
    if (file) writeFileSync(file, JSON.stringify(Object.fromEntries(outcomes)));
    await environment.teardown();
  });

  const holds = (runs: number, from: number) =>
    fc.assert(
      fc.asyncProperty(batches(BATCH), async (batch) => {
        const played = await play(environment, batch, bundle);
        for (const { result } of played) {
          const outcome = result?.outcome ?? 'FAILED';
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }
        expect(played.filter(({ violations }) => violations.length > 0)).toEqual([]);
      }),
      // A smaller batch is another world: shrinking would look for another failure, for hours.
      { numRuns: runs, seed: from, endOnFailure: true },
    );

  it(
    'no order is lost, none is submitted twice, and every outcome is true',
    () => holds(Math.ceil(schedules / BATCH), seed),
    Math.ceil(schedules / BATCH) * BATCH_MS,
  );

  for (const { seed: from, runs, broke } of seeds as { seed: number; runs: number; broke: string }[]) {
    it(`the rules hold for seed ${from}, which once broke them: ${broke}`, () => holds(runs, from), runs * BATCH_MS);
  }
});

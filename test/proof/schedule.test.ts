import { Dice } from '../../proof/chaos/dice';
import { drawPlan, drawSchedule } from '../../proof/chaos/schedule';
import { readRequest } from '@number-orders/contract';

function draw(seed: number) {
  const dice = new Dice(seed);
  return Array.from({ length: 200 }, (_, index) => ({ ...drawSchedule(dice, index), plan: drawPlan(dice) }));
}

test('the same seed generates the same orders, and another seed other orders', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('every generated order is a valid request', () => {
  for (const { order } of draw(7))
    expect(readRequest({ reference: 'order-1', ...order })).toEqual({ value: expect.anything() });
});

test('KYC is sent in every way, good and bad, once, twice and never', () => {
  const drawn = draw(7);
  const steps = drawn.flatMap((schedule) => schedule.steps);
  const words = steps.map((step) => [step.kind, step.by, 'good' in step ? step.good : '', 'fileName' in step].join());
  expect(new Set(words).size).toBe(4 + 2 + 2);
  const registrations = drawn
    .filter(({ order }) => order.regionCode === 'AU')
    .map((schedule) => schedule.steps.filter(({ kind }) => kind === 'register').length);
  expect(new Set(registrations)).toEqual(new Set([0, 1, 2]));
});

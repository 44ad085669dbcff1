/**
 * Plays many more random schedules than `npm test` does: `npm run model`, or `npm run model -- 2000 [seed]`. Prints the
 * seed, with which it plays the same schedules again, and what the orders came to.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

const [schedules = '500', seed = String(randomInt(2 ** 31))] = process.argv.slice(2);
console.log(`Playing ${schedules} schedules of seed ${seed}`);
const { status } = spawnSync('npx', ['jest', 'test/model', '--testNamePattern', 'no order is lost'], {
  stdio: 'inherit',
  env: { ...process.env, NUMBER_ORDERS_MODEL_SCHEDULES: schedules, NUMBER_ORDERS_MODEL_SEED: seed },
});
process.exitCode = status ?? 1;

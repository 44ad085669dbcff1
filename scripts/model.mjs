/**
 * Plays many more random schedules than `npm test` does: `npm run model`, or `npm run model -- 10000 [seed]`. Portions of
 * 500, each on a server of its own, so that a run may be as long as it likes; the seed of the first is that of the run, and
 * each portion's is one more. Prints what the orders came to, and with `--report <file>` writes it as JSON too.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const PORTION = 500;
/** A batch waits for half a minute at least, and more at once than two processors keep up with would time out. */
const BATCH = 100;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: 'string' } } });
const schedules = wholeNumber(positionals[0] ?? '500');
const seed = wholeNumber(positionals[1] ?? String(randomInt(2 ** 31)));

const folder = mkdtempSync(join(tmpdir(), 'number-orders-model-'));
const report = {
  date: new Date().toISOString(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
  seed,
  schedules: 0,
  outcomes: {},
  holds: true,
};
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

for (let portion = 0; report.holds && report.schedules < schedules; portion++) {
  const count = Math.min(PORTION, schedules - report.schedules);
  const outcomes = play(count, seed + portion);
  report.holds = outcomes !== undefined;
  if (outcomes) {
    report.schedules += count;
    for (const [outcome, orders] of Object.entries(outcomes)) {
      report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + orders;
    }
    console.log(`${report.schedules} schedules hold, the last ${count} of seed ${seed + portion}:`, report.outcomes);
  } else {
    report.brokenBy = seed + portion;
    console.log(`Among ${count} schedules of seed ${seed + portion} some do not hold.`);
  }
  if (values.report) writeFileSync(values.report, `${JSON.stringify(report, null, 2)}\n`);
}
process.exitCode = report.holds ? 0 : 1;

/** What they came to; undefined: something does not hold. */
function play(count, from) {
  const outcomesFile = join(folder, 'outcomes.json');
  const { status } = spawnSync('npx', ['jest', 'test/model', '--testNamePattern', 'no order is lost'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NUMBER_ORDERS_MODEL_BATCH: process.env.NUMBER_ORDERS_MODEL_BATCH ?? String(Math.min(BATCH, count)),
      NUMBER_ORDERS_MODEL_SCHEDULES: String(count),
      NUMBER_ORDERS_MODEL_SEED: String(from),
      NUMBER_ORDERS_MODEL_OUTCOMES: outcomesFile,
    },
  });
  return status === 0 ? JSON.parse(readFileSync(outcomesFile, 'utf8')) : undefined;
}

function wholeNumber(text) {
  if (!/^\d+$/.test(text))
    throw new Error(`${text} is no whole number: npm run model -- <schedules> [seed] [--report <file>]`);
  return Number(text);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordedHistories } from './recorded-histories';
import { replayRecorded } from './replay-recorded';
import { releasesIn } from './releases';

/** An update's answer and a timer that starts in the same task change places. A defect: to become an empty list. */
const BROKEN_BY_TRACING = ['rejected-and-never-corrected', 'requirement-waived-in-vain', 'requirement-waived'].map(
  (kind) => `1.0.0-alpha.1/${kind}.json`,
);

const recorded = new RecordedHistories(__dirname);

describe('orders that were begun by earlier code', () => {
  it('are all there, as they were recorded', () => {
    expect(recorded.problems()).toEqual([]);
  });

  it('are there of every release from 1.0.0 on, before which nobody ran this in production', () => {
    const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
    const releases = new Set(recorded.list().map(({ release }) => release));
    const promised = releasesIn(changelog).filter((release) => !release.startsWith('0.'));
    expect(promised.filter((release) => !releases.has(release))).toEqual([]);
  });

  // Each history needs a worker of its own, and each release brings some seventy more.
  const WITHIN = 300_000;

  it(
    'are carried on by the code of today',
    async () => {
      await expect(replayRecorded(recorded, false)).resolves.toEqual([]);
    },
    WITHIN,
  );

  it(
    'are carried on where tracing was switched on since, but for those that docs/traces.md warns of',
    async () => {
      const broken = (await replayRecorded(recorded, true)).map((problem) => problem.slice(0, problem.indexOf(':')));
      expect(broken.sort()).toEqual(BROKEN_BY_TRACING);
    },
    WITHIN,
  );
});

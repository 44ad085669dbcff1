import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordedHistories } from './recorded-histories';
import { replayRecorded } from './replay-recorded';
import { releasesIn } from './releases';

const recorded = new RecordedHistories(__dirname);

describe('orders that were started by earlier code', () => {
  it('are all there, as they were recorded', () => {
    expect(recorded.problems()).toEqual([]);
  });

  it('are there for every release from 1.0.0 on, the first one that ran in production', () => {
    const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
    const releases = new Set(recorded.list().map(({ release }) => release));
    const promised = releasesIn(changelog).filter((release) => !release.startsWith('0.'));
    expect(promised.filter((release) => !releases.has(release))).toEqual([]);
  });

  it.each([
    ['carried on by the code of today', false],
    ['carried on where tracing was switched on since', true],
  ])(
    'are %s',
    async (_how, traced) => {
      await expect(replayRecorded(recorded, traced)).resolves.toEqual([]);
      // Each history needs a worker of its own, and each release brings some seventy more.
    },
    300_000,
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordedHistories } from './recorded-histories';
import { replayRecorded } from './replay-recorded';
import { releasesIn } from './releases';

const recorded = new RecordedHistories(__dirname);

describe('orders that were begun by earlier code', () => {
  it('are all there, as they were recorded', () => {
    expect(recorded.problems()).toEqual([]);
  });

  it('are there of every release', () => {
    const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
    const releases = new Set(recorded.list().map(({ release }) => release));
    expect(releasesIn(changelog).filter((release) => !releases.has(release))).toEqual([]);
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

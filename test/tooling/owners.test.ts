import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

const REFUSED = [
  ['assigned', 'order.stage = 1;'],
  ['assigned by a class', 'this.order.stage = 1;'],
  ['assigned where it was not set', 'order.stage ??= 1;'],
  ['counted', 'order.attempt++;'],
  ['deleted', 'delete order.reservation;'],
  ['added to', 'order.reservations.push(1);'],
  ['assigned by key', "order.reservations['a'] = 1;"],
] as const;

const ALLOWED = [
  ['src/workflows/number-order.ts', 'order.stage = 1;'],
  ['src/workflows/kyc/desk.ts', "order.attachments['a'] = 1; delete order.registration;"],
  ['src/workflows/order/order.ts', 'order.notices.push(1); order.reservation = 1;'],
  ['src/workflows/kyc/desk.ts', 'const stage = order.stage; stage.length;'],
] as const;

/** ESLint loads its configuration by import(), which jest does not let it. */
const LINT = `
  const { ESLint } = require('eslint');
  const eslint = new ESLint({ ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-syntax' });
  const faults = async ([filePath, text]) => {
    const [{ messages }] = await eslint.lintText(text, { filePath });
    return messages.filter(({ message }) => message.startsWith('Another room owns')).length;
  };
  const cases = JSON.parse(process.argv[1]);
  Promise.all(cases.map(faults)).then((counts) => console.log(JSON.stringify(counts)));`;

/** How often the linter says of each text, were it that of its file, that another room owns a field. */
function faultsIn(cases: (readonly [file: string, text: string])[]): number[] {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', LINT, JSON.stringify(cases)], {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(`ESLint said: ${stderr}`);
  return JSON.parse(stdout) as number[];
}

describe('only the owner of a field of the order may assign it', () => {
  let faults: number[];
  beforeAll(() => {
    faults = faultsIn([...REFUSED.map(([, text]) => ['src/workflows/kyc/desk.ts', text] as const), ...ALLOWED]);
  });

  it.each(REFUSED.map(([how], i) => [how, i] as const))(
    'so the linter refuses an assignment that is %s elsewhere',
    (_how, i) => {
      expect(faults[i]).toBe(1);
    },
  );

  it.each(ALLOWED.map((allowed, i) => [...allowed, i] as const))(
    'and accepts in %s an assignment of its own: %s',
    (_file, _text, i) => {
      expect(faults[REFUSED.length + i]).toBe(0);
    },
  );
});

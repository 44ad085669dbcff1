import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(__dirname, '../..');
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [{ languageOptions: { parserOptions: { projectService: false } } }],
  ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-syntax',
});

/** How often the linter says that another room owns a field, were this the text of the file. */
async function faults(file: string, text: string): Promise<number> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  return result?.messages.filter(({ message }) => message.startsWith('Another room owns')).length ?? NaN;
}

describe('a field of the order is changed by its owner alone', () => {
  it.each([
    ['assigned', 'order.stage = 1;'],
    ['assigned by a class', 'this.order.stage = 1;'],
    ['assigned where it was not set', 'order.stage ??= 1;'],
    ['counted', 'order.attempt++;'],
    ['deleted', 'delete order.reservation;'],
    ['added to', 'order.reservations.push(1);'],
    ['assigned by key', "order.reservations['a'] = 1;"],
  ])('so the linter refuses what is %s in another room', async (_how, text) => {
    await expect(faults('src/workflows/kyc/desk.ts', text)).resolves.toBe(1);
  });

  it.each([
    ['src/workflows/number-order.ts', 'order.stage = 1;'],
    ['src/workflows/kyc/desk.ts', "order.attachments['a'] = 1; delete order.registration;"],
    ['src/workflows/order/order.ts', 'order.notices.push(1); order.reservation = 1;'],
    ['src/workflows/kyc/desk.ts', 'const stage = order.stage; stage.length;'],
  ])('and lets %s do what is its own, and read', async (file, text) => {
    await expect(faults(file, text)).resolves.toBe(0);
  });
});

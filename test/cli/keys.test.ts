import { parseKeyList } from '../../src/data-converter/keys';
import { typed } from '../support/command-line';
import { asSetting, keyList, newKey } from '../support/keys';

const cli = (args: string[], keys?: string) =>
  typed(args, { env: keys === undefined ? {} : { NUMBER_ORDERS_ENCRYPTION_KEYS: keys } });

const idsOf = (list: string) => parseKeyList(list.trim()).keys.map(({ id }) => id);

describe('number-orders keys', () => {
  it('generate prints a key that the settings accept, a different one each time', async () => {
    const [one, two] = [await cli(['keys', 'generate']), await cli(['keys', 'generate', '--id', 'mine'])];
    expect(idsOf(one.out)).toEqual([expect.stringMatching(/^\d{4}-\d{2}-\d{2}-[0-9a-f]{4}$/)]);
    expect(idsOf(two.out)).toEqual(['mine']);
    expect(one.out.split(':')[1]).not.toBe(two.out.split(':')[1]);
  });

  it('rotate adds a key, which then encrypts', async () => {
    const old = asSetting(keyList(newKey('old')));
    const { out } = await cli(['keys', 'rotate', '--id', 'new'], old);
    expect(idsOf(out)).toEqual(['new', 'old']);
    expect(out).toContain(old);
  });

  it('rotate takes two steps when there are several processes: all read the new key before one writes with it', async () => {
    const first = await cli(['keys', 'rotate', '--id', 'new', '--last'], asSetting(keyList(newKey('old'))));
    expect(idsOf(first.out)).toEqual(['old', 'new']);
    const second = await cli(['keys', 'rotate', '--to', 'new'], first.out.trim());
    expect(second.out.trim().split(',').reverse()).toEqual(first.out.trim().split(','));
  });

  it('rotate refuses an id that is already used', async () => {
    const { code, err } = await cli(['keys', 'rotate', '--id', 'old'], asSetting(keyList(newKey('old'))));
    expect({ code, err }).toEqual({ code: 2, err: 'There is already a key with that id: choose another.\n' });
  });

  it('check prints ids, and never a key', async () => {
    const keys = asSetting(keyList(newKey('new'), newKey('old')));
    const { code, out } = await cli(['keys', 'check'], keys);
    expect(code).toBe(0);
    expect(out).toBe('ok    new  encrypts and decrypts\nok    old  decrypts\n');
  });

  it.each([
    ['keys check', undefined, 'NUMBER_ORDERS_ENCRYPTION_KEYS is missing'],
    ['keys check', 'old:hunter2', 'NUMBER_ORDERS_ENCRYPTION_KEYS must be id:base64key'],
    ['keys rotate', 'old:hunter2', 'NUMBER_ORDERS_ENCRYPTION_KEYS must be id:base64key'],
    ['keys rotate --to new', asSetting(keyList(newKey('old'))), '--to must be the id of one of the keys'],
    ['keys generate --id Jane:Doe', undefined, '--id must be'],
  ])('%s says what to correct, without repeating a key', async (command, keys, problem) => {
    const { code, out, err } = await cli(command.split(' '), keys);
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(out + err).not.toContain('hunter2');
  });
});

describe('number-orders codec', () => {
  const keys = asSetting(keyList(newKey('new')));
  const codec = (env: Record<string, string>) => typed(['codec'], { env });

  it.each([
    ['lets everybody in', { NUMBER_ORDERS_ENCRYPTION_KEYS: keys }, 'NUMBER_ORDERS_CODEC_TOKEN or'],
    ['has no keys', { NUMBER_ORDERS_CODEC_TOKEN: 'a'.repeat(32) }, 'NUMBER_ORDERS_ENCRYPTION_KEYS is missing'],
    [
      'has a token that can be guessed',
      { NUMBER_ORDERS_ENCRYPTION_KEYS: keys, NUMBER_ORDERS_CODEC_TOKEN: 'hunter2' },
      'NUMBER_ORDERS_CODEC_TOKEN must be at least 32 characters',
    ],
    [
      'would take access tokens meant for others',
      { NUMBER_ORDERS_ENCRYPTION_KEYS: keys, NUMBER_ORDERS_CODEC_JWKS_URL: 'https://login.example/jwks' },
      'NUMBER_ORDERS_CODEC_AUDIENCE is missing',
    ],
    [
      'is to be asked by pages of any origin',
      {
        NUMBER_ORDERS_ENCRYPTION_KEYS: keys,
        NUMBER_ORDERS_CODEC_TOKEN: 'a'.repeat(32),
        NUMBER_ORDERS_CODEC_ORIGIN: '*',
      },
      'NUMBER_ORDERS_CODEC_ORIGIN must be an origin',
    ],
  ])('refuses to start when it %s', async (_what, env, problem) => {
    const { code, err } = await codec(env);
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(err).not.toContain('hunter2');
  });
});

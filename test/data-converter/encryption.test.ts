import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding';
import { encrypt } from '../../src/data-converter/encryption';
import { EncryptionCodec } from '../../src/data-converter/encryption-codec';
import { formatKey, parseKeyList, type KeySource } from '../../src/data-converter/keys';
import { payloadConverter } from '../../src/data-converter/payload-converter';
import { isUndecodable } from '../../src/data-converter';
import { UNDECODABLE_ENCODING } from '../../src/data-converter/undecodable';
import { arrivedUnencrypted } from '../../src/data-converter/unencrypted';
import { bomb, letters } from '../support/bomb';
import { keyList, newKey } from '../support/keys';

const KYC = { data: [{ firstName: 'Jane', lastName: 'Doe' }] };
const MIB = 1024 * 1024;
const [spring, summer] = [newKey('spring'), newKey('summer')];

async function encrypted(value: unknown, keys: KeySource = keyList(spring)): Promise<Payload> {
  const [payload] = await new EncryptionCodec(keys).encode([payloadConverter.toPayload(value)]);
  return payload!;
}

async function decoded(payload: Payload, keys?: KeySource): Promise<unknown> {
  const [plain] = await new EncryptionCodec(keys).decode([payload]);
  return payloadConverter.fromPayload(plain!);
}

const encodingOf = ({ metadata }: Payload) => decode(metadata!.encoding!);

describe('an encrypted payload', () => {
  it.each([[KYC], ['text'], [null], [undefined], [[1]], [new Uint8Array([1, 2, 3])]])(
    'is decrypted to the original',
    async (value) => {
      await expect(decoded(await encrypted(value), keyList(spring))).resolves.toEqual(value);
    },
  );

  it('names its key and hides everything else, even its encoding', async () => {
    const payload = await encrypted(KYC);
    expect(encodingOf(payload)).toBe('binary/encrypted');
    expect(Object.keys(payload.metadata!)).toEqual(['encoding', 'encryption-key-id']);
    expect(decode(payload.metadata!['encryption-key-id']!)).toBe('spring');
    expect(Buffer.from(payload.data!).toString('latin1')).not.toMatch(/Jane|json/);
  });

  it('differs each time', async () => {
    const [one, two] = [await encrypted(KYC), await encrypted(KYC)];
    expect(Buffer.from(one.data!).equals(Buffer.from(two.data!))).toBe(false);
  });

  it('is compressed if that makes it smaller', async () => {
    const long = 'Jane Doe '.repeat(1_000);
    const payload = await encrypted(long);
    expect(payload.data!.length).toBeLessThan(500);
    await expect(decoded(payload, keyList(spring))).resolves.toBe(long);
    const short = 'Jane Doe';
    const grownBy = (await encrypted(short)).data!.length - short.length;
    expect(grownBy).toBeLessThan(100);
  });

  it('is decrypted with any of the keys, and encrypted with the first', async () => {
    const old = await encrypted(KYC);
    const both = keyList(summer, spring);
    await expect(decoded(old, both)).resolves.toEqual(KYC);
    expect(decode((await encrypted(KYC, both)).metadata!['encryption-key-id']!)).toBe('summer');
  });
});

describe('a payload that cannot be decrypted', () => {
  const undecodable = async (payload: Payload, keys?: KeySource) => {
    const value = await decoded(payload, keys);
    expect(isUndecodable(value)).toBe(true);
    return Object.values(value as Record<string, unknown>)[0];
  };
  const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
  const missing = { reason: 'KEY_MISSING', encoding: 'binary/encrypted', keyId: 'spring', digest };

  it('reports which key is missing, whether there are other keys or none', async () => {
    const payload = await encrypted(KYC);
    await expect(undecodable(payload, keyList(summer))).resolves.toEqual(missing);
    await expect(undecodable(payload)).resolves.toEqual(missing);
  });

  it('is reported for the logs', async () => {
    const told = jest.fn();
    await new EncryptionCodec(keyList(summer), told).decode([
      await encrypted(KYC),
      await encrypted(KYC, keyList(summer)),
    ]);
    expect(told.mock.calls).toEqual([[missing]]);
  });

  it('has the same digest for every reader', async () => {
    const payload = await encrypted(KYC);
    expect(await undecodable(payload)).toEqual(await undecodable(payload, keyList(summer)));
    expect(await undecodable(payload)).not.toEqual(await undecodable(await encrypted(KYC)));
  });

  it.each([
    [
      'a changed byte',
      ({ metadata, data }: Payload) => ({ metadata, data: data!.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) }),
    ],
    ['a byte less', ({ metadata, data }: Payload) => ({ metadata, data: data!.subarray(0, -1) })],
    ['no content', ({ metadata }: Payload) => ({ metadata })],
    ['hardly any content', ({ metadata, data }: Payload) => ({ metadata, data: data!.subarray(0, 20) })],
    [
      'the id of another key',
      ({ metadata, data }: Payload) => ({ metadata: { ...metadata, 'encryption-key-id': encode('summer') }, data }),
    ],
    ['no key id', ({ metadata, data }: Payload) => ({ metadata: { encoding: metadata!.encoding! }, data })],
    [
      'words for a key id',
      ({ metadata, data }: Payload) => ({ metadata: { ...metadata, 'encryption-key-id': encode('Jane Doe') }, data }),
    ],
  ])('is malformed with %s', async (_what, change) => {
    const value = await undecodable(change(await encrypted(KYC)) as Payload, keyList(spring, summer));
    expect(value).toMatchObject({ reason: 'MALFORMED', digest });
    expect(JSON.stringify(value)).not.toContain('Jane');
  });

  it('is malformed if another key has the same id', async () => {
    await expect(undecodable(await encrypted(KYC), keyList(newKey('spring')))).resolves.toMatchObject({
      reason: 'MALFORMED',
      keyId: 'spring',
    });
  });

  it('is not called undecodable while the source of keys is down', async () => {
    const down: KeySource = { current: async () => spring, find: () => Promise.reject(new Error('down')) };
    await expect(decoded(await encrypted(KYC), down)).rejects.toThrow('down');
  });

  it('cannot be forged from outside: a marker that only this service may write is not accepted', async () => {
    const forged = { metadata: { encoding: encode(UNDECODABLE_ENCODING) }, data: encode('{"reason":"KEY_MISSING"}') };
    await expect(undecodable(forged, keyList(spring))).resolves.toEqual({ reason: 'UNKNOWN_ENCODING', encoding: '' });
  });

  it.each(['{"reason":"KEY_MISSING"}', 'not JSON'])('cannot be forged under our own keys either: %s', async (says) => {
    const forged = { metadata: { encoding: encode(UNDECODABLE_ENCODING) }, data: encode(says) };
    const sealed = await encrypt(spring, forged);
    await expect(undecodable(sealed, keyList(spring))).resolves.toEqual({ reason: 'UNKNOWN_ENCODING', encoding: '' });
  });
});

describe('the codec', () => {
  const keys = keyList(spring);
  const [plainly, sealing] = [new EncryptionCodec(), new EncryptionCodec(keys)];

  it.each([
    ['without keys', plainly],
    ['with keys', sealing],
  ])('drops surplus payloads, so that a million of them delays no other order, %s', async (_keys, codec) => {
    const many = Array<Payload>(1_000_000).fill({});
    await expect(codec.decode(many)).resolves.toHaveLength(4);
    await expect(codec.encode(many)).resolves.toHaveLength(4);
    const ours = [KYC, KYC].map((value) => payloadConverter.toPayload(value));
    const back = await codec.decode(await codec.encode(ours));
    expect(back.map((payload) => payloadConverter.fromPayload(payload))).toEqual([KYC, KYC]);
  });

  it.each([
    ['plainly', (payload: Payload) => payload],
    ['under a key', (payload: Payload) => bomb(spring, payload)],
  ])(
    'drops unknown fields of a payload that was sent %s, because there could be a million of them',
    async (_how, send) => {
      const { metadata, data } = payloadConverter.toPayload(KYC);
      const laden = {
        metadata: { ...metadata, note: encode('Jane') },
        data,
        externalPayloads: [{}],
      } as Payload;
      const [known] = await sealing.decode([send(laden)]);
      expect(payloadConverter.fromPayload(known!)).toEqual(KYC);
      expect(JSON.stringify(known)).not.toMatch(/note|externalPayloads/);
    },
  );

  it.each([
    ['one to more than 4 MB, however large it is itself', 4 * MIB + 1, 2 * MIB, 'TOO_LARGE'],
    ['one to more than four times its own size', 3 * MIB, 0.7 * MIB, 'TOO_LARGE'],
    ['one to less than that', 3 * MIB, 0.8 * MIB, undefined],
    ['a small one to 16 KB, which is harmless', 16_000, 0, undefined],
  ])(
    'limits what a payload inflates to, so that no sender exhausts a worker: %s',
    async (_bound, bytes, padding, reason) => {
      const [payload] = await sealing.decode([bomb(spring, letters(bytes), padding)]);
      const value = payloadConverter.fromPayload<unknown>(payload!);
      expect(isUndecodable(value) ? Object.values(value)[0] : {}).toMatchObject(
        reason ? { reason, keyId: 'spring' } : {},
      );
      expect(isUndecodable(value)).toBe(reason !== undefined);
    },
  );

  it('reads everything that it has written, of any size, and however well it compresses', async () => {
    const texts = ['', 'x', 'x'.repeat(17_000), 'x'.repeat(3_900_000), randomBytes(3_000_000).toString('base64')];
    texts.push('x'.repeat(5_000_000));
    for (const text of texts) await expect(decoded(await encrypted(text), keys)).resolves.toBe(text);
  });

  it('writes at least a quarter of what a reader must hold, so that a history fits into memory', async () => {
    for (const bytes of [20_000, 500_000, 4_000_000]) {
      const [payload] = await sealing.encode([letters(bytes)]);
      expect(payload!.data!.length).toBeGreaterThan(bytes / 4);
      expect(payload!.data!.length).toBeLessThan(bytes / 3.9);
    }
  });
});

describe('a plain payload', () => {
  it('is accepted, so that encryption can be switched on later, and is marked as unencrypted if there are keys', async () => {
    const plain = defaultPayloadConverter.toPayload(KYC);
    const value = await decoded(plain, keyList(spring));
    expect(value).toEqual(KYC);
    expect(arrivedUnencrypted(value)).toBe(true);
    expect(JSON.stringify(value)).toBe(JSON.stringify(KYC));
    expect(arrivedUnencrypted(await decoded(plain))).toBe(false);
    expect(arrivedUnencrypted(await decoded(await encrypted(KYC), keyList(spring)))).toBe(false);
  });

  it('is not marked by what its sender writes, and its mark is not passed on', async () => {
    const plain = defaultPayloadConverter.toPayload(KYC);
    const [tagged] = await new EncryptionCodec(keyList(spring)).decode([plain]);
    expect(arrivedUnencrypted(await decoded(tagged!))).toBe(false);
    const [written] = await new EncryptionCodec().encode([tagged!]);
    expect(written).toEqual(plain);
    const [again] = await new EncryptionCodec(keyList(spring)).encode([tagged!]);
    expect(arrivedUnencrypted(await decoded(again!, keyList(spring)))).toBe(false);
  });

  it('is unchanged if there are no keys', async () => {
    const plain = defaultPayloadConverter.toPayload(KYC);
    await expect(new EncryptionCodec().encode([plain])).resolves.toEqual([plain]);
  });
});

describe('a list of keys', () => {
  it('has the keys in the order in which it is written', () => {
    const { keys } = parseKeyList([spring, summer].map(formatKey).join(', '));
    expect(keys.map(formatKey)).toEqual([spring, summer].map(formatKey));
  });

  it('shows no key when it is printed', () => {
    const secret = spring.key.export().toString('base64');
    expect(JSON.stringify(keyList(spring))).not.toContain(secret);
    expect(inspect(keyList(spring), { depth: 9 })).not.toContain(secret);
  });
});

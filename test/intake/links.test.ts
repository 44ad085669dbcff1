import { createSecretKey, randomBytes } from 'node:crypto';
import fc from '../support/fast-check';
import { SignJWT } from 'jose';
import { KeyList, type EncryptionKey } from '../../src/data-converter/keys';
import { opens, signLink, verifyLink, type KycLink } from '../../src/intake/links/link';
import { isReturnUrl } from '../../src/intake/links/return-url';

const keyNamed = (id: string): EncryptionKey => ({ id, key: createSecretKey(randomBytes(32)) });
const [older, newer] = [keyNamed('2025'), keyNamed('2026')];
const keys = new KeyList([newer, older]);

const now = new Date('2026-02-01T12:00:00.500Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const link: KycLink = {
  reference: 'shop-4711',
  firstRunId: '019c0b5e-0000-7000-8000-000000000001',
  issuedAt: now,
  expiresAt: later(3_600),
};

describe('a link to the KYC page', () => {
  it('opens the order that it was signed for until it expires', async () => {
    const full = { ...link, language: 'de', returnUrl: 'https://shop.example/orders/4711' };
    const token = await signLink(keys, full);
    expect(await verifyLink(keys, token, now)).toEqual(full);
    expect(await verifyLink(keys, await signLink(keys, link), now)).toEqual(link);
    expect(await verifyLink(keys, token, later(3_599.9))).toEqual(full);
    expect(await verifyLink(keys, token, later(3_600))).toBeUndefined();
    expect(await verifyLink(keys, token, later(10_000))).toBeUndefined();
  });

  it('has no character that must be escaped in a URL or a cookie', async () => {
    expect(await signLink(keys, { ...link, returnUrl: 'https://shop.example/ä?ö=ü' })).toMatch(/^[\w.-]+$/);
  });

  it('still opens after a new key was added, and no longer once its own key was removed', async () => {
    const token = await signLink(new KeyList([older]), link);
    expect(await verifyLink(keys, token, now)).toEqual(link);
    expect(await verifyLink(new KeyList([newer]), token, now)).toBeUndefined();
  });

  it('does not open if it was signed with another key under the same id', async () => {
    const token = await signLink(new KeyList([keyNamed('2026')]), link);
    expect(await verifyLink(keys, token, now)).toBeUndefined();
  });

  it('does not open with any part of it missing', async () => {
    const token = await signLink(keys, link);
    for (let length = 0; length < token.length; length++)
      expect([length, await verifyLink(keys, token.slice(0, length), now)]).toEqual([length, undefined]);
  });

  it('does not open with any character changed', async () => {
    const token = await signLink(keys, link);
    const changed = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(...'A Z a z 0 9 - _ .'.split(' ')));
    await fc.assert(
      fc.asyncProperty(changed, async ([at, character]) => {
        const forged = token.slice(0, at) + character + token.slice(at + 1);
        // The last character of a signature has bits that mean nothing.
        fc.pre(forged !== token && at < token.length - 1);
        expect(await verifyLink(keys, forged, now)).toBeUndefined();
      }),
    );
  });

  it.each<[string, (token: SignJWT) => Promise<string>]>([
    ['for something else', (token) => token.setAudience('other').sign(newer.key)],
    ['for nothing in particular', (token) => token.sign(newer.key)],
    ['without an end', (token) => withAudience(token).sign(newer.key)],
    [
      'of an order that cannot be',
      (token) => withAudience(token).setSubject('../x').setExpirationTime(later(9)).sign(newer.key),
    ],
    [
      'with another algorithm',
      (token) =>
        withAudience(token)
          .setProtectedHeader({ alg: 'HS512', kid: '2026' })
          .setExpirationTime(later(9))
          .sign(randomBytes(64)),
    ],
  ])('is not valid if it was signed %s', async (_what, sign) => {
    const token = new SignJWT({ run: link.firstRunId })
      .setProtectedHeader({ alg: 'HS256', kid: '2026' })
      .setSubject('shop-4711')
      .setIssuedAt(now);
    expect(await verifyLink(keys, await sign(token), now)).toBeUndefined();
  });
  const withAudience = (token: SignJWT) => token.setAudience('number-orders:kyc');

  it('is not valid without a signature, and neither is any other text', async () => {
    const [, payload] = (await signLink(keys, link)).split('.');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid: '2026' })).toString('base64url');
    for (const token of [`${unsigned}.${payload}.`, '', '..', 'x'.repeat(100_000), '\ud83d.\u0000.x', '{}'])
      expect(await verifyLink(keys, token, now)).toBeUndefined();
  });

  it.each<[string, boolean, Partial<Parameters<typeof opens>[1]>]>([
    ['as it was', true, {}],
    ['that has ended', false, { isOpen: false }],
    ['of another run', false, { firstRunId: '019c0b5e-0000-7000-8000-000000000002' }],
    ['whose links were revoked later', false, { linksRevokedAt: later(0.001) }],
    ['whose links were revoked as it was signed', false, { linksRevokedAt: now }],
    ['whose links were revoked before', true, { linksRevokedAt: later(-0.001) }],
  ])('for an order %s opens it or not: %s', async (_which, expected, order) => {
    const read = await verifyLink(keys, await signLink(keys, link), now);
    expect(opens(read!, { firstRunId: link.firstRunId, isOpen: true, ...order })).toBe(expected);
  });
});

describe('a return address', () => {
  const hosts = ['shop.example', 'shop.example:8443'];

  it.each(['https://shop.example/orders/4711', 'https://shop.example:8443/', 'https://SHOP.example'])(
    'can be %s',
    (url) => {
      expect(isReturnUrl(url, hosts)).toBe(true);
    },
  );

  it.each([
    'http://shop.example/',
    'https://evil.example/',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    'https://user:secret@shop.example/',
    'https://shop.example:444/',
    'javascript:alert(1)',
    '//shop.example',
    '/orders',
    '',
    `https://shop.example/${'x'.repeat(1_000)}`,
  ])('cannot be %s', (url) => {
    expect(isReturnUrl(url, hosts)).toBe(false);
  });
});

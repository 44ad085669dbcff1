import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type KeyLike } from 'jose';
import { KeysUnavailableError } from '../../src/http/bearer';
import { callerFinder } from '../../src/intake/api/callers';

const ISSUER = 'https://login.example';
const AUDIENCE = 'number-orders';
const TOKEN = 'a-token-of-20-characters';

describe('the caller of the HTTP API', () => {
  let provider: Server;
  let jwksUrl: string;
  let key: KeyLike;
  let down = false;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    key = privateKey;
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig' }] });
    provider = createServer((_request, response) => {
      response.writeHead(down ? 503 : 200, { 'content-type': 'application/json' }).end(down ? '' : jwks);
    });
    await once(provider.listen(0, '127.0.0.1'), 'listening');
    jwksUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks.json`;
  });
  afterAll(() => new Promise((resolve) => provider.close(resolve)));

  const finder = () =>
    callerFinder({
      tokens: [{ name: 'shop', scopes: ['documents'], token: TOKEN }],
      accessTokens: { jwksUrl, issuer: ISSUER, audience: AUDIENCE },
    });
  const accessToken = (claims: Record<string, unknown>) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5 minutes')
      .sign(key);

  it('is known by a token of the settings, with the scopes that are set there', async () => {
    await expect(finder()(`Bearer ${TOKEN}`)).resolves.toEqual({ name: 'shop', scopes: ['documents'] });
  });

  it("is known by an identity provider's access token, with the scopes that it names", async () => {
    const shown = await accessToken({ sub: 'crm', scope: 'links read' });
    await expect(finder()(`Bearer ${shown}`)).resolves.toEqual({ name: 'crm', scopes: ['links', 'read'] });
  });

  it.each([
    ['no header', async () => undefined],
    ['another token', async () => 'Bearer another-token-of-20-characters'],
    ['an access token that names no caller', async () => `Bearer ${await accessToken({ scope: 'links' })}`],
  ])('is unknown with %s', async (_what, header) => {
    await expect(finder()(await header())).resolves.toBeUndefined();
  });

  it('is not called unknown while the keys of the identity provider cannot be read', async () => {
    const shown = await accessToken({ sub: 'crm', scope: 'links' });
    down = true;
    await expect(finder()(`Bearer ${shown}`)).rejects.toThrow(KeysUnavailableError);
    await expect(finder()(`Bearer ${TOKEN}`)).resolves.toMatchObject({ name: 'shop' });
  });
});

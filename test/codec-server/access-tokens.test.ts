import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type KeyLike } from 'jose';
import { authenticator } from '../../src/codec-server/authenticate';
import { KeysUnavailableError } from '../../src/http/bearer';

const ISSUER = 'https://login.example';
const AUDIENCE = 'temporal-ui';

describe("the Web UI's access tokens", () => {
  let provider: Server;
  let jwksUrl: string;
  let privateKey: KeyLike;
  let foreignKey: KeyLike;
  let down = false;

  const token = ({
    iss = ISSUER,
    aud = AUDIENCE,
    exp = new Date(Date.now() + 300_000),
    key = privateKey,
    header = {},
  } = {}) =>
    new SignJWT({ sub: 'olga' })
      .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
      .setIssuer(iss)
      .setAudience(aud)
      .setExpirationTime(exp)
      .sign(key);
  const authenticate = () => authenticator({ accessTokens: { jwksUrl, issuer: ISSUER, audience: AUDIENCE } });
  const letsIn = async (shown: string) => authenticate()(`Bearer ${shown}`);

  beforeAll(async () => {
    const pair = await generateKeyPair('RS256');
    privateKey = pair.privateKey;
    foreignKey = (await generateKeyPair('RS256')).privateKey;
    const others = await generateKeyPair('RS256');
    const published = async (key: KeyLike, kid: string) => ({ ...(await exportJWK(key)), kid, use: 'sig' });
    const jwks = JSON.stringify({
      keys: [await published(pair.publicKey, 'one'), await published(others.publicKey, 'two')],
    });
    provider = createServer((_request, response) => {
      response.writeHead(down ? 503 : 200, { 'content-type': 'application/json' }).end(down ? '' : jwks);
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks.json`;
  });
  afterEach(() => {
    down = false;
  });
  afterAll(() => new Promise((resolve) => provider.close(resolve)));

  it('are accepted when the identity provider has signed them for us', async () => {
    await expect(letsIn(await token())).resolves.toBe(true);
  });

  it('are accepted beside the token of the CLI, which is accepted too', async () => {
    const both = authenticator({ token: 'of-the-cli', accessTokens: { jwksUrl, issuer: ISSUER, audience: AUDIENCE } });
    await expect(both(`Bearer ${await token()}`)).resolves.toBe(true);
    await expect(both('Bearer of-the-cli')).resolves.toBe(true);
    await expect(both('Bearer of-nobody')).resolves.toBe(false);
  });

  it.each([
    ['of another issuer', () => token({ iss: 'https://elsewhere.example' })],
    ['meant for another application', () => token({ aud: 'crm' })],
    ['that have expired', () => token({ exp: new Date(Date.now() - 60_000) })],
    ['signed with a foreign key', () => token({ key: foreignKey })],
    ['that are not signed', async () => new UnsecuredJWT({}).setIssuer(ISSUER).setAudience(AUDIENCE).encode()],
    [
      'that never expire',
      async () =>
        new SignJWT({})
          .setProtectedHeader({ alg: 'RS256', kid: 'one' })
          .setIssuer(ISSUER)
          .setAudience(AUDIENCE)
          .sign(privateKey),
    ],
    ['that are no JWTs', async () => 'no-token'],
    ['that name no key, where the provider has several', () => token({ header: { kid: undefined } })],
    ['whose key id is not a text', () => token({ header: { kid: {} } })],
    [
      'that bring their key along',
      async () => token({ key: foreignKey, header: { kid: undefined, jwk: await exportJWK(foreignKey) } }),
    ],
  ])('are refused if they are tokens %s', async (_what, make) => {
    await expect(letsIn(await make())).resolves.toBe(false);
  });

  it('are not called wrong while their keys cannot be fetched', async () => {
    down = true;
    await expect(letsIn(await token())).rejects.toThrow(KeysUnavailableError);
  });
});

it('a codec server without authentication cannot be created', () => {
  expect(() => authenticator({})).toThrow();
});

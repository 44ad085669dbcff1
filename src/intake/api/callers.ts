import { createHash, timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

/** documents: hand documents in. links: have links to the KYC page signed. read: see what is asked for and outstanding. */
export type Scope = 'documents' | 'links' | 'read';

export interface ServiceToken {
  /** For logs. */
  name: string;
  scopes: readonly Scope[];
  token: string;
}

/** Who may use the API for other services. */
export interface ApiAccess {
  tokens: readonly ServiceToken[];
  /** Access tokens of an identity provider: their claim `scope` names scopes, their `sub` the caller. */
  accessTokens?: { jwksUrl: string; issuer: string; audience: string };
}

export interface Caller {
  name: string;
  scopes: readonly string[];
}

/** Thrown when an access token cannot be checked: that says nothing about its bearer. */
export class CallersUnknownError extends Error {
  override readonly name = 'CallersUnknownError';
}

/** Undefined: nobody who is known. @throws {CallersUnknownError} */
export type FindCaller = (authorization: string | undefined) => Promise<Caller | undefined>;

export function callerFinder({ tokens, accessTokens }: ApiAccess): FindCaller {
  const known = tokens.map(({ name, scopes, token }) => ({ name, scopes, digest: digestOf(token) }));
  const verify = accessTokens && accessTokenVerifier(accessTokens);
  return async (authorization) => {
    const shown = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (shown === undefined) return undefined;
    // Digests: the comparison wants equal lengths and must not tell them.
    const digest = digestOf(shown);
    const [caller] = known.filter((each) => timingSafeEqual(each.digest, digest));
    return caller ?? verify?.(shown);
  };
}

function accessTokenVerifier({ jwksUrl, issuer, audience }: NonNullable<ApiAccess['accessTokens']>) {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async (shown: string): Promise<Caller | undefined> => {
    try {
      // Without an end a token that leaked would be good for ever.
      const { payload } = await jwtVerify(shown, keys, { issuer, audience, requiredClaims: ['exp', 'sub'] });
      const scope = typeof payload.scope === 'string' ? payload.scope : '';
      return { name: payload.sub ?? '', scopes: scope.split(' ') };
    } catch (error) {
      // What is wrong with the token has these codes; all else is wrong with the keys.
      if (
        error instanceof errors.JOSEError &&
        /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT|JWKS_NO|JWKS_MULTIPLE)/.test(error.code)
      )
        return undefined;
      throw new CallersUnknownError('The keys of the identity provider cannot be read', { cause: error });
    }
  };
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

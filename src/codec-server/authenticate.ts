import { createHash, timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

/** What lets a caller in: at least one of the two. */
export interface CodecAccess {
  /** Shown as bearer token, by the `temporal` CLI. */
  token?: string;
  /** Access tokens of an identity provider, as the Web UI forwards those of its users. */
  accessTokens?: { jwksUrl: string; issuer: string; audience: string };
}

/** Thrown when an access token cannot be checked: that says nothing about its bearer. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/** @throws {KeysUnavailableError} */
export type Authenticate = (authorization: string | undefined) => Promise<boolean>;

export function authenticator({ token, accessTokens }: CodecAccess): Authenticate {
  const checks = [
    ...(token === undefined ? [] : [isToken(token)]),
    ...(accessTokens ? [isAccessToken(accessTokens)] : []),
  ];
  if (checks.length === 0) throw new Error('A codec server that lets everybody in would give the KYC away.');
  return async (authorization) => {
    const shown = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (shown === undefined) return false;
    for (const check of checks) if (await check(shown)) return true;
    return false;
  };
}

/** In constant time; digests, because the comparison wants equal lengths and must not tell them either. */
function isToken(token: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(token);
  return async (shown: string) => timingSafeEqual(digest(shown), expected);
}

/** jose 5: its next version is ES modules alone, which the oldest Node we run on cannot `require`. */
function isAccessToken({ jwksUrl, issuer, audience }: NonNullable<CodecAccess['accessTokens']>) {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async (shown: string) => {
    try {
      // Without an end a token that leaked would open the server for ever.
      await jwtVerify(shown, keys, { issuer, audience, requiredClaims: ['exp'] });
      return true;
    } catch (error) {
      if (isOfTheToken(error)) return false;
      throw new KeysUnavailableError('The keys of the identity provider cannot be had', { cause: error });
    }
  };
}

function isOfTheToken(error: unknown): boolean {
  return [
    errors.JWTClaimValidationFailed,
    errors.JWTExpired,
    errors.JWTInvalid,
    errors.JWSInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
    // It names no key where there are several: its issuer's tokens do.
    errors.JWKSMultipleMatchingKeys,
  ].some((kind) => error instanceof kind);
}

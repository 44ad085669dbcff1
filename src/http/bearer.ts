import { createHash, timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';

/** An identity provider whose access tokens are accepted. */
export interface IdentityProvider {
  jwksUrl: string;
  issuer: string;
  audience: string;
}

/** Thrown when an access token cannot be checked: that says nothing about its bearer. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/** The token of an `Authorization` header; undefined: it has none. */
export function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** Compares in constant time; digests, because the comparison wants equal lengths and must not tell them either. */
export function tokenCheck(token: string): (shown: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(token);
  return (shown) => timingSafeEqual(digest(shown), expected);
}

/**
 * Reads the claims of access tokens; undefined: the token is not valid. Tokens without an end are refused: one that leaked would
 * be good for ever.
 * @param required claims besides `exp`
 */
export function accessTokenReader({ jwksUrl, issuer, audience }: IdentityProvider, required: string[] = []) {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  /** @throws {KeysUnavailableError} */
  return async (shown: string): Promise<JWTPayload | undefined> => {
    try {
      const { payload } = await jwtVerify(shown, keys, { issuer, audience, requiredClaims: ['exp', ...required] });
      return payload;
    } catch (error) {
      if (isOfTheToken(error)) return undefined;
      throw new KeysUnavailableError('The keys of the identity provider cannot be read', { cause: error });
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

import { createHash, timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';

/** An identity provider whose access tokens are accepted. */
export interface IdentityProvider {
  jwksUrl: string;
  issuer: string;
  audience: string;
}

/** Thrown when an access token cannot be checked. It may be valid. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/** The token of an `Authorization` header; undefined: there is none. */
export function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** Compares in constant time. Compares digests, because lengths must be equal and must not leak either. */
export function tokenCheck(token: string): (shown: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(token);
  return (shown) => timingSafeEqual(digest(shown), expected);
}

/**
 * Reads the claims of access tokens; undefined: the token is not valid. Tokens that never expire are refused, as a leaked one
 * would stay valid.
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
    // It names no key although there are several: tokens of its issuer do.
    errors.JWKSMultipleMatchingKeys,
  ].some((kind) => error instanceof kind);
}

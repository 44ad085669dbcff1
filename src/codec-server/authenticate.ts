import { accessTokenReader, bearerIn, tokenCheck, type IdentityProvider } from '../http/bearer';

/** How callers authenticate: at least one of the two. */
export interface CodecAccess {
  /** A bearer token, for the `temporal` CLI. */
  token?: string;
  /** Access tokens of an identity provider, as the Web UI forwards those of its users. */
  accessTokens?: IdentityProvider;
}

/** @throws {KeysUnavailableError} */
export type Authenticate = (authorization: string | undefined) => Promise<boolean>;

export function authenticator({ token, accessTokens }: CodecAccess): Authenticate {
  const isToken = token === undefined ? undefined : tokenCheck(token);
  const claimsOf = accessTokens && accessTokenReader(accessTokens);
  if (!isToken && !claimsOf) throw new Error('A codec server without authentication would expose the KYC.');
  return async (authorization) => {
    const shown = bearerIn(authorization);
    if (shown === undefined) return false;
    return isToken?.(shown) === true || (await claimsOf?.(shown)) !== undefined;
  };
}

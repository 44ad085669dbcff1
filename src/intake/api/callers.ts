import { accessTokenReader, bearerIn, tokenCheck, type IdentityProvider } from '../../http/bearer';

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
  accessTokens?: IdentityProvider;
}

export interface Caller {
  name: string;
  scopes: readonly string[];
}

/** Undefined: the caller is not known. @throws {KeysUnavailableError} */
export type FindCaller = (authorization: string | undefined) => Promise<Caller | undefined>;

export function callerFinder({ tokens, accessTokens }: ApiAccess): FindCaller {
  const known = tokens.map(({ name, scopes, token }) => ({ name, scopes, isToken: tokenCheck(token) }));
  const claimsOf = accessTokens && accessTokenReader(accessTokens, ['sub']);
  return async (authorization) => {
    const shown = bearerIn(authorization);
    if (shown === undefined) return undefined;
    // All are compared, so that the time does not tell which one it is.
    const [caller] = known.filter(({ isToken }) => isToken(shown));
    if (caller) return { name: caller.name, scopes: caller.scopes };
    const claims = await claimsOf?.(shown);
    if (!claims) return undefined;
    const scope = typeof claims.scope === 'string' ? claims.scope : '';
    return { name: claims.sub ?? '', scopes: scope.split(' ') };
  };
}

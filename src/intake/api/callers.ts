import { accessTokenReader, bearerIn, tokenCheck, type IdentityProvider } from '../../http/bearer';

/** documents: submit documents. links: request signed links to the KYC page. read: see what is required and outstanding. */
export type Scope = 'documents' | 'links' | 'read';

export interface ServiceToken {
  /** For logs. */
  name: string;
  scopes: readonly Scope[];
  token: string;
}

/** The services that may use the API. */
export interface ApiAccess {
  tokens: readonly ServiceToken[];
  /** Access tokens of an identity provider: their claim `scope` names scopes, their `sub` the caller. */
  accessTokens?: IdentityProvider;
}

export interface Caller {
  name: string;
  scopes: readonly string[];
}

/** Undefined: the caller is unknown. @throws {KeysUnavailableError} */
export type FindCaller = (authorization: string | undefined) => Promise<Caller | undefined>;

export function callerFinder({ tokens, accessTokens }: ApiAccess): FindCaller {
  const known = tokens.map(({ name, scopes, token }) => ({ name, scopes, isToken: tokenCheck(token) }));
  const claimsOf = accessTokens && accessTokenReader(accessTokens, ['sub']);
  return async (authorization) => {
    const shown = bearerIn(authorization);
    if (shown === undefined) return undefined;
    // All are compared, so that timing does not reveal which one matches.
    const [caller] = known.filter(({ isToken }) => isToken(shown));
    if (caller) return { name: caller.name, scopes: caller.scopes };
    const claims = await claimsOf?.(shown);
    if (!claims) return undefined;
    const scope = typeof claims.scope === 'string' ? claims.scope : '';
    return { name: claims.sub ?? '', scopes: scope.split(' ') };
  };
}

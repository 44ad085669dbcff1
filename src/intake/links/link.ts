import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { REFERENCE_PATTERN } from '@number-orders/contract';
import type { KeyList } from '../../data-converter/keys';

/** What a link opens: the KYC page of one order, as long as it is this run of it. */
export interface KycLink {
  reference: string;
  /** Of the order's first run: a later attempt is another order. */
  firstRunId: string;
  issuedAt: Date;
  expiresAt: Date;
  /** Of the page, such as `de`. */
  language?: string;
  /** Shown as a link on the page, never followed by itself. */
  returnUrl?: string;
}

const ALGORITHM = 'HS256';
/** So that no other token signed with these keys is a link. */
const AUDIENCE = 'number-orders:kyc';
/** With it the token fits into a cookie, and into every browser's address bar. */
export const RETURN_URL_CHARACTERS = 1_000;
const TOKEN_CHARACTERS = 3_000;

const claims = z.object({
  sub: z.string().regex(REFERENCE_PATTERN),
  run: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  lang: z.string().optional(),
  ret: z.string().optional(),
});

/** Signs with the first key. @returns the last part of the link's path */
export async function signLink(keys: KeyList, link: KycLink): Promise<string> {
  const { id, key } = await keys.current();
  const { reference, firstRunId, issuedAt, expiresAt, language, returnUrl } = link;
  return (
    new SignJWT({ run: firstRunId, ...(language && { lang: language }), ...(returnUrl && { ret: returnUrl }) })
      .setProtectedHeader({ alg: ALGORITHM, kid: id })
      .setSubject(reference)
      .setAudience(AUDIENCE)
      // With milliseconds: what is signed in the second of a revocation is told apart from what was signed before it.
      .setIssuedAt(issuedAt.getTime() / 1_000)
      .setExpirationTime(expiresAt.getTime() / 1_000)
      .sign(key)
  );
}

/** What a token opens; undefined, whatever is wrong with it. Any of the keys may have signed it. */
export async function verifyLink(keys: KeyList, token: string, now: Date): Promise<KycLink | undefined> {
  if (token.length > TOKEN_CHARACTERS) return undefined;
  try {
    const { payload } = await jwtVerify(token, ({ kid = '' }) => keyOf(keys, kid), {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      currentDate: now,
    });
    const { success, data } = claims.safeParse(payload);
    if (!success) return undefined;
    const { sub: reference, run: firstRunId, iat, exp, lang: language, ret: returnUrl } = data;
    const [issuedAt, expiresAt] = [new Date(iat * 1_000), new Date(exp * 1_000)];
    // jose counts in whole seconds.
    if (now >= expiresAt) return undefined;
    return {
      reference,
      firstRunId,
      issuedAt,
      expiresAt,
      ...(language && { language }),
      ...(returnUrl && { returnUrl }),
    };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

async function keyOf(keys: KeyList, id: string) {
  const found = await keys.find(id);
  if (!found) throw new errors.JWKSNoMatchingKey();
  return found.key;
}

/** What of an order decides whether a link still opens it. */
export interface LinkedOrder {
  firstRunId: string;
  isOpen: boolean;
  /** Links signed until then open nothing. */
  linksRevokedAt?: Date;
}

export function opens(link: KycLink, order: LinkedOrder): boolean {
  const { firstRunId, isOpen, linksRevokedAt } = order;
  return isOpen && link.firstRunId === firstRunId && (!linksRevokedAt || link.issuedAt > linksRevokedAt);
}

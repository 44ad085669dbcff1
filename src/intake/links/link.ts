import { z } from 'zod';
import { REFERENCE_PATTERN } from '@number-orders/contract';
import type { KeyList } from '../../data-converter/keys';
import { sign, verify } from './signed';

/** The claims of a link: it opens the KYC page of one order, for this run. */
export interface KycLink {
  reference: string;
  /** The id of the order's first run: a later attempt is another order. */
  firstRunId: string;
  issuedAt: Date;
  expiresAt: Date;
  /** The page's language, such as `de`. */
  language?: string;
  /** Shown as a link on the page, never followed automatically. */
  returnUrl?: string;
}

const AUDIENCE = 'number-orders:kyc';
/** Within this size the token fits into a cookie and any browser's address bar. */
export const RETURN_URL_CHARACTERS = 1_000;
const TOKEN_CHARACTERS = 3_000;

const linkClaims = z.object({
  sub: z.string().regex(REFERENCE_PATTERN),
  run: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  lang: z.string().optional(),
  ret: z.string().optional(),
});

/** @returns the last part of the link's path */
export function signLink(keys: KeyList, link: KycLink): Promise<string> {
  const { reference, firstRunId, issuedAt, expiresAt, language, returnUrl } = link;
  // With milliseconds, to tell links signed in the second of a revocation from those signed before it.
  const iat = issuedAt.getTime() / 1_000;
  const claims = { iat, run: firstRunId, ...(language && { lang: language }), ...(returnUrl && { ret: returnUrl }) };
  return sign(keys, { audience: AUDIENCE, reference, expiresAt, claims });
}

/** The claims of a valid token; undefined for any fault. */
export async function verifyLink(keys: KeyList, token: string, now: Date): Promise<KycLink | undefined> {
  if (token.length > TOKEN_CHARACTERS) return undefined;
  const { success, data } = linkClaims.safeParse(await verify(keys, token, AUDIENCE, now));
  if (!success) return undefined;
  const { sub: reference, run: firstRunId, iat, exp, lang: language, ret: returnUrl } = data;
  const [issuedAt, expiresAt] = [new Date(iat * 1_000), new Date(exp * 1_000)];
  // jose counts in whole seconds.
  if (now >= expiresAt) return undefined;
  return { reference, firstRunId, issuedAt, expiresAt, ...(language && { language }), ...(returnUrl && { returnUrl }) };
}

/** The state of an order that decides whether a link is still valid. */
export interface LinkedOrder {
  firstRunId: string;
  isOpen: boolean;
  /** Links signed before this time are invalid. */
  linksRevokedAt?: Date;
}

export function opens(link: KycLink, order: LinkedOrder): boolean {
  const { firstRunId, isOpen, linksRevokedAt } = order;
  return isOpen && link.firstRunId === firstRunId && (!linksRevokedAt || link.issuedAt > linksRevokedAt);
}

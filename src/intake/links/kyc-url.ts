import { DAY_MS } from '@number-orders/contract';
import type { KeyList } from '../../data-converter/keys';
import { signLink, type KycLink } from './link';

/** Longer than the interval between two notifications of a waiting order. */
const LINK_LASTS_MS = 7 * DAY_MS;
export const LINK_LASTS_AT_MOST_MS = 90 * DAY_MS;

/** The address of the KYC page, and the keys that sign links to it. */
export interface KycLinkSettings {
  /** An origin. */
  url: string;
  keys: KeyList;
}

export interface LinkWish extends Pick<KycLink, 'reference' | 'firstRunId' | 'language' | 'returnUrl'> {
  lastsMs?: number;
}

/** A link to the KYC page of an order's run. A secret: it opens the page. */
export async function kycUrlOf(
  { url, keys }: KycLinkSettings,
  { lastsMs = LINK_LASTS_MS, ...link }: LinkWish,
): Promise<{ url: string; expiresAt: Date }> {
  const issuedAt = new Date();
  const expiresAt = new Date(issuedAt.getTime() + lastsMs);
  return { url: `${url}/kyc/${await signLink(keys, { ...link, issuedAt, expiresAt })}`, expiresAt };
}

import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { KycLink } from '../links/link';

/** One for each order, so that two orders in one browser do not conflict. The browser adds `__Host-`. */
function cookieName(reference: string): string {
  return `kyc-${createHash('sha256').update(reference).digest('base64url').slice(0, 16)}`;
}

/** Keeps an opened link in this browser, until its end. */
export function keepLink(c: Context, token: string, { reference, expiresAt }: KycLink): void {
  setCookie(c, cookieName(reference), token, {
    prefix: 'host',
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: true,
    // Browsers keep cookies for at most 400 days, and Hono refuses more.
    maxAge: Math.min(400 * 86_400, Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1_000))),
  });
}

export function keptLink(c: Context, reference: string): string | undefined {
  return getCookie(c, cookieName(reference), 'host');
}

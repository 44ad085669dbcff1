import { randomBytes } from 'node:crypto';

import type { Clock } from './clock';
import { bareError } from './errors';
import type { Settings } from './settings';

export interface Credentials {
  projectId: string;
  keyId: string;
  keySecret: string;
}

/** Issues bearer tokens and checks what a request carries. */
export class Tokens {
  readonly #expiry = new Map<string, number>();

  constructor(
    private readonly credentials: Credentials,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  issue(authorization: string | undefined): {
    access_token: string;
    token_type: string;
    expires_in: number;
    scope: string;
  } {
    if (!this.#isBasic(authorization)) throw bareError(401, 'The key id or the key secret is wrong');
    const token = randomBytes(24).toString('base64url');
    this.#expiry.set(token, this.clock.now() + this.settings.tokenSeconds * 1000);
    return { access_token: token, token_type: 'bearer', expires_in: this.settings.tokenSeconds, scope: '' };
  }

  /** A bearer token that has not expired, or HTTP Basic. */
  check(authorization: string | undefined): void {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    const expiry = token === undefined ? undefined : this.#expiry.get(token);
    if (expiry !== undefined ? expiry <= this.clock.now() : !this.#isBasic(authorization)) {
      throw bareError(401, 'Request had invalid authentication credentials');
    }
  }

  /** As a key rotation does: what was issued no longer works. */
  revoke(): void {
    this.#expiry.clear();
  }

  #isBasic(authorization: string | undefined): boolean {
    const { keyId, keySecret } = this.credentials;
    const expected = Buffer.from(`${keyId}:${keySecret}`).toString('base64');
    return /^Basic (.+)$/i.exec(authorization ?? '')?.[1] === expected;
  }
}

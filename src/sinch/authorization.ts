/** Where a call's `Authorization` header comes from. */
export interface Authorization {
  /** @throws SinchError when there is none to be had. */
  header(): Promise<string>;
  /** Told that Sinch answered 401 to this header; answers whether another one is worth one more try. */
  refused(header: string): boolean;
}

/** HTTP Basic: documented as for tests only, heavily rate limited, and seen to be refused (403) on destructive calls. */
export class BasicAuthorization implements Authorization {
  private readonly value: string;

  constructor(keyId: string, keySecret: string) {
    this.value = basic(keyId, keySecret);
  }

  header(): Promise<string> {
    return Promise.resolve(this.value);
  }

  refused(): boolean {
    return false;
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The source of a call's `Authorization` header. */
export interface Authorization {
  /** @throws SinchError when none can be obtained. */
  header(): Promise<string>;
  /** Called when Sinch answered 401 to this header; returns whether a retry with another one makes sense. */
  refused(header: string): boolean;
}

/** HTTP Basic: documented for tests only, heavily rate limited, and observed to be refused (403) on destructive calls. */
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

import { generate } from 'selfsigned';

/** PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

const OPTIONS = { keyType: 'ec', algorithm: 'sha256' } as const;

/** A certificate authority that only its own clients and servers trust. */
export class CertificateAuthority {
  private constructor(private readonly own: Certificate) {}

  static async make(name: string): Promise<CertificateAuthority> {
    const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
      ...OPTIONS,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    });
    return new CertificateAuthority({ cert, key });
  }

  /** What those need who are to trust it. */
  get cert(): string {
    return this.own.cert;
  }

  /** For this machine, as a server and as a client of one, until then. */
  async issue(notAfter: Date): Promise<Certificate> {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      ...OPTIONS,
      // From some time ago, so that one can be issued that has run out.
      notBeforeDate: new Date(Math.min(Date.now(), notAfter.getTime()) - 3_600_000),
      notAfterDate: notAfter,
      ca: this.own,
    });
    return { cert, key };
  }
}

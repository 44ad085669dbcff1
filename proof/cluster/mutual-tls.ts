import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateAuthority } from '../../local/certificates';

const DAY_MS = 86_400_000;
/** The name in each certificate, beside 127.0.0.1. */
const NAME = 'localhost';

/** The certificates with which the parts of a cluster authenticate, as files, and the authority that signs them. */
export class MutualTls {
  private constructor(
    private readonly folder: string,
    private readonly authority: CertificateAuthority,
  ) {}

  /** @param folder is created; its certificates are valid for a day */
  static async make(folder: string): Promise<MutualTls> {
    await mkdir(folder);
    const made = new MutualTls(folder, await CertificateAuthority.make('number-orders cluster'));
    await writeFile(made.file('authority.pem'), made.authority.cert);
    await made.issue('server');
    await made.issue('client');
    return made;
  }

  /** Replaces the certificate of that name. */
  async issue(name: string, notAfter = new Date(Date.now() + DAY_MS), authority = this.authority): Promise<void> {
    const { cert, key } = await authority.issue(notAfter);
    await writeFile(this.file(`${name}.key`), key, { mode: 0o600 });
    await writeFile(this.file(`${name}.pem`), cert);
  }

  /** The settings with which our processes and Temporal's CLI use the certificate of that name; empty for none. */
  settings(name = 'client'): Record<string, string> {
    return {
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: this.file('authority.pem'),
      TEMPORAL_TLS_SERVER_NAME: NAME,
      TEMPORAL_TLS_CLIENT_CERT_PATH: name && this.file(`${name}.pem`),
      TEMPORAL_TLS_CLIENT_KEY_PATH: name && this.file(`${name}.key`),
    };
  }

  /** For a Temporal server's configuration: `global.tls`. */
  get ofServer(): object {
    const own = { certFile: this.file('server.pem'), keyFile: this.file('server.key') };
    const server = { ...own, requireClientAuth: true, clientCaFiles: [this.file('authority.pem')] };
    const client = { serverName: NAME, rootCaFiles: [this.file('authority.pem')] };
    return { internode: { server, client }, frontend: { server, client }, systemWorker: { ...own, client } };
  }

  /** For the Web UI's configuration: `tls`. */
  get ofWebUi(): object {
    const own = { certFile: this.file('client.pem'), keyFile: this.file('client.key') };
    return { ...own, caFile: this.file('authority.pem'), serverName: NAME, enableHostVerification: true };
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}

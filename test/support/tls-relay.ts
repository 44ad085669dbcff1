import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { CertificateAuthority } from '../../local/certificates';
import { devServerAddress } from './temporal';

/** TLS before a server that knows none. */
export class TlsRelay {
  /** Connections that it refused for their certificate. */
  refused = 0;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;

  /**
   * @param target `host:port`; the dev server when left out
   * @param mutual whether it wants certificates of its clients
   */
  constructor(
    private readonly target = devServerAddress(),
    private readonly mutual = true,
  ) {}

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** @param authority signs the relay's own certificate, and those of the clients that are let in */
  async open(authority: CertificateAuthority): Promise<void> {
    const own = await authority.issue(new Date(Date.now() + 3_600_000));
    const [host, port] = this.target.split(':');
    this.server = createServer({
      ...own,
      ca: authority.cert,
      requestCert: this.mutual,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    this.server.on('tlsClientError', () => (this.refused += 1));
    this.server.on('secureConnection', (near) => {
      const far = connect(Number(port), host);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(from);
        from.on('error', () => to.destroy()).pipe(to);
      }
    });
    await once(this.server.listen(this.port, '127.0.0.1'), 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    if (this.server) await once(this.server, 'close');
  }
}

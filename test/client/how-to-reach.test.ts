import { howToReach } from '../../src/client/how-to-reach';
import { CertificateAuthority, type Certificate } from '../../local/certificates';
import { devServerAddress } from '../support/temporal';
import { TlsRelay } from '../support/tls-relay';

const later = new Date(Date.now() + 3_600_000);

describe('the message that Temporal cannot be reached', () => {
  const relay = new TlsRelay();
  let ours: CertificateAuthority;
  let others: CertificateAuthority;
  let good: Certificate;

  beforeAll(async () => {
    [ours, others] = await Promise.all([CertificateAuthority.make('ours'), CertificateAuthority.make('others')]);
    good = await ours.issue(later);
    await relay.open(ours);
  });
  afterAll(() => relay.close());

  const why = (client: Certificate | undefined, authority: CertificateAuthority, serverNameOverride?: string) =>
    howToReach({
      address: relay.address,
      tls: {
        ...(serverNameOverride !== undefined && { serverNameOverride }),
        serverRootCACertificate: Buffer.from(authority.cert),
        ...(client && { clientCertPair: { crt: Buffer.from(client.cert), key: Buffer.from(client.key) } }),
      },
    });

  it('explains that a client certificate is missing, of another authority, or expired', async () => {
    await expect(why(undefined, ours)).resolves.toBe(
      'it wants a client certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH',
    );
    await expect(why(await others.issue(later), ours)).resolves.toBe(
      'it refuses the certificate of TEMPORAL_TLS_CLIENT_CERT_PATH: give one of an authority that the server trusts',
    );
    await expect(why(await ours.issue(new Date('2020-02-02T00:00:00Z')), ours)).resolves.toBe(
      'the certificate of TEMPORAL_TLS_CLIENT_CERT_PATH has expired (Feb  2 00:00:00 2020 GMT): renew it and start again',
    );
  });

  it("explains that a server's certificate is of another authority, or for another name", async () => {
    await expect(why(good, others)).resolves.toMatch(/not trusted here: set TEMPORAL_TLS_SERVER_CA_CERT_PATH/);
    await expect(howToReach({ address: relay.address, tls: true })).resolves.toMatch(
      /TEMPORAL_TLS_SERVER_CA_CERT_PATH/,
    );
    await expect(why(good, ours, 'temporal.example')).resolves.toMatch(/for this name: set TEMPORAL_TLS_SERVER_NAME/);
    await expect(why(good, ours, 'localhost')).resolves.toMatch(/takes no call: check TEMPORAL_NAMESPACE/);
  });

  it('explains that only one of client and server uses TLS', async () => {
    await expect(howToReach({ address: relay.address })).resolves.toMatch(/^it may want TLS: set TEMPORAL_TLS=true/);
    await expect(howToReach({ address: devServerAddress(), tls: true })).resolves.toMatch(/^it speaks no TLS: unset/);
  });

  it('explains that no server listens, or that a proxy is in between', async () => {
    const proxy = { type: 'http-connect', targetHost: 'proxy.example:3128' } as const;
    const nobody = { address: '127.0.0.1:1', tls: true };
    await expect(howToReach(nobody)).resolves.toBe('check TEMPORAL_ADDRESS and that the server is up');
    for (const address of ['not an address', 'localhost:99999'])
      await expect(howToReach({ address })).resolves.toBe('check TEMPORAL_ADDRESS and that the server is up');
    await expect(howToReach({ ...nobody, proxy })).resolves.toMatch(
      /that proxy\.example:3128, the proxy of grpc_proxy/,
    );
  });
});

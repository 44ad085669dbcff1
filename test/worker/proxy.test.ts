import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority } from '../../local/certificates';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy';
import { usLocal } from '../support/kyc';
import { devServerAddress } from '../support/temporal';
import { TlsRelay } from '../support/tls-relay';
import { startWorkerProcess } from '../support/worker-process';
import { startFakeSinch } from '../../fake-sinch';

describe('a worker behind proxies', () => {
  let folder: string;
  let authority: CertificateAuthority;
  let toTemporal: ConnectProxy;
  let toSinch: ConnectProxy;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proxy-'));
    authority = await CertificateAuthority.make('ours');
    await writeFile(join(folder, 'authority.pem'), authority.cert);
  });
  beforeEach(async () => {
    [toTemporal, toSinch] = await Promise.all([startConnectProxy(), startConnectProxy()]);
  });
  afterEach(() => Promise.all([toTemporal.close(), toSinch.close()]));
  afterAll(() => rm(folder, { recursive: true }));

  /** @returns where Sinch was */
  async function completeAnOrder(env: Record<string, string>): Promise<string> {
    const fake = await startFakeSinch({ uploadSeconds: 0, reviewSeconds: 0, linkingSeconds: 0 });
    const sinch = new TlsRelay(new URL(fake.url).host, false);
    await sinch.open(authority);
    const address = `localhost:${sinch.address.split(':')[1] ?? ''}`;
    const worker = await startWorkerProcess({
      SINCH_NUMBERS_URL: `https://${address}`,
      SINCH_AUTH_URL: `https://${address}/oauth2/token`,
      NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'),
      grpc_proxy: toTemporal.url.replace('//', '//me:secret@'),
      HTTPS_PROXY: toSinch.url,
      ...env,
    });
    const connected = await worker.connect();
    const { orders } = connected;
    const reference = `proxy-${randomUUID()}`;
    await orders.start({ reference, ...usLocal });
    await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await connected.close();
    await worker.stop();
    await sinch.close();
    await fake.close();
    return address;
  }

  it('connects to Temporal through one and to Sinch through the other, and to neither directly', async () => {
    const sinch = await completeAnOrder({});
    expect(new Set(toTemporal.asked)).toEqual(new Set([devServerAddress()]));
    expect([...toTemporal.credentials]).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`]);
    expect(new Set(toSinch.asked)).toEqual(new Set([sinch]));
  });

  it('connects directly if no_proxy says so', async () => {
    await completeAnOrder({ no_proxy: 'localhost,127.0.0.0/8' });
    expect([toTemporal.asked, toSinch.asked]).toEqual([[], []]);
  });

  it('names a proxy that refuses the connection', async () => {
    const refusing = await startConnectProxy('HTTP/1.1 403 Forbidden\r\n\r\n');
    await expect(startWorkerProcess({ grpc_proxy: refusing.url })).rejects.toThrow(
      `check TEMPORAL_ADDRESS and that the server is up, and that ${new URL(refusing.url).host}, the proxy of grpc_proxy, lets it through`,
    );
    await refusing.close();
  });
});

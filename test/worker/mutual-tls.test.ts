import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../local/free-ports';
import { type Certificate, CertificateAuthority } from '../../local/certificates';
import { type CliProcess, startCli } from '../support/cli-process';
import { auMobile, auRegistration, PROOF_OF_IDENTITY } from '../support/kyc';
import { TlsRelay } from '../support/tls-relay';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

const HMAC_SECRET = 'hmac-secret-of-the-mutual-tls-tests';
const TOKEN = 'a-token-of-more-than-thirty-two-characters';
const later = new Date(Date.now() + 3_600_000);

describe('Temporal behind mutual TLS', () => {
  const relay = new TlsRelay();
  let callbacks: CliProcess;
  let intake: CliProcess;
  let folder: string;
  let worker: WorkerProcess;
  let settings: Record<string, string>;

  const path = (name: string) => join(folder, name);
  async function keep({ cert, key }: Certificate, name: string): Promise<Record<string, string>> {
    await Promise.all([writeFile(path(`${name}.pem`), cert), writeFile(path(`${name}.key`), key)]);
    return { TEMPORAL_TLS_CLIENT_CERT_PATH: path(`${name}.pem`), TEMPORAL_TLS_CLIENT_KEY_PATH: path(`${name}.key`) };
  }
  async function ran(args: string[], env: Record<string, string> = settings): Promise<string> {
    const cli = await startCli(args, env);
    await cli.ended;
    return cli.printed();
  }

  const startCallbacks = () => startCli(['callbacks'], settings, 'Callback receiver is listening');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mutual-tls-'));
    const authority = await CertificateAuthority.make('ours');
    await relay.open(authority);
    await writeFile(path('authority.pem'), authority.cert);
    const address = async () => `127.0.0.1:${await freePort()}`;
    const [ofCallbacks, ofIntake] = [await address(), await address()];
    settings = {
      TEMPORAL_ADDRESS: relay.address,
      TEMPORAL_TLS_SERVER_NAME: 'localhost',
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: path('authority.pem'),
      ...(await keep(await authority.issue(later), 'client')),
      NUMBER_ORDERS_TASK_QUEUE: `mutual-tls-${randomUUID()}`,
      NUMBER_ORDERS_STORE: `file:${path('store')}`,
      NUMBER_ORDERS_HEALTH_ADDRESS: await address(),
      NUMBER_ORDERS_CALLBACK_ADDRESS: ofCallbacks,
      NUMBER_ORDERS_CALLBACK_URL: `http://${ofCallbacks}`,
      SINCH_CALLBACK_SECRET: HMAC_SECRET,
      NUMBER_ORDERS_INTAKE_ADDRESS: ofIntake,
      NUMBER_ORDERS_INTAKE_URL: `http://${ofIntake}`,
      NUMBER_ORDERS_INTAKE_KEYS: `links:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_INTAKE_TOKENS: `shop:documents:${TOKEN}`,
      NUMBER_ORDERS_INTAKE_NAME: 'Example Telecom',
    };
    worker = await startWorkerProcess(settings, { hmacSecret: HMAC_SECRET });
    callbacks = await startCallbacks();
    intake = await startCli(['intake'], settings, 'Intake is listening');
  });
  afterAll(async () => {
    await Promise.all([worker.stop(), callbacks.stop(), intake.stop()]);
    await relay.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is reached by worker, client, CLI, callback receiver and intake, and an order completes', async () => {
    const reference = `mutual-tls-${randomUUID()}`;
    const connected = await worker.connect();
    const { orders } = connected;
    await orders.reserve({ reference, ...auMobile });
    await writeFile(path('registration.json'), JSON.stringify(auRegistration()));
    expect(await ran(['register', reference, path('registration.json')])).toContain('ACCEPTED');
    const document = await fetch(
      `${settings.NUMBER_ORDERS_INTAKE_URL}/v1/orders/${reference}/attachments/${PROOF_OF_IDENTITY}`,
      {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': 'application/pdf',
          'content-disposition': 'attachment; filename="identity.pdf"',
        },
        body: 'a document',
      },
    );
    expect(await document.json()).toMatchObject({ status: 'ACCEPTED' });
    await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await connected.close();
    while (!callbacks.printed().includes('signalled')) await delay(50);
  });

  it('reports the setting and the remedy for a certificate that is refused', async () => {
    const others = await CertificateAuthority.make('others');
    const foreign = { ...settings, ...(await keep(await others.issue(later), 'foreign')) };
    const refused =
      'it refuses the certificate of TEMPORAL_TLS_CLIENT_CERT_PATH: give one of an authority that the server trusts';
    const health = { NUMBER_ORDERS_HEALTH_ADDRESS: 'off' };
    const [ofWorker, ofDoctor, ...ofOthers] = await Promise.all([
      startWorkerProcess({ ...foreign, ...health }).then(String, String),
      ran(['doctor'], foreign),
      ran(['callbacks'], foreign),
      ran(['intake'], foreign),
      ran(['list'], foreign),
    ]);
    expect(ofWorker).toContain(`Temporal at ${relay.address} cannot be reached: ${refused}.`);
    expect(ofDoctor).toContain(`${relay.address} cannot be reached: ${refused}.`);
    for (const said of ofOthers) {
      expect(said).toBe(
        `Temporal cannot be used (${relay.address} cannot be reached): ${refused}; number-orders doctor tells more.\n`,
      );
    }
  });

  it('accepts a renewed certificate when a process is restarted, and not before', async () => {
    const ready = async (url: string) => (await fetch(`${url}/ready`)).status;
    const all = () =>
      Promise.all([
        ready(`http://${settings.NUMBER_ORDERS_HEALTH_ADDRESS}`),
        ready(settings.NUMBER_ORDERS_CALLBACK_URL!),
      ]);
    expect(await all()).toEqual([200, 200]);

    const refusedBefore = relay.refused;
    // As when its certificate has run out: from the next connection on, the old one is refused.
    await relay.close();
    const next = await CertificateAuthority.make('next');
    await writeFile(path('authority.pem'), next.cert);
    await keep(await next.issue(later), 'client');
    await relay.open(next);
    while (relay.refused < refusedBefore + 10) await delay(50);
    expect(await all()).toEqual([503, 503]);

    await worker.killAndStartAgain();
    await callbacks.stop();
    callbacks = await startCallbacks();
    expect(await all()).toEqual([200, 200]);
  });
});

import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CertificateAuthority } from '../../local/certificates';
import { FAKE_HMAC_SECRET, neutralEnvironment } from '../../local/environment';
import { lastingPorts } from '../../local/free-ports';
import { cliProgram, workerProgram } from '../../local/paths';
import type { ManagedProcess, Processes } from '../../local/processes';
import { callbackReceiver, codecServer, intake, worker, type Service } from '../../local/programs';
import { bold, dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { told, type Claim } from '../../local/verdict';
import { type ConnectedClient, connectNumberOrders, readClientSettings } from '../../src/client';
import { workflowIdOf } from '@number-orders/contract';
import type { OpenCluster } from '../cluster/cluster';
import type { MutualTls } from '../cluster/mutual-tls';
import { auRegistration, PROOF_OF_IDENTITY } from '../model/kyc';

const TOKEN = randomBytes(32).toString('hex');
const HOUR_MS = 3_600_000;
/** Long enough for three processes to start. */
const SHORT_LIFE_MS = 60_000;
const PATIENCE_MS = 60_000;
const EXPIRED = 'TEMPORAL_TLS_CLIENT_CERT_PATH has expired';

/** Certificates are issued, expire and are renewed in several acts, which print their results. */
export class Trial {
  readonly claims: Claim[] = [];
  private readonly services: Record<'worker' | 'callbacks' | 'intake', Service>;
  private readonly running = new Map<string, ManagedProcess>();
  private waiting = '';

  private constructor(
    private readonly cluster: OpenCluster,
    private readonly tls: MutualTls,
    private readonly processes: Processes,
    private readonly settings: Record<string, string>,
    private readonly client: ConnectedClient,
  ) {
    this.services = { worker: worker(settings), callbacks: callbackReceiver(settings), intake: intake(settings) };
  }

  static async of(cluster: OpenCluster, processes: Processes): Promise<Trial> {
    if (!cluster.mutualTls) throw new ToldError('This cluster has no certificates.');
    const [health, callbacks, codec, kyc] = (await lastingPorts(4)).map((port) => `127.0.0.1:${port}`);
    const settings = {
      ...cluster.settings,
      NUMBER_ORDERS_ENCRYPTION_KEYS: `trial:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_HEALTH_ADDRESS: health ?? '',
      NUMBER_ORDERS_CALLBACK_ADDRESS: callbacks ?? '',
      NUMBER_ORDERS_CALLBACK_URL: `http://${callbacks ?? ''}`,
      SINCH_CALLBACK_SECRET: FAKE_HMAC_SECRET,
      NUMBER_ORDERS_CODEC_ADDRESS: codec ?? '',
      NUMBER_ORDERS_CODEC_TOKEN: TOKEN,
      NUMBER_ORDERS_INTAKE_ADDRESS: kyc ?? '',
      NUMBER_ORDERS_INTAKE_URL: `http://${kyc ?? ''}`,
      NUMBER_ORDERS_INTAKE_KEYS: `links:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_INTAKE_TOKENS: `trial:documents:${TOKEN}`,
      NUMBER_ORDERS_INTAKE_NAME: 'Trial',
    };
    const { mutualTls } = cluster;
    await mutualTls.issue('operator');
    const client = await connectNumberOrders(readClientSettings({ ...settings, ...mutualTls.settings('operator') }));
    return new Trial(cluster, mutualTls, processes, settings, client);
  }

  close(): Promise<void> {
    return this.client.close();
  }

  async anOrderCompletes(): Promise<void> {
    print('', bold('Server, worker, callback receiver, intake, clients and command lines have certificates'));
    await this.start(codecServer(this.settings));
    for (const service of Object.values(this.services)) await this.start(service);
    const reference = await this.begin();
    const heard = this.running.get('callbacks')?.whenReady((said) => said.includes('signalled') || undefined);
    await this.complete(reference);
    this.claim('an order completes: by client and CLI, with a document by the intake', true);
    await heard;
    this.claim('the callback receiver has told it of what Sinch said', true);
    const result = ['workflow', 'result', '--workflow-id', workflowIdOf(reference)];
    const { said } = await ran(this.cluster.temporal.cliPath, result, {
      ...this.settings,
      TEMPORAL_CODEC_ENDPOINT: `http://${this.settings.NUMBER_ORDERS_CODEC_ADDRESS ?? ''}`,
      TEMPORAL_CODEC_AUTH: `Bearer ${TOKEN}`,
    });
    this.claim('`temporal` reads its result, which the codec server decrypts', said.includes('COMPLETED'));
    const page = await fetch(`${this.cluster.temporal.uiUrl}/api/v1/namespaces/default/workflows`);
    this.claim('the Web UI lists it', (await page.text()).includes(reference));
  }

  async wrongCertificatesAreRefused(): Promise<void> {
    print('', bold('Certificates that are wrong'));
    const others = await CertificateAuthority.make('others');
    await this.tls.issue('foreign', new Date(Date.now() + HOUR_MS), others);
    await this.tls.issue('expired', new Date(Date.now() - HOUR_MS));
    const wants = 'it wants a client certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH';
    const refuses = 'it refuses the certificate of TEMPORAL_TLS_CLIENT_CERT_PATH';
    await this.isRefused('none', this.tls.settings(''), wants);
    await this.isRefused("another authority's", this.tls.settings('foreign'), refuses);
    await this.isRefused('one that has expired', this.tls.settings('expired'), EXPIRED);
    const name = { ...this.tls.settings(), TEMPORAL_TLS_SERVER_NAME: 'temporal.example' };
    await this.isRefused("a server's of another name", name, 'set TEMPORAL_TLS_SERVER_NAME');
  }

  async aCertificateRunsOut(): Promise<void> {
    print('', bold('The certificate of running processes runs out'));
    const notAfter = new Date(Date.now() + SHORT_LIFE_MS);
    await this.tls.issue('client', notAfter);
    for (const service of Object.values(this.services)) await this.restart(service);
    print(dim(`  until ${notAfter.toISOString()}`));
    await delay(notAfter.getTime() + 2_000 - Date.now());
    this.claim('connections that are open work on', (await this.ready()).every(Boolean));
    await this.cluster.temporal.stopServer();
    await this.cluster.temporal.startServer();
    this.waiting = await this.begin();
    await delay(10_000);
    this.claim('after a restart of the server none of them is let in: not ready', !(await this.ready()).some(Boolean));
  }

  async aCertificateIsRenewed(): Promise<void> {
    print('', bold('The certificate is renewed in its place'));
    await this.tls.issue('client');
    await delay(20_000);
    this.claim('a running process does not read it', !(await this.ready()).some(Boolean));
    for (const service of Object.values(this.services)) await this.restart(service);
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.ready()).every(Boolean) && Date.now() < until) await delay(500);
    this.claim('one that is started again does, and is ready', (await this.ready()).every(Boolean));
    await this.complete(this.waiting);
    this.claim('an order that was started meanwhile completes', true);
  }

  private async begin(): Promise<string> {
    const reference = `mutual-tls-${randomUUID()}`;
    await this.client.orders.start({ reference, regionCode: 'AU', numberType: 'MOBILE', selection: { search: {} } });
    return reference;
  }

  /** Sends the registration from the command line and the document through the intake, until the order completes. */
  private async complete(reference: string): Promise<void> {
    const { orders } = this.client;
    while ((await orders.order(reference)).stage !== 'AWAITING_KYC') await delay(200);
    const file = join(this.cluster.folder, 'registration.json');
    await writeFile(file, JSON.stringify(auRegistration()));
    const { said } = await ran(process.execPath, [cliProgram, 'register', reference, file], this.settings);
    if (!said.includes('ACCEPTED')) throw new ToldError(`The registration was not taken: ${said}`);
    const path = `/v1/orders/${reference}/attachments/${PROOF_OF_IDENTITY}`;
    const { status } = await fetch(`${this.settings.NUMBER_ORDERS_INTAKE_URL ?? ''}${path}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="identity.pdf"',
      },
      body: 'a document',
    });
    if (status !== 200) throw new ToldError(`The document was not taken: ${status}`);
    const { outcome } = await orders.result(reference);
    if (outcome !== 'COMPLETED') throw new ToldError(`The order ended ${outcome}.`);
  }

  /** Our processes and Temporal's own command line end when the certificate is refused, and ours say why. */
  private async isRefused(whose: string, certificate: Record<string, string>, reason: string): Promise<void> {
    const env = { ...this.settings, NUMBER_ORDERS_HEALTH_ADDRESS: 'off', ...certificate };
    const ours = [[workerProgram], ...['callbacks', 'intake', 'list'].map((command) => [cliProgram, command])];
    const [ofTemporal, ...ofOurs] = await Promise.all([
      ran(this.cluster.temporal.cliPath, ['workflow', 'list'], env),
      ...ours.map((args) => ran(process.execPath, args, env)),
    ]);
    const all = ofTemporal.failed && ofOurs.every(({ failed, said }) => failed && said.includes(reason));
    this.claim(`${whose}: worker, callback receiver, intake and CLIs end, ours with “… ${reason} …”`, all);
  }

  /** Whether each service is ready. */
  private ready(): Promise<boolean[]> {
    const { settings } = this;
    const addresses = ['HEALTH', 'CALLBACK', 'INTAKE'].map((which) => settings[`NUMBER_ORDERS_${which}_ADDRESS`] ?? '');
    return Promise.all(addresses.map(async (address) => (await fetch(`http://${address}/ready`)).ok));
  }

  private async start(service: Service): Promise<void> {
    const started = this.processes.start(service);
    this.running.set(service.name, started);
    await started.whenReady(service.isReady);
  }

  private async restart(service: Service): Promise<void> {
    await this.running.get(service.name)?.stop();
    await this.start(service);
  }

  private claim(claim: string, ok: boolean): void {
    this.claims.push(told(claim, ok));
  }
}

interface Ran {
  failed: boolean;
  said: string;
}

/** Runs a command to its end. */
function ran(command: string, args: string[], settings: Record<string, string>): Promise<Ran> {
  const said = ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr;
  return promisify(execFile)(command, args, { env: { ...neutralEnvironment(), ...settings } }).then(
    (output) => ({ failed: false, said: said(output) }),
    (error: unknown) => ({ failed: true, said: said(error as { stdout: string; stderr: string }) }),
  );
}

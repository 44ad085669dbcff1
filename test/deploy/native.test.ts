import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../../local/free-ports';
import { type FakeSinch, startFakeSinch } from '../../fake-sinch';
import { connectNumberOrders } from '../../src/client';
import { readClientSettings } from '../../src/config/settings';
import { SWEEP_ID } from '@number-orders/contract';
import { asSetting, keyList, newKey } from '../support/keys';
import { auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { devServerAddress } from '../support/temporal';
import { render } from './helm';
import { podsOf, type PodSpec } from './manifests';
import { canRunPods, type Cluster, type RunningPod, startPod } from './pod';

const TOKEN = 'a-token-of-more-than-thirty-two-characters';
const need = 'namespaces of Linux (unshare --user --mount)';
const withPods = canRunPods() || process.env.CI === 'true' ? describe : describe.skip;

withPods(`what the chart renders, run by ${need}`, () => {
  let folder: string;
  let fake: FakeSinch;
  let cluster: Cluster;
  let pods: Map<string, PodSpec>;
  let clientEnv: Record<string, string>;
  let taskQueue: string;
  const endpoint = `number-orders-${randomUUID()}`;
  const running = new Map<string, RunningPod>();

  const start = (name: string) => {
    const spec = pods.get(`number-orders-${name}`);
    if (!spec) throw new Error(`The chart renders no ${name}`);
    const pod = startPod(spec, cluster);
    running.set(name, pod);
    return pod;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'number-orders-native-'));
    fake = await startFakeSinch({ uploadSeconds: 0, reviewSeconds: 0, linkingSeconds: 0 });
    const [health, callbacks, codec, intake] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const encryptionKeys = asSetting(keyList(newKey('first')));
    const intakeKeys = asSetting(keyList(newKey('links')));
    const documents = join(folder, 'documents');
    mkdirSync(documents);
    cluster = {
      claims: { documents },
      secrets: {
        sinch: { 'key-secret': fake.keySecret, 'callback-secret': fake.hmacSecret },
        number: {
          keys: encryptionKeys,
          token: TOKEN,
          'intake-keys': intakeKeys,
          'intake-tokens': `shop:links:${TOKEN}`,
        },
      },
    };
    taskQueue = `native-${randomUUID()}`;
    const values = {
      // This machine's own network, where others run tests too: in a pod it is every address, and ports are the chart's.
      listenHost: '127.0.0.1',
      temporal: { address: devServerAddress() },
      sinch: { projectId: fake.projectId, keyId: fake.keyId },
      store: { url: 'file:/var/lib/number-orders/store', existingClaim: 'documents' },
      settings: {
        NUMBER_ORDERS_TASK_QUEUE: taskQueue,
        SINCH_NUMBERS_URL: fake.url,
        SINCH_AUTH_URL: fake.authUrl,
        // Longer than the test takes: what the order learns of its review, a callback has told it.
        NUMBER_ORDERS_REVIEW_POLL: '1 hour',
      },
      secrets: {
        SINCH_KEY_SECRET: { secret: 'sinch', key: 'key-secret' },
        SINCH_CALLBACK_SECRET: { secret: 'sinch', key: 'callback-secret' },
        NUMBER_ORDERS_ENCRYPTION_KEYS: { secret: 'number', key: 'keys' },
        NUMBER_ORDERS_CODEC_TOKEN: { secret: 'number', key: 'token' },
        NUMBER_ORDERS_INTAKE_KEYS: { secret: 'number', key: 'intake-keys' },
        NUMBER_ORDERS_INTAKE_TOKENS: { secret: 'number', key: 'intake-tokens' },
      },
      worker: { ports: { health, metrics: await freePort() } },
      callbacks: {
        enabled: true,
        ports: { http: callbacks, metrics: await freePort() },
        publicUrl: `http://127.0.0.1:${callbacks}`,
      },
      codec: { enabled: true, ports: { http: codec, metrics: await freePort() } },
      intake: {
        enabled: true,
        ports: { http: intake, metrics: await freePort() },
        publicUrl: `http://127.0.0.1:${intake}`,
        settings: { NUMBER_ORDERS_INTAKE_NAME: 'Shop' },
      },
      nexus: { enabled: true, endpoint },
    };
    const file = join(folder, 'values.yaml');
    writeFileSync(file, stringify(values));
    pods = new Map(podsOf(await render('--values', file)).map(({ owner, spec }) => [owner, spec]));
    clientEnv = {
      TEMPORAL_ADDRESS: devServerAddress(),
      TEMPORAL_CONFIG_FILE: '/no/such/file',
      NUMBER_ORDERS_TASK_QUEUE: taskQueue,
      NUMBER_ORDERS_STORE: `file:${documents}`,
      NUMBER_ORDERS_ENCRYPTION_KEYS: encryptionKeys,
      NUMBER_ORDERS_INTAKE_URL: `http://127.0.0.1:${intake}`,
      NUMBER_ORDERS_INTAKE_TOKEN: TOKEN,
    };
  });
  afterAll(async () => {
    await Promise.all([...running.values()].map((pod) => pod.stop()));
    await fake.close();
    rmSync(folder, { recursive: true });
  });

  it('the installation starts: worker, callback receiver, codec server and intake pass their probes', async () => {
    for (const name of ['worker', 'callbacks', 'codec', 'intake']) {
      const pod = start(name);
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const) await pod.passes(probe);
    }
  });

  it('it completes an order with callbacks, with documents on the volume and everything encrypted', async () => {
    const connected = await connectNumberOrders(readClientSettings(clientEnv));
    const { orders, temporal } = connected;
    const reference = `native-${randomUUID()}`;
    const { phoneNumbers } = await orders.reserve({ reference, ...auMobile });
    expect(phoneNumbers).toHaveLength(1);
    const link = await orders.kycLink(reference);
    await expect(fetch(link.url).then((page) => page.text())).resolves.toContain('Register your phone number – Shop');
    await expect(orders.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(orders.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', phoneNumbers });
    expect(running.get('callbacks')?.printed()).toContain(`"result":"signalled"`);

    const { events } = await temporal.workflow.getHandle(`number-order-${reference}`).fetchHistory();
    const input = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
    const shown = (value: Uint8Array | null | undefined) => Buffer.from(value ?? []).toString('base64');
    const answer = await fetch(codecUrl('/decode'), {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        payloads: [
          {
            metadata: Object.fromEntries(
              Object.entries(input?.metadata ?? {}).map(([key, value]) => [key, shown(value)]),
            ),
            data: shown(input?.data),
          },
        ],
      }),
    });
    const { payloads } = (await answer.json()) as { payloads: [{ data: string }] };
    expect(JSON.parse(Buffer.from(payloads[0].data, 'base64').toString())).toMatchObject({ reference });
    await connected.close();
  });

  const codecUrl = (path: string) => {
    const port = pods.get('number-orders-codec')?.containers[0].ports?.[0]?.containerPort;
    return `http://127.0.0.1:${String(port)}${path}`;
  };

  it('it has metrics at the addresses that the chart has scraped', async () => {
    const metrics = await (await running.get('worker')!.get('metrics', '/metrics')).text();
    expect(metrics).toContain('number_orders_ended_total');
  });

  it('it creates the Temporal Schedule of the sweep', async () => {
    const sweep = start('sweep');
    await expect(sweep.ended()).resolves.toBe(0);
    expect(sweep.printed()).toContain(SWEEP_ID);
    const connected = await connectNumberOrders(readClientSettings(clientEnv));
    await connected.temporal.schedule.getHandle(SWEEP_ID).delete();
    await connected.close();
  });

  it('its Nexus endpoint leads callers in other namespaces to its workers', async () => {
    const nexus = start('nexus');
    await expect(nexus.ended()).resolves.toBe(0);
    const connected = await connectNumberOrders(readClientSettings(clientEnv));
    const { endpoints } = await connected.temporal.connection.operatorService.listNexusEndpoints({ name: endpoint });
    expect(endpoints[0]?.spec?.target?.worker).toMatchObject({ namespace: 'default', taskQueue });
    await connected.close();
  });

  it('number-orders doctor, which helm test runs, finds nothing wrong', async () => {
    const doctor = start('worker-doctor');
    const code = await doctor.ended();
    expect({ code, printed: doctor.printed() }).toMatchObject({ code: 0 });
  });

  it('its processes end by themselves when they are told to', async () => {
    for (const name of ['worker', 'callbacks', 'codec', 'intake']) {
      const pod = running.get(name)!;
      expect({ name, code: await pod.stop() }).toEqual({ name, code: 0 });
      running.delete(name);
    }
  });

  it('a process does not start without a secret, and says which one is missing', async () => {
    cluster.secrets.sinch!['key-secret'] = '';
    const worker = start('worker');
    await expect(worker.ended()).resolves.not.toBe(0);
    expect(worker.printed()).toContain('SINCH_KEY_SECRET');
  });
});

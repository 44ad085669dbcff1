import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { freePort } from '../../local/free-ports';
import { version } from '../../package.json';
import { METRICS } from '../../src/workflows/display/metric-names';
import { startCli } from '../support/cli-process';
import { devServerAddress } from '../support/temporal';
import { documentedMetrics, type DocumentedMetric } from '../support/documented-metrics';
import { liveEventfully } from '../support/eventful-orders';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Of Prometheus' text format. */
function samplesOf(text: string): Sample[] {
  return [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, text]) => [label, text])),
    value: Number(value),
  }));
}

/** What an answer of `GET /metrics` says of our own metrics. */
function described(text: string): DocumentedMetric[] {
  const types = [...text.matchAll(/^# TYPE (number_orders_\w+) (\w+)$/gm)];
  return types.map(([, name = '', type = '']) => {
    const [, meaning = ''] = new RegExp(`^# HELP ${name} (.*)$`, 'm').exec(text) ?? [];
    const series = samplesOf(text).filter((sample) => sample.name.startsWith(name));
    const labels = new Set(series.flatMap((sample) => Object.keys(sample.labels)));
    for (const common of ['namespace', 'taskQueue', 'workflowType', 'le', 'version']) labels.delete(common);
    return { name, type, labels: [...labels].sort(), meaning };
  });
}
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

describe('the metrics of a worker', () => {
  let worker: WorkerProcess;
  let text: string;
  let samples: Sample[];

  const valueOf = (name: string, labels: Record<string, string> = {}) =>
    samples
      .filter((sample) => sample.name === name)
      .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
      .reduce((sum, { value }) => sum + value, 0);

  beforeAll(async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const env = {
      NUMBER_ORDERS_METRICS_ADDRESS: address,
      NUMBER_ORDERS_ENCRYPTION_KEYS: `one:${randomBytes(32).toString('base64')}`,
      // After the other orders, and well before the deadline.
      NUMBER_ORDERS_REMINDERS: '0.4,0.5,0.6',
    };
    worker = await startWorkerProcess(env, { reservationSeconds: 60 });
    await liveEventfully(worker);
    text = await (await fetch(`http://${address}/metrics`)).text();
    samples = samplesOf(text);
  });
  afterAll(() => worker.stop());

  it('are the documented ones, each with its documented type and labels', () => {
    const found = described(text);
    expect(found.sort(byName)).toEqual(documentedMetrics().sort(byName));
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(METRICS)));
  });

  it('count stages and outcomes', () => {
    const au = { region: 'AU', number_type: 'MOBILE' };
    expect(valueOf('number_orders_stage_entered_total', { stage: 'AWAITING_KYC', ...au })).toBe(3);
    expect(valueOf('number_orders_stage_entered_total', { stage: 'PROVISIONING', ...au })).toBe(1);
    expect(valueOf('number_orders_stage_entered_total', { stage: 'UNCONFIRMED', region: 'US' })).toBe(1);
    expect(valueOf('number_orders_ended_total', { outcome: 'COMPLETED', ...au })).toBe(1);
    expect(valueOf('number_orders_ended_total', { outcome: 'EXPIRED', ...au })).toBe(1);
    expect(valueOf('number_orders_ended_total', { outcome: 'CANCELLED' })).toBe(3);
  });

  it('measure in seconds how long KYC took, and how much time was left', () => {
    const waited = valueOf('number_orders_reservation_to_submit_seconds_sum');
    const left = valueOf('number_orders_time_left_at_submit_seconds_sum');
    expect(waited).toBeGreaterThan(0);
    expect(waited + left).toBeCloseTo(60, 1);
    expect(valueOf('number_orders_time_left_at_submit_seconds_bucket', { le: '172800' })).toBe(1);
  });

  it('count refusals by kind and reason, and count a field that is wrong as one refusal', () => {
    const refused = (kind: string, reason: string) => valueOf('number_orders_kyc_refused_total', { kind, reason });
    expect(refused('registration', 'SinchInvalidArgument')).toBe(1);
    expect(refused('attachment', 'NotTaken')).toBe(1);
    expect(valueOf('number_orders_kyc_refused_total')).toBe(2);
  });

  it('count reminders, reservations left behind and malformed messages', () => {
    for (const percent of ['40', '50', '60']) {
      expect(valueOf('number_orders_reminders_total', { percent })).toBe(1);
    }
    expect(valueOf('number_orders_reservations_orphaned_total', { region: 'US', number_type: 'LOCAL' })).toBe(1);
    expect(valueOf('number_orders_undecodable_messages_total', { message: 'registration' })).toBe(1);
    expect(valueOf('number_orders_unencrypted_kyc_total', { region: 'AU' })).toBe(1);
    const ignored = (signal: string, because: string) =>
      valueOf('number_orders_signals_ignored_total', { signal, because });
    expect(ignored('attachment', 'MALFORMED')).toBe(1);
    expect(ignored('registration', 'UNDECODABLE')).toBe(1);
    expect(valueOf('number_orders_unknown_states_total', { region: 'AU', number_type: 'MOBILE' })).toBe(1);
  });

  it('count calls of Sinch by operation and result', () => {
    const calls = (operation: string, result: string) =>
      valueOf('number_orders_sinch_call_seconds_count', { operation, result });
    expect(calls('submitNumberOrder', 'ok')).toBe(1);
    expect(calls('createNumberOrder', 'ok')).toBe(3);
    expect(calls('createNumberOrder', 'SinchUnavailable')).toBe(1);
    expect(calls('lookupNumberRequirements', 'SinchNotFound')).toBe(1);
    expect(calls('requestAccessToken', 'ok')).toBe(1);
    expect(valueOf('number_orders_sinch_call_seconds_count')).toBe(
      valueOf('number_orders_sinch_call_seconds_count', { project: 'default' }),
    );
  });

  it('count orders with an unknown Sinch project, and never have the name of that project', () => {
    expect(valueOf('number_orders_unknown_project_calls_total')).toBeGreaterThanOrEqual(2);
    expect(valueOf('number_orders_ended_total', { project: 'unknown', outcome: 'CANCELLED' })).toBe(1);
    expect(text).not.toContain('nowhere');
  });

  it('contain no order reference, no number and no KYC', () => {
    for (const secret of ['metrics-', '+1', '1212', 'Example', 'Sydney', '2000']) {
      expect(samples.filter(({ labels }) => Object.values(labels).some((value) => value.includes(secret)))).toEqual([]);
    }
  });
});

it('every series has the build and deployment it comes from, so that a bad build can be identified', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const worker = await startWorkerProcess({
    NUMBER_ORDERS_METRICS_ADDRESS: address,
    TEMPORAL_DEPLOYMENT_NAME: `orders/${randomUUID()}`,
    TEMPORAL_WORKER_BUILD_ID: 'build-7',
  });
  let samples: Sample[] = [];
  // Until it polls.
  while (!samples.some(({ name }) => name === 'temporal_num_pollers')) {
    samples = samplesOf(await (await fetch(`http://${address}/metrics`)).text());
  }
  await worker.stop();
  for (const { labels } of samples) {
    expect(labels).toMatchObject({ version, deployment: expect.stringMatching(/^orders\//), build_id: 'build-7' });
  }
});

it('a metrics address that is taken is reported with its setting', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(startWorkerProcess({ NUMBER_ORDERS_METRICS_ADDRESS: address })).rejects.toThrow(
    `The metrics endpoint cannot listen on ${address}: set NUMBER_ORDERS_METRICS_ADDRESS`,
  );
  server.close();
});

it('callbacks, codec server and intake serve their documented metrics', async () => {
  const key = `one:${randomBytes(32).toString('base64')}`;
  const processes: [string, Record<string, string>, string][] = [
    ['callbacks', { SINCH_CALLBACK_SECRET: 'a-secret-of-more-than-thirty-two-characters' }, 'CALLBACK'],
    ['codec', { NUMBER_ORDERS_CODEC_TOKEN: 'a-token-of-more-than-thirty-two-characters' }, 'CODEC'],
    ['intake', { NUMBER_ORDERS_INTAKE_KEYS: key, NUMBER_ORDERS_INTAKE_NAME: 'Example' }, 'INTAKE'],
  ];
  const found = await Promise.all(
    processes.map(async ([command, settings, prefix]) => {
      const [address, metrics] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
      const env = {
        ...settings,
        TEMPORAL_ADDRESS: devServerAddress(),
        NUMBER_ORDERS_ENCRYPTION_KEYS: key,
        NUMBER_ORDERS_INTAKE_URL: `http://${address}`,
        [`NUMBER_ORDERS_${prefix}_ADDRESS`]: address,
        NUMBER_ORDERS_METRICS_ADDRESS: metrics,
      };
      const running = await startCli([command], env, 'is listening');
      try {
        await fetch(`http://${address}/nowhere/canary-4711`, { method: 'POST', body: '{}' });
        const text = await (await fetch(`http://${metrics}/metrics`)).text();
        expect(text).not.toContain('canary-4711');
        expect(text).toContain('process_resident_memory_bytes');
        return described(text);
      } finally {
        await running.stop();
      }
    }),
  );
  expect(found.flat().sort(byName)).toEqual(documentedMetrics('others').sort(byName));
});

it('docs/metrics.md has the same descriptions as the code', () => {
  const meanings = Object.fromEntries(documentedMetrics().map(({ name, meaning }) => [name, meaning]));
  expect(meanings).toMatchObject(METRICS);
  expect(readFileSync(join(__dirname, '../../docs/metrics.md'), 'utf8')).toContain('NUMBER_ORDERS_METRICS_ADDRESS');
});

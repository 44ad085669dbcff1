import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../local/free-ports';
import { type CliProcess, startCli } from '../support/cli-process';
import { documentedMetrics } from '../support/documented-metrics';
import { liveEventfully } from '../support/eventful-orders';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity } from '../support/kyc';
import { startPrometheus, withPrometheus, type Prometheus } from '../support/prometheus';
import { devServerAddress } from '../support/temporal';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

interface Board {
  panels: { title: string; targets?: { expr: string }[] }[];
}

const HMAC_SECRET = 'hmac-secret-of-the-monitoring-tests';
const board = JSON.parse(
  readFileSync(join(__dirname, '../../monitoring/grafana/dashboards/number-orders.json'), 'utf8'),
) as Board;
const boardQueries = board.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));

withPrometheus('a Prometheus that scrapes every process of ours while orders live', () => {
  const processes: CliProcess[] = [];
  let worker: WorkerProcess;
  let prometheus: Prometheus;

  beforeAll(async () => {
    const jobs = ['worker', 'callbacks', 'codec', 'intake'];
    const address = async () => `127.0.0.1:${await freePort()}`;
    const metrics = new Map(await Promise.all(jobs.map(async (job) => [job, await address()] as const)));
    const [callbacks, codec, intake] = [await address(), await address(), await address()];
    const settings = {
      TEMPORAL_ADDRESS: devServerAddress(),
      NUMBER_ORDERS_TASK_QUEUE: `monitoring-${randomUUID()}`,
      NUMBER_ORDERS_ENCRYPTION_KEYS: `one:${randomBytes(32).toString('base64')}`,
      // So short that reviewers are waited for long.
      NUMBER_ORDERS_REVIEWERS_PATIENCE: '4 seconds',
      // Well before the deadline.
      NUMBER_ORDERS_REMINDERS: '0.5,0.7,0.8',
      NUMBER_ORDERS_CALLBACK_ADDRESS: callbacks,
      NUMBER_ORDERS_CALLBACK_URL: `http://${callbacks}`,
      SINCH_CALLBACK_SECRET: HMAC_SECRET,
      NUMBER_ORDERS_CODEC_ADDRESS: codec,
      NUMBER_ORDERS_CODEC_TOKEN: randomBytes(32).toString('hex'),
      NUMBER_ORDERS_INTAKE_ADDRESS: intake,
      NUMBER_ORDERS_INTAKE_URL: `http://${intake}`,
      NUMBER_ORDERS_INTAKE_KEYS: `links:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_INTAKE_NAME: 'Example Telecom',
    };
    const of = (job: string) => ({ ...settings, NUMBER_ORDERS_METRICS_ADDRESS: metrics.get(job)! });
    worker = await startWorkerProcess(of('worker'), { reservationSeconds: 60, hmacSecret: HMAC_SECRET });
    for (const job of jobs.slice(1)) processes.push(await startCli([job], of(job), 'is listening'));
    prometheus = await startPrometheus((job) => metrics.get(job.replace('number-orders-', ''))!);
    await liveEventfully(worker);
    await Promise.all([codec, intake].map((each) => fetch(`http://${each}/decode`, { method: 'POST', body: '{}' })));
    await moreHappens();
  });
  afterAll(async () => {
    await Promise.all([prometheus.stop(), worker.stop(), ...processes.map((each) => each.stop())]);
  });

  /** What rates and alerts need besides: what happens again, reviewers who wait, refused credentials, a task that fails. */
  async function moreHappens(): Promise<void> {
    const { control } = worker.fake;
    const client = await worker.connect();
    const { orders, temporal } = client;
    const reference = () => `monitoring-${randomUUID()}`;
    const [refused, blocked, again] = [reference(), reference(), reference()];
    control.fault({ operation: 'lookupNumberRequirements', effect: 'STATUS', status: 401, times: 2 });
    await orders.start({ reference: refused, ...gbMobile });
    await expect(orders.result(refused)).rejects.toThrow('SinchUnauthorized');
    control.planNextOrder({ review: ['BLOCK'], reservationSeconds: 600 });
    await orders.reserve({ reference: blocked, ...gbMobile, registration: gbRegistration });
    control.planNextOrder({ reservationSeconds: 600 });
    await orders.reserve({ reference: again, ...auMobile, registration: auRegistration() });
    await orders.attach(again, proofOfIdentity());
    await orders.result(again);
    await temporal.workflow.start('noSuchWorkflow', { workflowId: reference(), taskQueue: worker.taskQueue });
    await client.close();
  }

  async function series(query: string): Promise<string[]> {
    const { result } = await prometheus.ask('query', { query });
    return result.map(({ value }) => value[1]).filter((value) => value !== 'NaN');
  }
  /** Asks until it is as wanted; says what it was if it never is. */
  async function eventually<T>(ask: () => Promise<T>, wanted: T): Promise<void> {
    let answer = await ask();
    for (const until = Date.now() + 60_000; Date.now() < until; answer = await ask()) {
      if (JSON.stringify(answer) === JSON.stringify(wanted)) return;
      await delay(500);
    }
    expect(answer).toEqual(wanted);
  }
  async function alertsThatAre(...states: string[]): Promise<string[]> {
    const { groups } = await prometheus.ask('rules');
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
    return rules.filter(({ state }) => states.includes(state)).map(({ name }) => name);
  }

  it('reaches each of them', async () => {
    const unreached = async () => {
      const { activeTargets } = await prometheus.ask('targets');
      return activeTargets
        .filter(({ health }) => health !== 'up')
        .map(({ labels, lastError }) => [labels.job, lastError]);
    };
    await eventually(unreached, []);
    expect(prometheus.jobs).toHaveLength(processes.length + 1);
  });

  it('has every metric of ours that is documented', async () => {
    const missing = async () => {
      const names = [...documentedMetrics(), ...documentedMetrics('others')].map(({ name }) => name);
      const known = await Promise.all(names.map((name) => series(`count({__name__=~"${name}(_count)?"})`)));
      return names.filter((_name, index) => known[index]!.length === 0);
    };
    await eventually(missing, []);
  });

  it('answers every query of the board with data', async () => {
    const missing = async () => {
      const answers = await Promise.all(
        boardQueries.map(({ expr }) =>
          series(
            expr
              // What a panel shows where there is no data is none.
              .replace(/ or vector\(0\)$/, '')
              .replaceAll(/\$__(range|rate_interval)/g, '5m')
              .replaceAll('$region', '.*'),
          ),
        ),
      );
      return boardQueries.filter((_query, index) => answers[index]!.length === 0).map(({ title }) => title);
    };
    await eventually(missing, []);
  });

  it('fires each alert whose reason is there, and no other', async () => {
    // Most calls would have to fail for minutes, and a worker polls.
    await eventually(() => alertsThatAre('inactive', 'pending'), ['SinchFailing', 'NumberOrdersNoWorker']);
  });

  it('sees that no worker polls once there is none', async () => {
    await eventually(() => alertsThatAre('pending'), []);
    await worker.stop();
    await eventually(() => alertsThatAre('pending'), ['NumberOrdersNoWorker']);
  });
});

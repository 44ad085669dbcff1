import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../local/free-ports';
import { parse, stringify } from 'yaml';

const folder = join(__dirname, '../../monitoring/prometheus');

/** In CI a missing Prometheus fails: .ci/run has installed it. */
export const withPrometheus =
  spawnSync('prometheus', ['--version']).error === undefined || process.env.CI === 'true' ? describe : describe.skip;

interface Config {
  scrape_configs: { job_name: string }[];
}
interface Answers {
  query: { result: { value: [number, string] }[] };
  targets: { activeTargets: { labels: { job: string }; health: string; lastError: string }[] };
  rules: { groups: { rules: { name: string; state: string; health: string; lastError?: string }[] }[] };
}

/** A Prometheus with our own configuration and rules, of which other addresses and a quicker pace are all that differs. */
export interface Prometheus {
  jobs: string[];
  ask<K extends keyof Answers>(what: K, parameters?: Record<string, string>): Promise<Answers[K]>;
  stop(): Promise<void>;
}

/** @param addressOf where the metrics of a job are, `host:port` */
export async function startPrometheus(addressOf: (job: string) => string): Promise<Prometheus> {
  const config = parse(await readFile(join(folder, 'prometheus.yml'), 'utf8')) as Config;
  const jobs = config.scrape_configs.map(({ job_name }) => job_name);
  const quickly = {
    ...config,
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [join(folder, 'rules.yml')],
    scrape_configs: jobs.map((job) => ({ job_name: job, static_configs: [{ targets: [addressOf(job)] }] })),
  };
  const data = await mkdtemp(join(tmpdir(), 'prometheus-'));
  await writeFile(join(data, 'prometheus.yml'), stringify(quickly));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(data, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(data, 'tsdb')}`,
      `--web.listen-address=${address}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const died = ended.then(() => {
    throw new Error('Prometheus has ended by itself');
  });
  died.catch(() => undefined);
  const isReady = () =>
    fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await Promise.race([delay(100), died]);
  return {
    jobs,
    ask: async <K extends keyof Answers>(what: K, parameters: Record<string, string> = {}) => {
      const answer = await fetch(`http://${address}/api/v1/${what}?${new URLSearchParams(parameters).toString()}`);
      const { data: asked, error } = (await answer.json()) as { data: Answers[K]; error?: string };
      if (error !== undefined) throw new Error(`${JSON.stringify(parameters)}: ${error}`);
      return asked;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

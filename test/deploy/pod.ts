import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Container, PodSpec, Volume } from './manifests';

const root = join(__dirname, '../..');
const NAMESPACES = ['--user', '--map-root-user', '--mount'];

/** What a cluster has before anything is installed on it. */
export interface Cluster {
  /** By name, then by key. */
  secrets: Record<string, Record<string, string>>;
  /** Folders, by the name of the claim. */
  claims: Record<string, string>;
}

/** A container that runs as a process of this machine. */
export interface RunningPod {
  /** All that it has printed so far, on both streams. */
  printed(): string;
  /** The answer of its port by that name. */
  get(port: string, path: string): Promise<Response>;
  /** Waits for a probe to succeed. @throws when the process has ended */
  passes(probe: 'startupProbe' | 'readinessProbe' | 'livenessProbe'): Promise<void>;
  /** Waits for it to end, and answers its exit code. */
  ended(): Promise<number | null>;
  /** SIGTERM, as the kubelet does it. Answers the exit code. */
  stop(): Promise<number | null>;
}

/** Whether this machine lets us run pods. */
export const canRunPods = (): boolean => spawnSync('unshare', [...NAMESPACES, 'true']).status === 0;

/** Starts the container of a pod with exactly its command, environment, user and files. */
export function startPod({ containers: [container], securityContext, volumes }: PodSpec, cluster: Cluster): RunningPod {
  const folder = mkdtempSync(join(tmpdir(), 'pod-'));
  mkdirSync(join(folder, 'root'));
  const mounts = container.volumeMounts.map(({ name, mountPath, readOnly }) => {
    const volume = volumes.find((candidate) => candidate.name === name);
    if (!volume) throw new Error(`There is no volume ${name}`);
    return `${folderOf(volume, cluster, folder)}:${mountPath}:${readOnly ? 'ro' : 'rw'}`;
  });
  const user = [String(securityContext.runAsUser), String(securityContext.runAsGroup)];
  const args = ['sh', join(__dirname, 'pod.sh'), join(folder, 'root'), root, ...user, container.workingDir, ...mounts];
  const child = spawn('unshare', [...NAMESPACES, ...args, '--', ...container.command], {
    env: {
      // As the image has them; Node is where this machine has it.
      PATH: `/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}`,
      HOME: '/home/node',
      ...Object.fromEntries(container.env.map(({ name, value }) => [name, value])),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return observed(child, container, () => rmSync(folder, { recursive: true, force: true }));
}

function observed(child: ChildProcess, container: Container, cleanUp: () => void): RunningPod {
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  }
  const closed = once(child, 'close').finally(cleanUp);
  const ended = async () => {
    await closed;
    return child.exitCode;
  };
  const get = (port: string, path: string) => {
    const number = container.ports?.find(({ name }) => name === port)?.containerPort;
    return fetch(`http://127.0.0.1:${String(number)}${path}`);
  };
  return {
    printed: () => printed,
    get,
    ended,
    passes: async (name) => {
      const { port, path } = container[name]!.httpGet;
      for (;;) {
        if (child.exitCode !== null) throw new Error(`${container.name} has ended with ${child.exitCode}: ${printed}`);
        const answer = await get(port, path).catch(() => undefined);
        if (answer?.ok) return;
        await delay(200);
      }
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended();
    },
  };
}

/** The folder of this machine that stands in for a volume. */
function folderOf(
  { name, emptyDir, persistentVolumeClaim, secret, projected }: Volume,
  cluster: Cluster,
  under: string,
) {
  if (persistentVolumeClaim) {
    const claim = cluster.claims[persistentVolumeClaim.claimName];
    if (!claim) throw new Error(`There is no PersistentVolumeClaim ${persistentVolumeClaim.claimName}`);
    return claim;
  }
  if (!emptyDir && !secret && !projected) throw new Error(`Volume ${name} is of a kind that is not known here`);
  const folder = join(under, name);
  mkdirSync(folder);
  const sources =
    projected?.sources.map((source) => source.secret) ?? (secret ? [{ ...secret, name: secret.secretName }] : []);
  for (const source of sources) {
    const values = cluster.secrets[source.name];
    if (!values) throw new Error(`There is no Secret ${source.name}`);
    for (const { key, path } of source.items ?? Object.keys(values).map((key) => ({ key, path: key }))) {
      if (values[key] === undefined) throw new Error(`Secret ${source.name} has no key ${key}`);
      writeFileSync(join(folder, path), values[key], { mode: 0o440 });
    }
  }
  return folder;
}

import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Connection, type WorkflowClient } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { OPEN_RUNS, PROFILES, profilePlaces, SEARCH_ATTRIBUTE_KEYS, WORKFLOW_TYPE } from '@number-orders/contract';
import {
  plainHttpSettings,
  readClientSettings,
  readProjectNames,
  readSinchSettings,
  readTracingSettings,
  type ClientSettings,
  type Environment,
  type SinchSettings,
} from '../config/settings';
import { howToReach } from '../client/how-to-reach';
import { listing } from '../client/listing';
import { SinchClient } from '../sinch';
import { openStore } from '../store/open-store';
import { requireSearchAttributes } from '../worker/search-attributes';

/** One check. `detail` says what it found, or how to fix it. */
export interface Finding {
  name: string;
  ok: boolean;
  /** It works, but operators should know about it. */
  warning?: boolean;
  detail: string;
}

const PATIENCE_MS = 10_000;
const DAY_SECONDS = 86_400;
/** The retention that docker-compose.yml gives the namespace. */
const USUAL_RETENTION_DAYS = 30;

/** Checks everything an order needs, in sequence. Skips checks that depend on a failed one. */
export async function* examine(env: Environment): AsyncGenerator<Finding> {
  let settings: ClientSettings | undefined;
  yield await finding('client settings', () => {
    settings = readClientSettings(env);
    return 'complete';
  });
  if (settings) {
    yield* examineTemporal(settings, env);
    yield await examineStore(settings);
    yield await examineProfiles(settings);
  }
  yield await examineSinch('Sinch', () => readSinchSettings(env));
  yield* examineProjects(env);
  yield plainHttp(env);
  yield await examineTraces(env);
}

function examineSinch(name: string, settings: () => SinchSettings): Promise<Finding> {
  return finding(name, async () => {
    const sinch = settings();
    const { hmacSecret } = await new SinchClient({ ...sinch, timeoutMs: PATIENCE_MS }).getCallbackConfiguration();
    const signed = hmacSecret ? 'callbacks are signed' : 'no hmacSecret is set, so callbacks would not be signed';
    return `${sinch.numbersUrl} takes the credentials; ${signed}`;
  });
}

async function* examineProjects(env: Environment) {
  let names: string[] = [];
  const readable = await finding('Sinch projects', () => {
    names = readProjectNames(env);
    return names.join(', ') || 'the default one alone';
  });
  if (!readable.ok || names.length > 0) yield readable;
  for (const name of names) yield await examineSinch(`Sinch ${name}`, () => readSinchSettings(env, name));
}

/** The first ones are enough. */
const ORPHANS_LOOKED_AT = 1_000;

/** Whether this fleet's open orders belong to a project that the settings no longer have: their calls wait for it. */
function examineProjectsOfOrders(runs: WorkflowClient, taskQueue: string, env: Environment): Promise<Finding> {
  return finding('projects in use', async () => {
    const names = readProjectNames(env);
    const { name: attribute } = SEARCH_ATTRIBUTE_KEYS.project;
    const known = names.map((name) => ` AND ${attribute} != '${name}'`).join('');
    const ours = `WorkflowType = '${WORKFLOW_TYPE}' AND TaskQueue = '${taskQueue}' AND ${OPEN_RUNS}`;
    const query = `${ours} AND ${attribute} IS NOT NULL${known}`;
    const { count } = await runs.count(query);
    if (count === 0) return 'all known';
    const missing = new Set<string>();
    let looked = 0;
    for await (const { typedSearchAttributes } of runs.list({ query })) {
      missing.add(typedSearchAttributes.get(SEARCH_ATTRIBUTE_KEYS.project) ?? '');
      if (++looked === ORPHANS_LOOKED_AT) break;
    }
    const which = [...missing].join(', ');
    const orders = count === 1 ? '1 open order belongs' : `${count} open orders belong`;
    throw new Error(`${orders} to projects that SINCH_PROJECTS lacks: ${which}. They wait until it has them again.`);
  });
}

/** `http://` to another host is refused unless the host is listed. */
function plainHttp(env: Environment): Finding {
  const inPlain = plainHttpSettings(env);
  const names = inPlain.map(({ name }) => name).join(', ');
  const refused = inPlain.filter(({ listed }) => !listed);
  if (refused.length > 0) {
    const which = refused.map(({ name }) => name).join(', ');
    const remedy = 'write https://, or list the host in NUMBER_ORDERS_PLAIN_HTTP_HOSTS';
    return { name: 'plain HTTP', ok: false, detail: `${which}: http:// to another host: ${remedy}` };
  }
  if (inPlain.length === 0) return { name: 'plain HTTP', ok: true, detail: 'to no other host' };
  const detail = `${names}: http:// to another host: anyone on the path can read and change the traffic`;
  return { name: 'plain HTTP', ok: true, warning: true, detail };
}

function examineTraces(env: Environment): Promise<Finding> {
  return finding('traces', () => {
    const tracing = readTracingSettings(env);
    if (!tracing) return 'a worker with these settings sends none';
    const detail = `a worker with these settings sends them to ${tracing.url}`;
    if (!tracing.inPlain) return detail;
    return { warning: true, detail: `${detail}, to another host over http://: anyone on the path can read them` };
  });
}

async function* examineTemporal(
  { temporal: { connectionOptions, namespace }, taskQueue }: ClientSettings,
  env: Environment,
) {
  const address = connectionOptions.address ?? 'localhost:7233';
  const way = wayTo(env, connectionOptions.proxy !== undefined);
  let connection: Connection | undefined;
  yield await finding('Temporal', async () => {
    try {
      connection = await Connection.connect({ ...connectionOptions, connectTimeout: PATIENCE_MS });
    } catch {
      throw new Error(`${address} cannot be reached${way}: ${await howToReach(connectionOptions)}.`);
    }
    return `${address}${way}`;
  });
  if (!connection) return;
  const { workflowService } = connection;
  try {
    let retentionSeconds = 0;
    const known = await finding('namespace', async () => {
      try {
        const { config } = await workflowService.describeNamespace({ namespace });
        retentionSeconds = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
      } catch {
        throw new Error(
          `There is no namespace ${namespace}, or reading it is not allowed: check TEMPORAL_NAMESPACE and the API key.`,
        );
      }
      return namespace;
    });
    yield known;
    if (!known.ok) return;
    yield uniqueness(retentionSeconds, namespace);
    const open = connection;
    yield await finding('search attributes', async () => {
      await requireSearchAttributes(open, namespace);
      return 'registered';
    });
    const projects = await examineProjectsOfOrders(listing(open, namespace), taskQueue, env);
    if (!projects.ok) yield projects;
    yield await finding('worker', async () => {
      const { pollers } = await workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      });
      if (pollers.length === 0) {
        throw new Error(`No worker polls the task queue ${taskQueue}: start a worker with \`number-orders worker\`.`);
      }
      return `${pollers.length} polling the task queue ${taskQueue}`;
    });
  } finally {
    await connection.close();
  }
}

/** gRPC has its own variable. The proxy for Sinch does not apply to Temporal. */
function wayTo(env: Environment, proxied: boolean): string {
  if (proxied) return ' through grpc_proxy';
  const others = Object.keys(env).filter((name) => /^(grpc|https?)_proxy$/i.test(name) && env[name]);
  return others.length > 0 ? `, not through ${others.join(' and ')}` : '';
}

/** While Temporal keeps an ended order, its reference cannot be used again. */
function uniqueness(retentionSeconds: number, namespace: string): Finding {
  const days = Number((retentionSeconds / DAY_SECONDS).toFixed(1));
  const warning = days < USUAL_RETENTION_DAYS;
  const lasts = `unique until ${days} ${days === 1 ? 'day' : 'days'} after their order's end, the retention of ${namespace}`;
  const longer = `temporal operator namespace update --namespace ${namespace} --retention 90d`;
  const remedy = `; then the same one orders again. Longer: ${longer}`;
  return { name: 'references', ok: true, ...(warning && { warning }), detail: lasts + (warning ? remedy : '') };
}

function examineStore({ store: storeSettings, encryptionKeys }: ClientSettings): Promise<Finding> {
  const { url } = storeSettings;
  return finding('store', async () => {
    const store = openStore(storeSettings, encryptionKeys);
    const reference = `doctor-${randomUUID()}`;
    try {
      await store.verify(await store.put(reference, Readable.from([Buffer.from('doctor')])));
    } catch (error) {
      throw new Error(`${url} cannot be written: check NUMBER_ORDERS_STORE and its permissions (${reasonOf(error)}).`, {
        cause: error,
      });
    } finally {
      await store.deleteAll(reference).catch(() => undefined);
    }
    return `${url} can be written and read`;
  });
}

/** A profile stays for years, and so must the key that encrypts it. */
function examineProfiles({ store: storeSettings, encryptionKeys }: ClientSettings): Promise<Finding> {
  return finding('KYC profiles', async () => {
    const store = openStore(storeSettings, encryptionKeys);
    const current = await encryptionKeys?.current();
    const older = new Set<string>();
    let count = 0;
    for await (const name of store.placesIn(PROFILES)) {
      count += 1;
      for await (const keyId of store.keysOf(profilePlaces(name).kyc)) {
        if (keyId === current?.id) continue;
        if (keyId !== undefined && !(await encryptionKeys?.find(keyId)))
          throw new Error(`Profile ${name} needs the key ${keyId}: NUMBER_ORDERS_ENCRYPTION_KEYS must have it.`);
        older.add(keyId ?? 'nothing');
      }
    }
    if (older.size === 0) return `${count} kept`;
    const which = [...older].join(', ');
    const remedy = 'run number-orders profiles reseal before one is retired';
    return { warning: true, detail: `${count} kept, some encrypted with ${which}: ${remedy}` };
  });
}

type Seen = string | Pick<Finding, 'detail' | 'warning'>;

async function finding(name: string, look: () => Seen | Promise<Seen>): Promise<Finding> {
  try {
    const seen = await look();
    return { name, ok: true, ...(typeof seen === 'string' ? { detail: seen } : seen) };
  } catch (error) {
    return { name, ok: false, detail: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}

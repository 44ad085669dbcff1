import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivitiesOfProjects, projectInterceptor } from './activities/projects';
import { howToReach } from './client/how-to-reach';
import { readWorkerSettings, type Environment, type WorkerSettings } from './config/settings';
import { sinchTaskQueueOf } from '@number-orders/contract';
import { createWorkerDataConverter } from './data-converter/worker-data-converter';
import { lastingKeys } from './data-converter/lasting-keys';
import { nexusService } from './nexus/handlers';
import { serveHealth } from './worker/health';
import { createLogger } from './logging/logger';
import { buildLabels } from './worker/metrics';
import { installRuntime } from './worker/runtime';
import { activityPorts } from './worker/activity-ports';
import { runTogether, stopAll } from './worker/run-together';
import { requireSearchAttributes } from './worker/search-attributes';
import { SiftingWorker } from './worker/sifting-worker';
import { startTracing } from './worker/tracing';
import { tuningOptions } from './worker/tuning';
import { workflowBundle } from './worker/workflow-code';

export interface RunningWorker {
  /** The URL of the health endpoint; undefined when it is off. */
  healthUrl: string | undefined;
  /** Resolves when the worker has stopped and released everything; rejects when it failed. */
  finished: Promise<void>;
  /** Accepts no more work, lets activities finish, and resolves as `finished` does. */
  stop(): Promise<void>;
}

/**
 * Starts a worker that polls until it is stopped, or until the process gets SIGTERM or SIGINT.
 * @throws {SearchAttributesMissingError} and other errors that keep it from starting, with the remedy
 */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { namespace } = settings.temporal;
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async () => {
    // A failing close must neither keep the others open nor hide why the worker ended.
    for (const resource of opened.reverse()) await resource.close().catch(() => undefined);
  };
  try {
    let state = () => 'STARTING';
    let reachesTemporal = () => Promise.resolve(false);
    const probes = { state: () => state(), reachesTemporal: () => reachesTemporal() };
    const health = settings.health && (await serveHealth(settings.health, probes));
    if (health) opened.push(health);
    const connection = await connect(settings);
    opened.push(connection);
    await requireSearchAttributes(connection, namespace);
    const keys = settings.encryptionKeys && (await lastingKeys(settings.encryptionKeys));
    const dataConverter = createWorkerDataConverter(keys, (details) => {
      // Temporal only records an encoded failure, which does not help an operator.
      Runtime.instance().logger.error('A payload cannot be decrypted: see docs/encryption.md', { ...details });
    });
    const tracing = settings.tracing && startTracing(settings.tracing);
    if (tracing) opened.push(tracing);
    const projects = activityPorts(settings);
    const both = {
      connection,
      namespace,
      activities: createActivitiesOfProjects(projects),
      dataConverter,
      ...tracing?.workerOptions,
      interceptors: { activity: [...(tracing?.workerOptions.interceptors?.activity ?? []), projectInterceptor] },
      ...tuningOptions(settings.tuning),
      // No shutdownForceTime: waiting longer for a creation or submission makes its outcome known.
      shutdownGraceTime: settings.shutdownGraceMs,
      ...(settings.deployment && { workerDeploymentOptions: deploymentOptions(settings.deployment) }),
    };
    const worker = await SiftingWorker.create({
      ...both,
      taskQueue: settings.taskQueue,
      workflowBundle: await workflowBundle({ dataConverter, traced: tracing !== undefined }),
      nexusServices: [nexusService({ taskQueue: settings.taskQueue, store: projects.ports.store })],
    });
    // Also without a limit: orders that began under one still call Sinch on that queue.
    const caller = (project?: string, callsPerSecond?: number) =>
      Worker.create({
        ...both,
        taskQueue: sinchTaskQueueOf(settings.taskQueue, project),
        ...(callsPerSecond && { maxTaskQueueActivitiesPerSecond: callsPerSecond }),
      });
    const workers = [worker, await caller(undefined, settings.sinchCallsPerSecond)];
    for (const [name, { callsPerSecond }] of settings.projects) workers.push(await caller(name, callsPerSecond));
    state = () => worker.getState();
    reachesTemporal = () => answersPolls(connection, settings);
    const finished = runTogether(workers).finally(closeAll);
    return {
      healthUrl: health?.url,
      finished,
      stop: () => {
        stopAll(workers);
        return finished;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** The worker as a process of its own: settings from the environment, logs to stdout. Resolves when it has stopped. */
export async function runWorker(env: Environment): Promise<void> {
  const settings = readWorkerSettings(env);
  const logger = createLogger(settings.log);
  installRuntime(logger, settings.metrics, buildLabels(settings.deployment));
  if (!settings.encryptionKeys) {
    logger.warn('Payloads are not encrypted: anyone with access to the Temporal namespace can read the KYC in it');
  }
  if (settings.tracing?.inPlain) {
    logger.warn('Traces are sent to another host over http://: anyone on the path can read them');
  }
  const { healthUrl, finished } = await startWorker(settings);
  logger.info('Worker is running', {
    taskQueue: settings.taskQueue,
    namespace: settings.temporal.namespace,
    healthUrl,
  });
  await finished;
}

async function connect({ temporal }: WorkerSettings): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(temporal.connectionOptions);
  } catch (cause) {
    const address = temporal.connectionOptions.address ?? 'localhost:7233';
    throw new Error(`Temporal at ${address} cannot be reached: ${await howToReach(temporal.connectionOptions)}.`, {
      cause,
    });
  }
}

/** Calls the same service as the worker's polls. Shorter than the time-out of the image's health check. */
async function answersPolls(connection: NativeConnection, { temporal, taskQueue }: WorkerSettings): Promise<boolean> {
  const ask = () =>
    connection.workflowService.describeTaskQueue({ namespace: temporal.namespace, taskQueue: { name: taskQueue } });
  try {
    await connection.withDeadline(Date.now() + 3_000, ask);
    return true;
  } catch {
    return false;
  }
}

/** Pinned: an order ends on the code it began with. */
function deploymentOptions({ name, buildId }: { name: string; buildId: string }) {
  return {
    version: { deploymentName: name, buildId },
    useWorkerVersioning: true,
    defaultVersioningBehavior: 'PINNED',
  } as const;
}

if (require.main === module) {
  runWorker(process.env).catch((error: unknown) => {
    // Exits even if the SDK leaves threads behind, as it does for a worker that could not be created.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`, () => process.exit(1));
  });
}

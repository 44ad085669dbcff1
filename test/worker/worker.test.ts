import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from '@temporalio/client';
import { freePort } from '../../local/free-ports';
import { startWorker } from '../../src/worker';
import { requireSearchAttributes, SearchAttributesMissingError } from '../../src/worker/search-attributes';
import { usLocal } from '../support/kyc';
import { startWorkerProcess } from '../support/worker-process';
import { surroundings, type Surroundings } from './surroundings';

const REGISTER_ALL =
  '--name NumberOrderStage --type Keyword --name NumberOrderRegion --type Keyword ' +
  '--name NumberOrderExpireTime --type Datetime --name SinchOrderId --type Keyword ' +
  '--name NumberOrderBatch --type Keyword --name NumberOrderProject --type Keyword';

let around: Surroundings;
let connection: Connection;

beforeAll(async () => {
  around = await surroundings();
  connection = around.connection;
});
afterAll(() => around.close());

describe('a worker started from the environment', () => {
  it('processes orders, reports that it is healthy, and stops when it is told to', async () => {
    const settings = around.settings();
    const worker = await startWorker(settings);
    const health = worker.healthUrl ?? '';

    const answer = await fetch(health);
    expect([answer.status, await answer.json()]).toEqual([200, { state: 'RUNNING' }]);
    expect((await fetch(health.replace('/health', '/other'))).status).toBe(404);

    const orders = around.orders(settings.taskQueue);
    const reference = `test-${randomUUID()}`;
    await orders.start({ reference, ...usLocal });
    await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    await worker.stop();
    await expect(worker.finished).resolves.toBeUndefined();
    await expect(fetch(health)).rejects.toThrow();
  });

  it('names the setting when its health address is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(startWorker(around.settings({ NUMBER_ORDERS_HEALTH_ADDRESS: address }))).rejects.toThrow(
      `The health endpoint cannot listen on ${address} (EADDRINUSE): set NUMBER_ORDERS_HEALTH_ADDRESS`,
    );
    server.close();
  });

  it('says why it could not start, and ends, if Temporal goes down meanwhile', async () => {
    const NODE_OPTIONS = `--require ${require.resolve('../support/temporal-goes-away.cjs')}`;
    const address = `127.0.0.1:${await freePort()}`;
    const starting = startWorkerProcess({ NODE_OPTIONS, NUMBER_ORDERS_HEALTH_ADDRESS: address });
    await expect(starting).rejects.toThrow(/^The worker ended with 1: Temporal went away\n$/);
  });

  it('names the setting when Temporal cannot be reached', async () => {
    await expect(startWorker(around.settings({ TEMPORAL_ADDRESS: '127.0.0.1:1' }))).rejects.toThrow(
      'Temporal at 127.0.0.1:1 cannot be reached: check TEMPORAL_ADDRESS',
    );
  });
});

describe('a namespace without the search attributes', () => {
  const namespace = `bare-${randomUUID()}`;
  beforeAll(async () => {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
  });

  it('keeps the worker from starting, with the command that fixes it', async () => {
    const start = () => startWorker(around.settings({ TEMPORAL_NAMESPACE: namespace }));
    // A namespace takes a moment to be known to every part of the server.
    let failure: unknown;
    for (let tries = 0; !(failure instanceof SearchAttributesMissingError) && tries < 100; tries++) {
      failure = await start().catch((error: unknown) => error);
    }
    expect(failure).toBeInstanceOf(SearchAttributesMissingError);
    expect((failure as Error).message).toContain(
      `temporal operator search-attribute create --namespace ${namespace} ${REGISTER_ALL}`,
    );
  });

  it('is recognised on a server without the operator service, such as Temporal Cloud', async () => {
    const closed = () => Promise.reject(Object.assign(new Error('not for you'), { code: 7 }));
    const cloud = {
      workflowService: connection.workflowService,
      operatorService: { listSearchAttributes: closed } as unknown as Connection['operatorService'],
    };
    await expect(requireSearchAttributes(cloud, namespace)).rejects.toThrow(REGISTER_ALL);
    await expect(requireSearchAttributes(cloud, 'default')).resolves.toBeUndefined();
  });
});

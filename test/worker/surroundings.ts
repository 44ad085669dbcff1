import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type FakeSinch, startFakeSinch } from '../../fake-sinch';
import { NumberOrdersClient } from '../../src/client';
import { readWorkerSettings, type WorkerSettings } from '../../src/config/settings';
import { createDataConverter } from '../../src/data-converter';
import { devServerAddress } from '../support/temporal';

/** What a worker that is started within the test's own process needs around it. */
export interface Surroundings {
  fake: FakeSinch;
  connection: Connection;
  temporal: Client;
  /** As a worker reads them; each call names a task queue of its own unless `env` does. */
  settings(env?: Record<string, string>): WorkerSettings;
  orders(taskQueue: string): NumberOrdersClient;
  close(): Promise<void>;
}

export async function surroundings(): Promise<Surroundings> {
  const fake = await startFakeSinch({ uploadSeconds: 0, reviewSeconds: 0, linkingSeconds: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'worker-'));
  const connection = await Connection.connect({ address: devServerAddress() });
  const temporal = new Client({ connection, dataConverter: createDataConverter() });
  return {
    fake,
    connection,
    temporal,
    settings: (env = {}) =>
      readWorkerSettings({
        TEMPORAL_ADDRESS: devServerAddress(),
        TEMPORAL_CONFIG_FILE: '/no/such/file',
        SINCH_PROJECT_ID: fake.projectId,
        SINCH_KEY_ID: fake.keyId,
        SINCH_KEY_SECRET: fake.keySecret,
        SINCH_NUMBERS_URL: fake.url,
        SINCH_AUTH_URL: fake.authUrl,
        NUMBER_ORDERS_TASK_QUEUE: `worker-${randomUUID()}`,
        NUMBER_ORDERS_STORE: `file:${folder}`,
        NUMBER_ORDERS_HEALTH_ADDRESS: '127.0.0.1:0',
        NUMBER_ORDERS_REVIEW_POLL: '1 second',
        ...env,
      }),
    orders: (taskQueue) => new NumberOrdersClient({ client: temporal, taskQueue }),
    close: async () => {
      await connection.close();
      await fake.close();
      await rm(folder, { recursive: true });
    },
  };
}

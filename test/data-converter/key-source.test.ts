import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectedClient } from '../../src/client';
import { workflowIdOf } from '@number-orders/contract';
import type { EncryptionKey, KeySource } from '../../src/data-converter';
import { lastingKeys } from '../../src/data-converter/lasting-keys';
import { encodingOf } from '../../src/data-converter/encoding';
import { ENCRYPTED } from '../../src/data-converter/encryption';
import { gbMobile, gbRegistration } from '../support/kyc';
import { newKey } from '../support/keys';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

describe('the keys of a worker', () => {
  const source = (current: () => Promise<EncryptionKey>, find = async () => undefined): KeySource => ({
    current,
    find,
  });
  const down = () => Promise.reject(new Error('The key service is down'));

  it('continue to encrypt with the last one while their source is down', async () => {
    const [first, second] = [newKey('first'), newKey('second')];
    const current = jest.fn().mockResolvedValueOnce(first).mockImplementationOnce(down).mockResolvedValueOnce(second);
    const keys = await lastingKeys(source(current.mockImplementation(down)));
    expect([await keys.current(), await keys.current(), await keys.current()]).toEqual([first, second, second]);
  });

  it('are not reported missing while their source is down', async () => {
    const keys = await lastingKeys(source(async () => newKey('first'), down));
    await expect(keys.find('another')).rejects.toThrow('The key service is down');
  });

  it('must be available, or it does not start', async () => {
    await expect(lastingKeys(source(down))).rejects.toThrow('The key service is down');
  });
});

const NUMBER_ORDERS_KEY_SOURCE = join(__dirname, '../support/key-service-client.cjs');

describe('an order whose keys come from a key management service', () => {
  const key = { id: 'of-the-service', secret: randomBytes(32).toString('base64') };
  const answered: number[] = [];
  let isDown = false;
  let service: Server;
  let worker: WorkerProcess;
  let client: ConnectedClient;

  beforeAll(async () => {
    service = createServer(({ url }, response) => {
      const status = isDown && url?.startsWith('/worker/') === true ? 503 : 200;
      answered.push(status);
      response.writeHead(status).end(JSON.stringify(key));
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    worker = await startWorkerProcess({ KEY_SERVICE_URL: `${url}/worker`, NUMBER_ORDERS_KEY_SOURCE });
    // The client's process is this one.
    process.env.KEY_SERVICE_URL = `${url}/client`;
    client = await worker.connect();
  });
  afterAll(async () => {
    await client.close();
    await worker.stop();
    service.close();
    service.closeAllConnections();
    await once(service, 'close');
    delete process.env.KEY_SERVICE_URL;
  });

  it('is encrypted with them, and waits while the worker cannot fetch them', async () => {
    const reference = `key-source-${randomUUID()}`;
    isDown = true;
    await client.orders.start({ reference, ...gbMobile, registration: gbRegistration });
    while (!answered.includes(503)) await pause(50);
    isDown = false;

    await expect(client.orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    const { events } = await client.temporal.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
    const [request] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    expect(encodingOf(request!)).toBe(ENCRYPTED);
    expect(Buffer.from(request!.metadata!['encryption-key-id']!).toString()).toBe(key.id);
  });
});

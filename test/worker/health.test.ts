import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startWorker, type RunningWorker } from '../../src/worker';
import { serveHealth } from '../../src/worker/health';
import { devServerAddress } from '../support/temporal';
import { surroundings, type Surroundings } from './surroundings';

/** A way to Temporal that can be shut and opened again. */
class Way {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  port = 0;

  async open(): Promise<void> {
    const [host = '', port] = devServerAddress().split(':');
    this.server = createServer((near) => {
      const far = connect(Number(port), host);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(from);
        from.on('error', () => to.destroy()).pipe(to);
      }
    }).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async shut(): Promise<void> {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    if (this.server) await once(this.server, 'close');
  }
}

describe('the health of a worker', () => {
  const way = new Way();
  let around: Surroundings;
  let worker: RunningWorker;

  beforeAll(async () => {
    around = await surroundings();
    await way.open();
    worker = await startWorker(around.settings({ TEMPORAL_ADDRESS: `127.0.0.1:${way.port}` }));
  });
  afterAll(async () => {
    await worker.stop();
    await way.shut();
    await around.close();
  });

  const ask = async (path: string) => {
    const answer = await fetch((worker.healthUrl ?? '').replace('/health', path));
    return { status: answer.status, body: await answer.json() };
  };
  async function until(status: number): Promise<unknown> {
    for (;;) {
      const health = await ask('/health');
      if (health.status === status) return health.body;
    }
  }

  it('is unhealthy while Temporal is down, so that such a worker does not count as working', async () => {
    expect(await ask('/health')).toEqual({ status: 200, body: { state: 'RUNNING' } });

    await way.shut();
    await expect(until(503)).resolves.toEqual({ state: 'RUNNING', temporal: 'does not answer' });
    // Restarted now, it would lose the answers of the calls it is making.
    expect(await ask('/live')).toEqual({ status: 200, body: { state: 'RUNNING' } });

    await way.open();
    await expect(until(200)).resolves.toEqual({ state: 'RUNNING' });
  });

  it('differs between a worker that does not poll yet and one that drains, and neither is restarted', async () => {
    let state = 'INITIALIZED';
    const health = await serveHealth(
      { host: '127.0.0.1', port: 0 },
      { state: () => state, reachesTemporal: () => Promise.resolve(true) },
    );
    const answers: unknown[] = [];
    for (state of ['INITIALIZED', 'RUNNING', 'DRAINING', 'FAILED']) {
      const ready = await fetch(health.url.replace('/health', '/ready'));
      const live = await fetch(health.url.replace('/health', '/live'));
      answers.push([await ready.json(), ready.status, live.status]);
    }
    await health.close();
    expect(answers).toEqual([
      [{ state: 'INITIALIZED' }, 503, 200],
      [{ state: 'RUNNING' }, 200, 200],
      [{ state: 'DRAINING' }, 503, 200],
      [{ state: 'FAILED' }, 503, 503],
    ]);
  });
});

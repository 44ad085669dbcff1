import { randomUUID } from 'node:crypto';
import { run } from '../../src/cli/run';
import { devServerAddress } from '../support/temporal';

const name = `number-orders-${randomUUID()}`;

async function nexusEndpoint(taskQueue: string) {
  let out = '';
  let err = '';
  const code = await run(['nexus-endpoint', '--name', name], {
    env: {
      TEMPORAL_ADDRESS: devServerAddress(),
      TEMPORAL_CONFIG_FILE: '/no/such/file',
      NUMBER_ORDERS_TASK_QUEUE: taskQueue,
    },
    interactive: false,
    out: (text) => (out += text),
    err: (text) => (err += text),
    readStdin: async () => Buffer.alloc(0),
  });
  return { code, out, err };
}

describe('number-orders nexus-endpoint', () => {
  it('creates the endpoint once, however often it is called, as each deployment calls it', async () => {
    const created = { code: 0, out: `Nexus endpoint ${name} created: it leads to default/ours.\n`, err: '' };
    expect(await nexusEndpoint('ours')).toEqual(created);
    const there = { code: 0, out: `Nexus endpoint ${name} is there: it leads to default/ours.\n`, err: '' };
    expect(await nexusEndpoint('ours')).toEqual(there);
  });

  it('does not change an endpoint that leads elsewhere, and says where it leads', async () => {
    const { code, err } = await nexusEndpoint('theirs');
    expect(code).toBe(1);
    expect(err).toContain(`The Nexus endpoint ${name} leads to default/ours`);
  });
});

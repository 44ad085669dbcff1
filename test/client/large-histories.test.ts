import { Client, Connection } from '@temporalio/client';
import { replayOpenOrders } from '../../src/cli/replay-open-orders';
import { HistoryNotReadError, NumberOrdersClient } from '../../src/client';
import { workflowIdOf } from '@number-orders/contract';
import { auMobile, auRegistration } from '../support/kyc';
import { standForAll } from '../support/stands';
import { devServer, devServerAddress } from '../support/temporal';

const REGISTRATIONS = 10;
const GRPC_TAKES = 4 * 1024 * 1024;

describe('an order of ten large registrations', () => {
  const stand = standForAll(devServer);
  const connections: Connection[] = [];
  let reference: string;

  beforeAll(async () => {
    reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    for (let count = 0; count < REGISTRATIONS; count++) {
      await stand.client.register(reference, auRegistration({ note: `${count}${'x'.repeat(250_000)}` }));
    }
  });

  afterAll(() => Promise.all(connections.map((connection) => connection.close())));

  /** As other services connect: without settings of ours. */
  async function client(channelArgs?: Record<string, number>): Promise<Client> {
    const connection = await Connection.connect({ address: devServerAddress(), ...(channelArgs && { channelArgs }) });
    connections.push(connection);
    const { namespace = 'default' } = stand.environment;
    return new Client({ connection, namespace });
  }

  it('has a history that is larger than a gRPC message may be by default', async () => {
    const [first] = await stand.runs(reference);
    expect(JSON.stringify(first).length).toBeGreaterThan(GRPC_TAKES);
  });

  it("can be audited over a connection with gRPC's default limit", async () => {
    const orders = new NumberOrdersClient({ client: await client(), taskQueue: stand.taskQueue });
    const entries = await orders.audit(reference);
    const registrations = entries.filter(({ name }) => name === 'submitRegistration');
    expect(registrations).toHaveLength(REGISTRATIONS);
  });

  it('is replayed with the other open orders before a deploy', async () => {
    const temporal = { connectionOptions: {}, namespace: 'default' };
    const settings = {
      temporal,
      taskQueue: stand.taskQueue,
      store: { kind: 'file', folder: stand.folder },
      traced: false,
    };
    const selection = { query: `WorkflowId = '${workflowIdOf(reference)}'`, limit: 10, closed: true };
    const report = await replayOpenOrders(await client(), settings as never, selection);
    expect(report.broken).toEqual([]);
    expect(report.replayed).toBeGreaterThan(0);
  });

  it('names the limit of a connection whose limit is too low, and does not blame a worker', async () => {
    const narrow = await client({ 'grpc.max_receive_message_length': 100_000 });
    const orders = new NumberOrdersClient({ client: narrow, taskQueue: stand.taskQueue, timeoutMs: 10_000 });
    const refused = orders.audit(reference);
    await expect(refused).rejects.toThrow(HistoryNotReadError);
    await expect(refused).rejects.toThrow(/grpc\.max_receive_message_length/);
  });
});

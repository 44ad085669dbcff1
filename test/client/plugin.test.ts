import { Client, Connection } from '@temporalio/client';
import { createDataConverter, numberOrders } from '../../src/client';
import { keyList, newKey } from '../support/keys';

describe("the plugin for Temporal's SDK", () => {
  const connection = Connection.lazy();
  afterAll(() => connection.close());

  it('gives a client the data converter, so that the worker can read what it sends', async () => {
    const encryptionKeys = keyList(newKey('one'));
    const { options } = new Client({ connection, plugins: [numberOrders({ encryptionKeys })] });
    const [codec] = options.loadedDataConverter.payloadCodecs;
    const [sent] = await codec!.encode([options.loadedDataConverter.payloadConverter.toPayload({ a: 1 })]);
    expect(Buffer.from(sent!.metadata!.encoding!).toString()).toBe('binary/encrypted');
  });

  it('refuses a client that already has a data converter, and says what to do', () => {
    const dataConverter = createDataConverter();
    expect(() => new Client({ connection, dataConverter, plugins: [numberOrders()] })).toThrow(
      /leave dataConverter out and hand keys to numberOrders\(\{ encryptionKeys \}\), or make a client/,
    );
  });

  it('can be given to a connection and to its client at once', async () => {
    const plugin = numberOrders();
    const withPlugin = Connection.lazy({ plugins: [plugin] });
    expect(() => new Client({ connection: withPlugin, plugins: [plugin] })).not.toThrow();
    await withPlugin.close();
  });
});

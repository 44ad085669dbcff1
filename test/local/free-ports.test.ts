import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { freePort } from '../../local/free-ports';

const listening = async (port: number): Promise<Server> => {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
const closed = (server: Server) => once(server.close(), 'close');

test('until it is listened on, a free port is given to no other listener and to no connection', async () => {
  const free = new Set<number>();
  while (free.size < 200) free.add(await freePort());
  const taken = new Set<number>();
  const door = await listening(0);
  door.on('connection', (accepted) => accepted.on('error', () => accepted.destroy()));
  for (let round = 0; round < 3_000; round++) {
    const other = await listening(0);
    taken.add((other.address() as AddressInfo).port);
    const connection = connect((door.address() as AddressInfo).port, '127.0.0.1');
    await once(connection, 'connect');
    taken.add(connection.localPort!);
    connection.resetAndDestroy();
    await Promise.all([once(connection, 'close'), closed(other)]);
  }
  await closed(door);
  expect([...taken].filter((port) => free.has(port))).toEqual([]);
  for (const port of free) await closed(await listening(port));
});

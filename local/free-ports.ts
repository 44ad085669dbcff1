import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { ToldError } from './told-error';

// Below what the kernel hands out to outgoing connections, which it could otherwise do while a server is restarted; and
// what a Temporal server writes down as a number of 16 bits.
const LASTING = { from: 15_000, below: 32_000 };

/** Free ports on loopback, which stay free while their listeners are restarted. */
export async function lastingPorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const candidate = randomInt(LASTING.from, LASTING.below);
    if (!ports.has(candidate) && (await isFree(candidate))) ports.add(candidate);
  }
  return [...ports];
}

const isFree = (port: number) =>
  freePort(port).then(
    () => true,
    () => false,
  );

/**
 * A free port on loopback, for a listener that opens it within a minute.
 * @param wanted 0: any
 * @throws {ToldError} when the one that is wanted is taken
 */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ToldError(
      `Port ${wanted} cannot be listened on (${code}): end what uses it, name another, or name none to get a free one.`,
    );
  }
  const { port } = server.address() as AddressInfo;
  if (wanted === 0) await leaveLingering(server, port);
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Linux remembers a connection for a minute at the side that closed it first. As long as it does, it gives the port to
 * no outgoing connection and to no other listener on any port; to one who names it, it does.
 */
async function leaveLingering(server: Server, port: number): Promise<void> {
  const client = connect(port, '127.0.0.1').resume();
  const [accepted] = (await once(server, 'connection')) as [Socket];
  accepted.end();
  await once(client, 'close');
}

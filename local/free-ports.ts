import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
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
 * A free port on loopback.
 * @param wanted 0: any
 * @throws {ToldError} when the one that is wanted is taken
 */
export async function freePort(wanted: number): Promise<number> {
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
  server.close();
  await once(server, 'close');
  return port;
}

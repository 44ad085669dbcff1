import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ToldError } from './told-error';

/**
 * A port on loopback that nobody listens on.
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

import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An HTTP proxy that makes tunnels, on a free port of loopback. */
export interface ConnectProxy {
  url: string;
  /** `host:port` of each tunnel that was asked for. */
  asked: string[];
  /** What was shown of credentials, once each. */
  credentials: Set<string | undefined>;
  close(): Promise<void>;
}

/** @param answer in place of a tunnel */
export async function startConnectProxy(answer?: string): Promise<ConnectProxy> {
  const asked: string[] = [];
  const credentials = new Set<string | undefined>();
  const sockets = new Set<Socket>();
  const server = createServer().on('connect', (request, near: Socket) => {
    asked.push(request.url ?? '');
    credentials.add(request.headers['proxy-authorization']);
    near.on('error', () => near.destroy());
    if (answer !== undefined) {
      near.end(answer);
      return;
    }
    const { hostname, port } = new URL(`tcp://${request.url ?? ''}`);
    const far = connect(Number(port), hostname, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    for (const socket of [near, far]) sockets.add(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    close: async () => {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

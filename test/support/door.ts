import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be shut, as when a network fails. */
export class Door {
  private readonly sockets = new Set<Socket>();
  private isOpen = true;

  private constructor(private readonly server: Server) {}

  /** @param address `host:port` */
  static async to(address: string): Promise<Door> {
    const [host, port] = address.split(':');
    const server = createServer();
    const door = new Door(server);
    server.on('connection', (incoming) => {
      const onwards = connect(Number(port), host);
      incoming.pipe(onwards).pipe(incoming);
      for (const [socket, other] of [
        [incoming, onwards],
        [onwards, incoming],
      ] as const) {
        door.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          other.destroy();
          door.sockets.delete(socket);
        });
      }
      if (!door.isOpen) incoming.destroy();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return door;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  shut(): void {
    this.isOpen = false;
    for (const socket of this.sockets) socket.destroy();
  }

  open(): void {
    this.isOpen = true;
  }

  close(): void {
    this.shut();
    this.server.close();
  }
}

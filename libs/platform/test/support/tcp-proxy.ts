import { type Server, type Socket, connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands between a service and a server of its, so that a test can cut the line or let it fall silent. */
export class TcpProxy {
  /** Connections that were ever accepted. */
  accepted = 0;
  private readonly sockets = new Set<Socket>();
  private isSilent = false;
  private server: Server | undefined;
  private port = 0;

  private constructor(private readonly target: URL) {}

  /** @param address of the server, as a URL with a port */
  static async to(address: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(address));
    await proxy.open();
    return proxy;
  }

  /** The same address by way of this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.sockets.size / 2;
  }

  /** Accepts connections, at the same port as before. */
  async open(): Promise<void> {
    this.isSilent = false;
    this.server = createServer((client) => this.join(client));
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Breaks all connections and refuses new ones. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Connections stay, but nothing goes through any more, in either direction. */
  fallSilent(): void {
    this.isSilent = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** New connections go through; those that fell silent stay so. */
  healNewConnections(): void {
    this.isSilent = false;
  }

  private join(client: Socket): void {
    this.accepted++;
    const server = connect(Number(this.target.port), this.target.hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ]) {
      this.sockets.add(from);
      from.on('data', (data) => to.write(data));
      from.on('error', () => undefined); // Its end follows.
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.isSilent) from.pause();
    }
  }
}

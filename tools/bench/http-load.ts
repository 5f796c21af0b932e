import { connect, type Socket } from 'node:net';

/** A request that is sent again and again on a connection of its own. */
export interface RepeatedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string;
  /** Made anew for every request, so that each can move something else. */
  readonly body?: () => string;
}

/** What a load of some length did. */
export interface LoadResult {
  readonly done: number;
  readonly seconds: number;
  /** Of every answer, in milliseconds, in the order in which they came. */
  readonly latencies: readonly number[];
}

const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Sends requests in a closed loop, one connection per caller, for so many seconds, and waits for the answers under way.
 * It writes and reads sockets itself, because the load shares the machine with what is measured.
 * @throws Error on any answer that is not 2xx: a refusal is no result
 */
export async function loadHttp(
  port: number,
  requests: readonly RepeatedRequest[],
  seconds: number,
): Promise<LoadResult> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1_000;
  await Promise.all(requests.map((request) => repeat(port, request, until, latencies)));
  return { done: latencies.length, seconds: (performance.now() - started) / 1_000, latencies };
}

async function repeat(port: number, request: RepeatedRequest, until: number, latencies: number[]): Promise<void> {
  const caller = await Caller.open(port);
  try {
    while (performance.now() < until) {
      const started = performance.now();
      await caller.send(textOf(request));
      latencies.push(performance.now() - started);
    }
  } finally {
    caller.close();
  }
}

let keys = 0;

function textOf({ method, path, token, body }: RepeatedRequest): string {
  const head = `${method} ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n`;
  if (!body) return `${head}\r\n`;
  const content = body();
  const key = `bench-${process.pid}-${++keys}`;
  return (
    `${head}idempotency-key: ${key}\r\ncontent-type: application/json\r\n` +
    `content-length: ${Buffer.byteLength(content)}\r\n\r\n${content}`
  );
}

/** One keep-alive connection with one request under way. */
class Caller {
  private received: Buffer = Buffer.alloc(0);
  private settle: ((error?: Error) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => this.settle?.(error));
    socket.on('close', () => this.settle?.(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Caller> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Caller(socket)));
      socket.once('error', reject);
    });
  }

  send(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settle = (error) => {
        this.settle = undefined;
        if (error) reject(error);
        else resolve();
      };
      this.socket.write(text);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const headersEnd = this.received.indexOf(HEADERS_END);
    if (headersEnd < 0) return;
    const head = this.received.toString('latin1', 0, headersEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < headersEnd + HEADERS_END.length + length) return;
    const answer = this.received;
    this.received = Buffer.alloc(0);
    this.settle?.(head.startsWith('HTTP/1.1 2') ? undefined : new Error(answer.toString('utf8').slice(0, 2_000)));
  }
}

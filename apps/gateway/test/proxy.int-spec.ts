import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { startTestService, waitFor, type TestService } from '@ledger/testing';
import { fastify as createFastify, type FastifyInstance } from 'fastify';
import { registerProxies } from '../src/proxy/service-proxy';
import { gatewayService } from '../src/service';

/** A service behind the door that keeps what it got and answers as it is told. */
interface Backend {
  readonly url: string;
  readonly requests: { method: string; url: string; headers: IncomingMessage['headers']; body: Buffer }[];
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;
  stop(): Promise<void>;
}

const echo: Backend['answer'] = (_request, response, body) => {
  response.setHeader('content-type', 'application/octet-stream');
  response.end(body);
};

async function startBackend(): Promise<Backend> {
  const requests: Backend['requests'] = [];
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      backend.answer(request, response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const backend: Backend = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: echo,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return backend;
}

let backend: Backend;
let service: TestService;

beforeAll(async () => {
  backend = await startBackend();
  const gone = await startBackend();
  await gone.stop();
  service = await startTestService(gatewayService, {
    environment: { upstreams: { supplies: backend.url, teams: gone.url, transport: undefined } },
  });
});
afterAll(async () => {
  await service.stop();
  await backend.stop();
});
beforeEach(() => {
  backend.requests.length = 0;
  backend.answer = echo;
});

const door = (path: string, init?: RequestInit): Promise<Response> => fetch(`${service.url}/api/v1/${path}`, init);
async function problemOf(response: Response) {
  const { code, correlationId } = (await response.json()) as { code: string; correlationId: string };
  return { status: response.status, code, correlationId, type: response.headers.get('content-type') };
}

/** Sends bytes that no well-behaved client would send, and reads the answer's head. */
async function sendRaw(head: string): Promise<string> {
  const { port } = new URL(service.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.end(`${head}\r\nhost: door\r\nconnection: close\r\n\r\n`);
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

describe('what is passed on', () => {
  it('keeps method, path, query, body and the headers of the message', async () => {
    const body = randomBytes(100_000);
    const response = await door('supplies/receipts?lot=1&lot=2&name=%E9%98%9F', {
      method: 'POST',
      headers: { authorization: 'Bearer token', 'idempotency-key': 'key-0001', 'content-type': 'application/json' },
      body,
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
    const [request] = backend.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/api/v1/supplies/receipts?lot=1&lot=2&name=%E9%98%9F' });
    expect(request.body.equals(body)).toBe(true);
    expect(request.headers).toMatchObject({
      authorization: 'Bearer token',
      'idempotency-key': 'key-0001',
      'content-type': 'application/json',
      'content-length': '100000',
    });
  });

  it('takes a large file on the route that is made for files, whole and unchanged', async () => {
    const body = randomBytes(3_000_000);
    const response = await door('supplies/imports?kind=movements', {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'x-file-name': 'ledger.csv' },
      body,
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
    expect(backend.requests[0].headers).toMatchObject({ 'content-type': 'text/csv', 'x-file-name': 'ledger.csv' });
  });

  it('says where the request came from and believes no claim about it', async () => {
    await door('supplies/depots', {
      headers: {
        'x-forwarded-for': '8.8.8.8',
        forwarded: 'for=8.8.8.8',
        'x-real-ip': '8.8.8.8',
        'x-forwarded-proto': 'gopher',
      },
    });
    const { headers } = backend.requests[0];
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers['x-forwarded-host']).toBe(new URL(service.url).host);
    expect([headers.forwarded, headers['x-real-ip'], headers['x-forwarded-proto']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('carries one correlation id to the service and back', async () => {
    const correlationId = randomUUID();
    const response = await door('supplies/depots', { headers: { 'x-correlation-id': correlationId } });
    expect(backend.requests[0].headers['x-correlation-id']).toBe(correlationId);
    expect(response.headers.get('x-correlation-id')).toBe(correlationId);

    const unusable = await door('supplies/depots', { headers: { 'x-correlation-id': 'forged line' } });
    expect(unusable.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(backend.requests[1].headers['x-correlation-id']).toBe(unusable.headers.get('x-correlation-id'));
  });

  it('gives back status, headers and body of the service, refusals included', async () => {
    backend.answer = (_request, response) => {
      response.writeHead(404, { 'content-type': 'application/problem+json', etag: '"1"', 'x-powered-by': 'secret' });
      response.end('{"code":"ROUTE_NOT_FOUND"}');
    };
    const response = await door('supplies/nowhere');
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    expect([response.headers.get('etag'), response.headers.get('x-powered-by')]).toEqual(['"1"', null]);
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('passes %s on', async (method) => {
    await door('supplies/depots/1', { method });
    expect(backend.requests.map((request) => request.method)).toEqual([method]);
  });

  it('streams: the first piece of an answer is there before the last is made', async () => {
    let finish: () => void = () => undefined;
    backend.answer = (_request, response) => {
      response.write('first');
      finish = () => response.end('last');
    };
    const response = await door('supplies/export');
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('first');
    finish();
    const last = await reader?.read();
    expect(Buffer.from(last?.value ?? []).toString()).toBe('last');
  });
});

describe('what is refused at the door', () => {
  it('a body larger than 256 KiB, announced or not', async () => {
    const large = Buffer.alloc(1_000_000, 'x');
    const announced = await door('supplies/receipts', { method: 'POST', body: large });
    expect(await problemOf(announced)).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });

    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let sent = 0; sent < large.length; sent += 50_000) controller.enqueue(large.subarray(sent, sent + 50_000));
        controller.close();
      },
    });
    const unannounced = await door('supplies/receipts', {
      method: 'POST',
      body: pieces,
      duplex: 'half',
    } as RequestInit);
    expect(await problemOf(unannounced)).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect(backend.requests).toEqual([]);
  });

  it('a file larger than its route takes, by what it announces', async () => {
    const answer = await sendRaw(
      'POST /api/v1/supplies/imports HTTP/1.1\r\ncontent-type: text/csv\r\ncontent-length: 67108865',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"REQUEST_TOO_LARGE"');
    expect(backend.requests).toEqual([]);
  });

  it.each([
    '/api/v1/supplies/../../../metrics',
    '/api/v1/supplies/%2e%2e/%2e%2e/%2e%2e/metrics',
    '/api/v1/supplies/x\\..\\..\\..\\..\\metrics',
    '/api/v1/supplies/x%5c..%5c..%5c..%5c..%5cmetrics',
    '/api/v1/supplies/%zz',
    '/api/v1/supplies/%00',
  ])('the path %s', async (path) => {
    const answer = await sendRaw(`GET ${path} HTTP/1.1`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
    expect(backend.requests).toEqual([]);
  });

  it('a name that only begins like a service', async () => {
    expect(await problemOf(await door('suppliesx/depots'))).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    expect(backend.requests).toEqual([]);
  });
});

describe('when the service is away', () => {
  it.each([
    ['cannot be reached', 'teams/teams'],
    ['is not configured', 'transport/trips'],
  ])('and %s, the caller is told to come back', async (_how, path) => {
    for (const method of ['GET', 'POST']) {
      const response = await door(path, { method, ...(method === 'POST' ? { body: '{}' } : {}) });
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await problemOf(response)).toMatchObject({
        status: 503,
        code: 'GATEWAY_UPSTREAM_UNAVAILABLE',
        type: 'application/problem+json; charset=utf-8',
      });
    }
  });

  it.each(['GET', 'POST'])('and breaks off a %s, nothing is tried again', async (method) => {
    backend.answer = (request) => request.socket.destroy();
    const response = await door('supplies/depots', { method, ...(method === 'POST' ? { body: '{}' } : {}) });
    expect(await problemOf(response)).toMatchObject({ status: 503, code: 'GATEWAY_UPSTREAM_UNAVAILABLE' });
    expect(backend.requests).toHaveLength(1);
  });

  it('and says so itself, its own answer comes through at once', async () => {
    backend.answer = (_request, response) => {
      response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '7' });
      response.end('{"code":"SERVICE_UNAVAILABLE"}');
    };
    const response = await door('supplies/depots');
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await problemOf(response)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    expect(backend.requests).toHaveLength(1);
  });
});

describe('a service that never answers', () => {
  let app: FastifyInstance;
  let address: string;

  beforeEach(async () => {
    backend.answer = () => undefined;
    app = createFastify();
    await registerProxies(
      app,
      { supplies: backend.url, teams: undefined, transport: undefined },
      { connectionsPerService: 2, requestsPerService: 2, connectMs: 300, answerMs: 300, idleMs: 300 },
    );
    address = `${await app.listen({ port: 0 })}/api/v1/supplies/depots`;
  });
  afterEach(() => app.close());

  const messageOf = async (response: Response): Promise<string> =>
    ((await response.json()) as { message: string }).message;

  it('is not waited for without end', async () => {
    expect(await messageOf(await fetch(address))).toContain('GATEWAY_UPSTREAM_UNAVAILABLE');
  });

  it('does not gather more callers than there are places, and gets new ones when places are free', async () => {
    const waiting = [fetch(address), fetch(address)];
    await waitFor('both to arrive', () => backend.requests.length === 2);
    expect(await messageOf(await fetch(address))).toContain('SERVICE_UNAVAILABLE');
    await Promise.all(waiting);
    expect(await messageOf(await fetch(address))).toContain('GATEWAY_UPSTREAM_UNAVAILABLE');
  });

  it('is let go soon after its callers left, and their places are free again', async () => {
    const caller = new AbortController();
    const pending = [1, 2].map(() => fetch(address, { signal: caller.signal }));
    await waitFor('both to arrive', () => backend.requests.length === 2);
    caller.abort();
    expect((await Promise.allSettled(pending)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    backend.answer = echo;
    await waitFor('an answer', async () => (await fetch(address)).ok);
  });
});

describe('the documents', () => {
  it('are one document of all services', async () => {
    const document = (await (await fetch(`${service.url}/docs-json`)).json()) as { paths: Record<string, unknown> };
    const paths = Object.keys(document.paths);
    for (const path of ['/api/v1/auth/token', '/api/v1/incidents', '/api/v1/regions/{code}'])
      expect(paths).toContain(path);
    for (const prefix of ['supplies', 'teams', 'transport']) {
      expect([prefix, paths.some((path) => path.startsWith(`/api/v1/${prefix}/`))]).toEqual([prefix, true]);
    }
  });

  it('are shown by a page that needs nothing from elsewhere', async () => {
    const page = await (await fetch(`${service.url}/docs`)).text();
    expect(page).toContain('swagger-ui');
    expect(page.match(/(?:src|href)="https?:/g)).toBeNull();
    const [, script] = /src="([^"]*swagger-ui-bundle\.js)"/.exec(page) ?? [];
    const bundle = await fetch(new URL(script, `${service.url}/docs`));
    expect([bundle.status, (await bundle.text()).length > 100_000]).toEqual([200, true]);
  });
});

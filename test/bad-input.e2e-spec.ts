import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD, PROBLEMS } from '@ledger/contracts';
import { startTestStack, waitFor, type TestStack } from '@ledger/testing';
import { brokenInvariants } from './support/invariants';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly hasBody: boolean;
  readonly isPaged: boolean;
}

interface ApiDocument {
  readonly paths: Record<
    string,
    Record<string, { security?: unknown[]; requestBody?: unknown; parameters?: { name: string }[] }>
  >;
}

const USERS = [
  'dispatcher.hequ',
  'approver.hequ',
  'keeper.hequ',
  'stock.hequ',
  'driver.hequ',
  'teams.hequ',
  'system.xinzhou',
];
const MEGABYTE = 'x'.repeat(1_048_576);

/** Bodies no route accepts, whatever it is for. */
const BODIES: Readonly<Record<string, string>> = {
  'an unknown field': '{"surprise":1}',
  'a list in place of an object': '[]',
  'a text in place of an object': '"text"',
  'null in place of an object': 'null',
  'broken JSON': '{"a":',
  'a polluted prototype': '{"__proto__":{"roles":["approver"]}}',
  'a negative quantity': '{"quantityBase":-1,"lines":[{"quantityBase":-1,"receivedBase":-1,"usableBase":-1}]}',
  'a huge quantity': '{"quantityBase":1e300,"lines":[{"quantityBase":9007199254740993}]}',
  'deep nesting': `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  'one megabyte': JSON.stringify({ reason: MEGABYTE }),
};

let stack: TestStack;
let operations: Operation[];
const tokens = new Map<string, string>();

beforeAll(async () => {
  stack = await startTestStack();
  const document = (await (await fetch(`${stack.gatewayUrl}/docs-json`)).json()) as ApiDocument;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      isPublic: !operation.security?.length,
      hasBody: operation.requestBody !== undefined,
      isPaged: operation.parameters?.some(({ name }) => name === 'limit') ?? false,
    })),
  );
  for (const username of USERS) tokens.set(username, await signIn(username));
  await quiet();
});
afterAll(() => stack.stop());

async function signIn(username: string): Promise<string> {
  const response = await fetch(`${stack.gatewayUrl}/api/v1/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: DEMO_PASSWORD }),
  });
  return ((await response.json()) as { accessToken: string }).accessToken;
}

interface Attempt {
  readonly token?: string;
  readonly body?: string;
  readonly id?: string;
  readonly query?: string;
}

async function attempt(
  operation: Operation,
  { token, body, id = randomUUID(), query = '' }: Attempt,
): Promise<Response> {
  const path = operation.path.replace(/\{[^}]+\}/g, encodeURIComponent(id));
  return fetch(stack.gatewayUrl + path + query, {
    method: operation.method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'idempotency-key': randomUUID(),
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** Checks that the answer is a refusal with a problem document; returns its code. */
async function refusal(response: Response, what: string): Promise<string> {
  const text = await response.text();
  const isRefusal = response.status >= 400 && response.status < 500;
  expect(`${what}: ${isRefusal ? 'refused' : `${response.status} ${text.slice(0, 300)}`}`).toBe(`${what}: refused`);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = JSON.parse(text) as { code: string; status: number };
  expect(Object.keys(PROBLEMS)).toContain(problem.code);
  expect(problem.status).toBe(response.status);
  expect(text).not.toMatch(/ at .*\.[jt]s:\d+|SELECT |INSERT /);
  return problem.code;
}

/** Of an id that nobody has there is nothing to see: a refusal, or an empty list. */
async function nothingOfNobody(response: Response, what: string): Promise<void> {
  if (response.status !== 200) return void (await refusal(response, what));
  expect(await response.json()).toMatchObject({ items: [] });
}

const secured = (): Operation[] => operations.filter((operation) => !operation.isPublic);
const writes = (): Operation[] => operations.filter((operation) => operation.hasBody);

async function rowCounts(): Promise<string> {
  const tables = ['gateway', 'supplies', 'teams', 'transport'] as const;
  const { Client } = await import('pg');
  const counts: string[] = [];
  for (const name of tables) {
    const client = new Client({ connectionString: stack.databases[name].app });
    await client.connect();
    const { rows } = await client.query<{ outbox: string; keys: string }>(
      'SELECT (SELECT count(*) FROM outbox) AS outbox, (SELECT count(*) FROM idempotency_keys) AS keys',
    );
    counts.push(`${name}: ${rows[0].outbox} events, ${rows[0].keys} keys`);
    await client.end();
  }
  return counts.join('; ');
}

/** What the services do by themselves after a start (sealing, due rotations) is over: nothing was written for a while. */
async function quiet(): Promise<void> {
  let last = '';
  let since = 0;
  await waitFor(
    'the services to have done what was due',
    async () => {
      const counts = await rowCounts();
      if (counts !== last) [last, since] = [counts, performance.now()];
      return performance.now() - since > 2_500;
    },
    { timeoutMs: 60_000, everyMs: 200 },
  );
}

/** What the services write by themselves while nobody asks for anything: plans for their own work, and how far they read. */
const OWN_WORK = ['deadlines', 'inbox', 'inbox_sequences', 'projection_states'];

/** How many rows each table has, and the transaction that wrote the latest: any write of any row shows. */
async function everyRow(): Promise<Record<string, string>> {
  const { Client } = await import('pg');
  const rows: Record<string, string> = {};
  for (const [name, { app }] of Object.entries(stack.databases)) {
    if (name === 'bus') continue;
    const client = new Client({ connectionString: app });
    await client.connect();
    const tables = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_stat_user_tables WHERE relname <> ALL($1) ORDER BY relname`,
      [OWN_WORK],
    );
    for (const table of tables.rows) {
      const counted = await client.query<{ rows: string; latest: string }>(
        `SELECT count(*) AS rows, coalesce(max(xmin::text::bigint), 0) AS latest FROM "${table.name}"`,
      );
      rows[`${name}.${table.name}`] = `${counted.rows[0].rows} rows, latest by ${counted.rows[0].latest}`;
    }
    await client.end();
  }
  return rows;
}

describe('bad input on every route of the merged document', () => {
  it('covers the routes of all four services', () => {
    for (const part of ['/allocations', '/supplies/', '/teams/', '/transport/'])
      expect(operations.filter(({ path }) => path.includes(part)).length).toBeGreaterThan(2);
  });

  it('asks for a token everywhere but at the public routes', async () => {
    for (const operation of secured()) {
      const name = `${operation.method} ${operation.path}`;
      expect(await refusal(await attempt(operation, {}), name)).toBe('AUTH_TOKEN_REQUIRED');
      expect(await refusal(await attempt(operation, { token: 'a.b.c' }), name)).toBe('AUTH_TOKEN_INVALID');
    }
  });

  it('refuses every bad body from every role, never with a 5xx, and writes nothing', async () => {
    const before = await rowCounts();
    for (const operation of writes()) {
      for (const [what, body] of Object.entries(BODIES)) {
        const username = USERS[(Object.keys(BODIES).indexOf(what) + operation.path.length) % USERS.length];
        for (const user of new Set([username, 'dispatcher.hequ', 'keeper.hequ'])) {
          const response = await attempt(operation, { token: tokens.get(user), body });
          await refusal(response, `${operation.method} ${operation.path} with ${what} as ${user}`);
        }
      }
    }
    expect(await rowCounts()).toBe(before);
  });

  it('refuses ids that are none, and ids of nobody, on every path with an id', async () => {
    for (const operation of secured().filter(({ path }) => path.includes('{'))) {
      for (const [user, token] of tokens) {
        const body = operation.hasBody ? '{"surprise":1}' : undefined;
        const name = `${operation.method} ${operation.path} as ${user}`;
        for (const id of ['1', '../../etc', "x' OR 1=1--", '%00']) {
          await refusal(await attempt(operation, { token, body, id }), `${name} with ${id}`);
        }
        await nothingOfNobody(await attempt(operation, { token, body }), name);
      }
    }
  });

  it('refuses unknown and absurd query parameters on every list', async () => {
    for (const operation of secured().filter(({ isPaged, path }) => isPaged && !path.includes('{'))) {
      for (const query of ['?surprise=1', '?limit=0', '?limit=100000', '?offset=-1', '?limit=abc']) {
        for (const user of ['dispatcher.hequ', 'system.xinzhou']) {
          const response = await attempt(operation, { token: tokens.get(user), query });
          await refusal(response, `${operation.method} ${operation.path}${query} as ${user}`);
        }
      }
    }
  });

  it('changes nothing by reading, whoever reads', async () => {
    const before = await everyRow();
    for (const operation of secured().filter(({ method }) => method === 'GET')) {
      for (const [user, token] of tokens) {
        const { status } = await attempt(operation, { token });
        expect(`${operation.path} as ${user}: ${status < 500}`).toBe(`${operation.path} as ${user}: true`);
      }
    }
    expect(await everyRow()).toEqual(before);
  });

  it('tells an unknown route from a wrong method and a wrong content type', async () => {
    const token = tokens.get('dispatcher.hequ') ?? '';
    const ask = (path: string, request: RequestInit): Promise<Response> =>
      fetch(`${stack.gatewayUrl}/api/v1/${path}`, {
        ...request,
        headers: { authorization: `Bearer ${token}`, ...request.headers },
      });
    expect(await refusal(await ask('nowhere', {}), 'nowhere')).toBe('ROUTE_NOT_FOUND');
    expect(await refusal(await ask('supplies/nowhere', {}), 'supplies/nowhere')).toBe('ROUTE_NOT_FOUND');
    expect(await refusal(await ask('incidents', { method: 'DELETE' }), 'DELETE')).toBe('REQUEST_METHOD_NOT_ALLOWED');
    const xml = { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<a/>' };
    expect(await refusal(await ask('incidents', xml), 'XML')).toBe('REQUEST_MEDIA_TYPE_UNSUPPORTED');
  });

  it('leaves every service ready and every invariant whole', async () => {
    for (const url of Object.values(stack.serviceUrls)) {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    }
    expect(await brokenInvariants(stack)).toEqual([]);
  });
});

import { CallUp } from '@ledger/contracts';
import { RunningService } from '@ledger/platform';
import { type TestCaller, waitFor } from '@ledger/testing';
import { type Sample, aCallUp, effectsOf, parkedRows, startSample } from './support/sample';
import { sampleService } from './support/sample-service';
import { TcpProxy } from './support/tcp-proxy';

const MANAGER: TestCaller = { roles: ['team-manager'] };

let sample: Sample;
let databaseLine: TcpProxy;
let busLine: TcpProxy;

beforeAll(async () => {
  sample = await startSample({
    environment: async ({ databaseUrl, busDatabaseUrl = '' }) => {
      [databaseLine, busLine] = [await TcpProxy.to(databaseUrl), await TcpProxy.to(busDatabaseUrl)];
      return { databaseUrl: databaseLine.url, busDatabaseUrl: busLine.url, databasePoolSize: 3 };
    },
  });
});
afterEach(() => sample.rehearsal.nothing());
afterAll(async () => {
  await sample.stop();
  await databaseLine.cut();
  await busLine.cut();
});

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown>;
}

async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await sample.request(method, path, { as: MANAGER, body });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: answer.body };
}

const write = (text: string): Promise<Answer> => ask('POST', '/api/v1/teams/notes', { text, copies: 1 });
const ready = (): Promise<Answer> => ask('GET', '/health/ready');
const live = (): Promise<Answer> => ask('GET', '/health/live');
const isReady = async (): Promise<boolean> => (await ready()).body.status === 'ready';

const metrics = async (): Promise<string> => (await fetch(`${sample.url}/metrics`)).text();

const publishedEvents = async (): Promise<number> =>
  (await sample.database.query('SELECT 1 FROM outbox WHERE published_at IS NOT NULL')).length;

it('health tells of a whole service', async () => {
  expect(await ready()).toEqual({
    status: 200,
    retryAfter: null,
    body: {
      status: 'ready',
      database: 'up',
      bus: { kind: 'embedded', reachable: true, consuming: true },
      outbox: { unpublished: 0, oldestSeconds: 0 },
      parkedEvents: 0,
      reasons: [],
    },
  });
  expect(await live()).toMatchObject({ status: 200, body: { status: 'live' } });
});

it('metrics tell of deliveries, of what waits and of the process', async () => {
  await sample.publish(CallUp, aCallUp());
  await sample.settled();
  const text = await metrics();
  expect(text).toMatch(/^ledger_event_deliveries_total\{outcome="handled",type="teams\.call-up\.v1"\} 1$/m);
  expect(text).toMatch(/^ledger_outbox_oldest_seconds 0$/m);
  expect(text).toMatch(/^ledger_parked_events 0$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

describe('while the database is away', () => {
  it('requests are answered 503 with the time to come back, and the service recovers by itself', async () => {
    await databaseLine.cut();
    const answers = [await write('during the outage'), await ask('GET', '/api/v1/teams/notes')];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 503, retryAfter: '1', body: { code: 'SERVICE_UNAVAILABLE' } });
      expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|connect|127\.0\.0\.1/);
    }
    expect(await ready()).toMatchObject({
      status: 503,
      retryAfter: '1',
      body: { status: 'not-ready', database: 'down' },
    });
    expect((await live()).status).toBe(200);
    expect(await metrics()).toMatch(/^ledger_parked_events Nan$/m);
    await databaseLine.open();
    await waitFor('the first write', async () => (await write('afterwards')).status === 201);
    await waitFor('readiness', isReady);
  });

  it('a request that was under way is answered 503, and nothing of it stays', async () => {
    const begun = sample.rehearsal.passed;
    const open = sample.rehearsal.hold();
    const pending = write('cut off');
    await waitFor('the request to be under way', () => sample.rehearsal.passed > begun);
    await databaseLine.cut();
    open();
    expect(await pending).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
    await databaseLine.open();
    await waitFor('readiness', isReady);
    expect(await sample.database.query('SELECT 1 FROM notes WHERE text = $1', ['cut off'])).toEqual([]);
  });

  it('events wait and are handled afterwards, none parked', async () => {
    const { allocationId } = aCallUp();
    await databaseLine.cut();
    for (let count = 0; count < 3; count++) await sample.publish(CallUp, aCallUp(allocationId));
    await waitFor('a pause', async () => /outcome="paused".* [1-9]/.test(await metrics()));
    await databaseLine.open();
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([1, 2, 3]);
    expect(await parkedRows(sample)).toEqual([]);
  });

  it('and only silent, a request waits for seconds, not for ever, and the line is not used again', async () => {
    await waitFor('readiness', isReady);
    databaseLine.fallSilent();
    const answer = await write('into the silence');
    expect(answer).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
    databaseLine.healNewConnections();
    await waitFor('the first write', async () => (await write('past the silence')).status === 201);
    await waitFor('readiness', isReady);
  });
});

describe('while the bus is away', () => {
  it('local work goes on, the service says degraded, and what it wrote is published afterwards', async () => {
    await waitFor(
      'an empty outbox',
      async () => ((await ready()).body.outbox as { unpublished: number }).unpublished === 0,
    );
    const before = await publishedEvents();
    await busLine.cut();
    await waitFor('the service to notice', async () => (await ready()).body.status === 'degraded');
    expect((await write('without a bus')).status).toBe(201);
    expect(await ready()).toMatchObject({
      status: 200,
      retryAfter: null,
      body: { bus: { reachable: false }, outbox: { unpublished: 1 }, reasons: ['bus unreachable'] },
    });
    await busLine.open();
    await waitFor('the event', async () => (await publishedEvents()) === before + 1);
    await waitFor('readiness', isReady);
  });

  it('a service that starts is degraded, and whole as soon as the bus answers', async () => {
    await busLine.cut();
    const late = await RunningService.start(sampleService, sample.settings);
    const health = async (): Promise<unknown> => {
      const response = await fetch(`http://127.0.0.1:${late.port}/health/ready`);
      return [response.status, ((await response.json()) as { status: string }).status];
    };
    expect(await health()).toEqual([200, 'degraded']);
    await busLine.open();
    await waitFor('the late one', async () => JSON.stringify(await health()) === '[200,"ready"]');
    await late.stop();
  });
});

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { CallUp } from '@ledger/contracts';
import { Database, HealthService, RunningService } from '@ledger/platform';
import { type TestCaller, waitFor } from '@ledger/testing';
import { Rehearsal } from './support/rehearsal';
import { type Sample, aCallUp, effectsOf, startCopy, startSample } from './support/sample';
import { sampleService } from './support/sample-service';
import { TcpProxy } from './support/tcp-proxy';

const MANAGER: TestCaller = { roles: ['team-manager'] };

/** Keeps the databases, and is a second copy to whichever one stops. */
let sample: Sample;

beforeAll(async () => {
  sample = await startSample();
});
afterEach(() => sample.rehearsal.nothing());
afterAll(() => sample.stop());

async function write(service: RunningService, text: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${service.port}/api/v1/teams/notes`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await sample.token(MANAGER)}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ text, copies: 1 }),
  });
  await response.arrayBuffer();
  return response.status;
}

const notesOf = async (text: string): Promise<number> =>
  (await sample.database.query('SELECT 1 FROM notes WHERE text = $1', [text])).length;

const isRefused = (service: RunningService): Promise<boolean> =>
  fetch(`http://127.0.0.1:${service.port}/health/live`, { headers: { connection: 'close' } }).then(
    () => false,
    () => true,
  );

describe('a service that is stopped', () => {
  it('finishes the request in hand, refuses to be called ready, and takes no new connection', async () => {
    const service = await startCopy(sample);
    const rehearsal = service.app.get(Rehearsal);
    const open = rehearsal.hold();
    const pending = write(service, 'in hand');
    await waitFor('the request to be under way', () => rehearsal.passed === 1);
    const health = service.app.get(HealthService);
    const stopped = service.stop();
    expect(await health.report()).toMatchObject({ status: 'not-ready', reasons: ['draining'] });
    await waitFor('the door to close', () => isRefused(service));
    open();
    expect(await pending).toBe(201);
    await stopped;
    expect(await notesOf('in hand')).toBe(1);
  });

  it('under load answers all it has begun, and what it wrote is published', async () => {
    const service = await startCopy(sample);
    const answers: number[] = [];
    const callers = Array.from({ length: 8 }, async () => {
      for (;;) answers.push(await write(service, 'under load'));
    }).map((caller) => caller.catch(() => undefined)); // The door is closed: this caller is done.
    await waitFor('a load', () => answers.length >= 50);
    await service.stop();
    await Promise.all(callers);
    expect(new Set(answers)).toEqual(new Set([201]));
    expect(await notesOf('under load')).toBe(answers.length);
    await waitFor('the other copy to publish the rest', async () => {
      const rows = await sample.database.query('SELECT 1 FROM outbox WHERE published_at IS NULL');
      return rows.length === 0;
    });
  });

  it('while it still looks for the bus begins nothing any more', async () => {
    const line = await TcpProxy.to(sample.settings.busDatabaseUrl ?? '');
    await line.cut();
    const service = await RunningService.start(sampleService, { ...sample.settings, busDatabaseUrl: line.url });
    await service.stop();
    await line.open();
    expect(await isRefused(service)).toBe(true);
    await line.cut();
  });

  it('finishes the event in hand, whose effect comes once', async () => {
    const own = await startSample();
    const { allocationId } = aCallUp();
    const open = own.rehearsal.hold();
    await own.publish(CallUp, aCallUp(allocationId));
    await waitFor('the event to be in hand', () => own.rehearsal.passed === 1);
    const stopped = own.running.stop();
    open();
    await stopped;
    const next = await startCopy(own);
    const database = next.app.get(Database);
    expect(await effectsOf({ ...own, database }, allocationId)).toEqual([1]);
    await next.stop();
    await own.stop();
  });

  it('waits neither for a connection that asks nothing nor for one that is kept open', async () => {
    const service = await startCopy(sample);
    const silent = connect(service.port, '127.0.0.1');
    await once(silent, 'connect');
    const halfAsked = connect(service.port, '127.0.0.1');
    halfAsked.write('GET /health/live HTTP/1.1\r\n');
    await fetch(`http://127.0.0.1:${service.port}/health/live`);
    const begun = performance.now();
    await service.stop();
    expect(performance.now() - begun).toBeLessThan(4_000);
    for (const socket of [silent, halfAsked]) socket.destroy();
  });

  it('is stopped once, however often it is told', async () => {
    const service = await startCopy(sample);
    await Promise.all([service.stop(), service.stop()]);
    expect(await isRefused(service)).toBe(true);
  });
});

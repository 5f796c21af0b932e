import { randomUUID } from 'node:crypto';
import { CallUp, StandDown } from '@ledger/contracts';
import { HealthService, RunningService, type Settings, type Tx } from '@ledger/platform';
import { type TestService, type TestServiceOptions, startTestService, waitFor } from '@ledger/testing';
import { Rehearsal } from './rehearsal';
import { sampleService } from './sample-service';

/** The sample service of a suite, and a hand on what happens inside its effects. */
export interface Sample extends TestService {
  readonly rehearsal: Rehearsal;
}

export async function startSample(options: TestServiceOptions = {}): Promise<Sample> {
  const service = await startTestService(sampleService, options);
  return Object.assign(service, { rehearsal: service.running.app.get(Rehearsal) });
}

/** One more copy of the same service on the same databases, ready; its owner stops it. */
export async function startCopy(sample: TestService, overrides: Partial<Settings> = {}): Promise<RunningService> {
  const copy = await RunningService.start(sampleService, { ...sample.settings, ...overrides });
  const health = copy.app.get(HealthService);
  await waitFor('the copy to be ready', async () => (await health.report()).status === 'ready');
  return copy;
}

/** What the parked events of a service are, oldest first, as their table has them. */
export interface ParkedRow {
  readonly id: string;
  readonly event_id: string | null;
  readonly partition_key: string | null;
  readonly type: string | null;
  readonly code: string;
  readonly reason: string;
  readonly stack: string | null;
  readonly state: string;
}

export const parkedRows = (sample: TestService): Promise<ParkedRow[]> =>
  sample.database.query<ParkedRow>('SELECT * FROM parked_events ORDER BY position');

/** The sequence numbers of the events of an allocation that took effect, in the order in which they did. */
export async function effectsOf(sample: TestService, allocationId: string): Promise<number[]> {
  const rows = await sample.database.query<{ sequence: number }>(
    'SELECT sequence FROM effects WHERE allocation_id = $1 ORDER BY made_at',
    [allocationId],
  );
  return rows.map((row) => row.sequence);
}

/** Ends the connection of a transaction from outside, between two statements, and waits until our side knows. */
export async function loseConnection(sample: TestService, tx: Tx): Promise<void> {
  const connection = (await tx.manager.queryRunner?.connect()) as NodeJS.EventEmitter;
  const ended = new Promise((resolve) => connection.once('end', resolve));
  const [{ pid }] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await sample.database.query('SELECT pg_terminate_backend($1)', [pid]);
  await ended;
}

export const aCallUp = (allocationId: string = randomUUID()): CallUp => ({ ...CallUp.example, allocationId });
export const aStandDown = (allocationId: string = randomUUID()): StandDown => ({ ...StandDown.example, allocationId });

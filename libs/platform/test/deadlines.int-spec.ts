import { randomUUID } from 'node:crypto';
import { Database, Deadlines, type Tx } from '@ledger/platform';
import { waitFor } from '@ledger/testing';
import { type Sample, startCopy, startSample } from './support/sample';

const KIND = 'sample.answer';

interface Row {
  readonly attempts: number;
  readonly last_error: string | null;
  readonly seconds_left: number;
  readonly payload: object;
  readonly owner: string;
}

let sample: Sample;
let deadlines: Deadlines;
let met: { subjectId: string; payload: Record<string, unknown> }[];
let onDeadline: (tx: Tx, subjectId: string) => Promise<void> | void;

beforeAll(async () => {
  sample = await startSample();
  deadlines = sample.running.app.get(Deadlines);
  deadlines.on(KIND, handler);
});
beforeEach(() => {
  met = [];
  onDeadline = () => undefined;
});
afterAll(() => sample.stop());

async function handler(tx: Tx, deadline: { subjectId: string; payload: Record<string, unknown> }): Promise<void> {
  met.push({ subjectId: deadline.subjectId, payload: deadline.payload });
  await onDeadline(tx, deadline.subjectId);
}

const schedule = (subjectId: string, dueInSeconds: number, payload?: Record<string, unknown>): Promise<void> =>
  sample.database.transaction((tx) =>
    deadlines.schedule(tx, { kind: KIND, subjectId, dueInSeconds, owner: 'dispatcher', payload }),
  );

async function rowOf(subjectId: string): Promise<Row | undefined> {
  const [row] = await sample.database.query<Row>(
    `SELECT attempts, last_error, payload, owner, extract(epoch FROM due_at - now())::float AS seconds_left
     FROM deadlines WHERE subject_id = $1`,
    [subjectId],
  );
  return row;
}

const metBy = (subjectId: string) => met.filter((deadline) => deadline.subjectId === subjectId);
const isOver = (subjectId: string) => async () => (await rowOf(subjectId)) === undefined;

describe('a deadline', () => {
  it('calls its handler once it is due, with what was stored, and is gone', async () => {
    const subjectId = randomUUID();
    await schedule(subjectId, 0, { callUpId: 'c-1' });
    await waitFor('the deadline', isOver(subjectId));
    expect(metBy(subjectId)).toEqual([{ subjectId, payload: { callUpId: 'c-1' } }]);
  });

  it('is replaced by a later one of its kind and subject, and ended by a cancellation', async () => {
    const subjectId = randomUUID();
    await schedule(subjectId, 3_600, { turn: 1 });
    await schedule(subjectId, 7_200, { turn: 2 });
    const row = await rowOf(subjectId);
    expect(row).toMatchObject({ attempts: 0, owner: 'dispatcher', payload: { turn: 2 } });
    expect(row?.seconds_left).toBeGreaterThan(7_000);
    await sample.database.transaction((tx) => deadlines.cancel(tx, KIND, subjectId));
    expect(await rowOf(subjectId)).toBeUndefined();
  });

  it('of a transaction that is rolled back was never set', async () => {
    const subjectId = randomUUID();
    const undone = sample.database.transaction(async (tx) => {
      await deadlines.schedule(tx, { kind: KIND, subjectId, dueInSeconds: 0, owner: 'dispatcher' });
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    const next = randomUUID();
    await schedule(next, 0);
    await waitFor('the next one', isOver(next));
    expect(metBy(subjectId)).toEqual([]);
  });

  it('whose kind this service does not handle is left for one that does', async () => {
    const subjectId = randomUUID();
    await sample.database.transaction((tx) =>
      deadlines.schedule(tx, { kind: 'sample.other', subjectId, dueInSeconds: -60, owner: 'nobody' }),
    );
    const next = randomUUID();
    await schedule(next, 0);
    await waitFor('the next one', isOver(next));
    expect(await rowOf(subjectId)).toMatchObject({ attempts: 0 });
  });

  it('has one handler', () => {
    expect(() => deadlines.on(KIND, handler)).toThrow(KIND);
  });
});

describe('a handler that fails', () => {
  it('undoes what it did and is tried again later, with the error beside the row', async () => {
    const subjectId = randomUUID();
    onDeadline = async (tx) => {
      await tx.execute('INSERT INTO notes (id, text) VALUES ($1, $2)', [subjectId, 'half done']);
      if (metBy(subjectId).length === 1) throw new Error('the plan is locked');
    };
    await schedule(subjectId, 0);
    const failed = await waitFor('the first try', async () => {
      const row = await rowOf(subjectId);
      return row?.attempts === 1 ? row : undefined;
    });
    expect(failed.last_error).toBe('the plan is locked');
    expect(failed.seconds_left).toBeGreaterThan(0);
    expect(await sample.database.query('SELECT 1 FROM notes WHERE id = $1', [subjectId])).toEqual([]);
    await waitFor('the second try', isOver(subjectId));
    expect(metBy(subjectId)).toHaveLength(2);
    expect(await sample.database.query('SELECT 1 FROM notes WHERE id = $1', [subjectId])).toHaveLength(1);
  });

  it('is put off by a minute at most, even after thousands of tries, and holds up nobody', async () => {
    const [hopeless, other] = [randomUUID(), randomUUID()];
    onDeadline = (_tx, subjectId) => {
      if (subjectId === hopeless) throw new Error('never');
    };
    await schedule(hopeless, 60);
    await sample.database.query(
      `UPDATE deadlines SET attempts = 5000, due_at = now() - interval '1 hour' WHERE subject_id = $1`,
      [hopeless],
    );
    await schedule(other, 0);
    await waitFor('the other one', isOver(other));
    const row = await rowOf(hopeless);
    expect(row).toMatchObject({ attempts: 5001, last_error: 'never' });
    expect(row?.seconds_left).toBeLessThanOrEqual(60);
  });

  it('does not undo a new time that was set while it failed', async () => {
    const subjectId = randomUUID();
    const kind = 'sample.renewed';
    const renew = (dueInSeconds: number): Promise<void> =>
      sample.database.transaction((tx) =>
        deadlines.schedule(tx, { kind, subjectId, dueInSeconds, owner: 'dispatcher' }),
      );
    /** Between the failure and what is noted of it somebody sets the deadline anew. */
    class Overtaken extends Database {
      noted = false;
      override async query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> {
        await renew(3_600);
        return super.query<Row>(sql, parameters).finally(() => (this.noted = true));
      }
    }
    const overtaken = new Overtaken(sample.database.dataSource);
    const sweeper = new Deadlines(overtaken);
    sweeper.on(kind, () => Promise.reject(new Error('too late')));
    await renew(0);
    sweeper.start();
    await waitFor('the failure to be noted', () => overtaken.noted);
    await sweeper.stop();
    expect((await rowOf(subjectId))?.seconds_left).toBeGreaterThan(3_000);
  });
});

describe('copies and restarts', () => {
  it('a deadline that came due while the service was away is met by the next one to start', async () => {
    const subjectId = randomUUID();
    await deadlines.stop();
    await schedule(subjectId, 0);
    const copy = await startCopy(sample);
    copy.app.get(Deadlines).on(KIND, handler);
    await waitFor('the deadline', isOver(subjectId));
    await copy.stop();
    deadlines.start();
    expect(metBy(subjectId)).toHaveLength(1);
  });

  it('two sweepers never meet one deadline twice', async () => {
    const copy = await startCopy(sample);
    copy.app.get(Deadlines).on(KIND, handler);
    const subjects = Array.from({ length: 60 }, () => randomUUID());
    await copy.app.get(Database).transaction(async (tx) => {
      for (const subjectId of subjects) {
        await deadlines.schedule(tx, { kind: KIND, subjectId, dueInSeconds: 0, owner: 'dispatcher' });
      }
    });
    await waitFor('all deadlines', async () => {
      const [row] = await sample.database.query<{ left: string }>(
        'SELECT count(*) AS left FROM deadlines WHERE subject_id = ANY($1)',
        [subjects],
      );
      return row.left === '0';
    });
    await copy.stop();
    expect(met.map((deadline) => deadline.subjectId).sort()).toEqual([...subjects].sort());
  });
});

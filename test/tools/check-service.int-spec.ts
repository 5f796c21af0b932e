import type { Invariant } from '@ledger/contracts';
import { migrateEmbeddedBus } from '@ledger/platform';
import { type TestDatabase, createTestDatabase } from '@ledger/testing';
import { checkService } from '../../tools/verify/check-service';

let database: TestDatabase;

/** Any database will do: the rules of these tests bring their own rows. */
beforeAll(async () => {
  database = await createTestDatabase('bus', migrateEmbeddedBus);
});

afterAll(() => database.drop());

function anInvariant(sql: string): Invariant {
  return { id: 'bus.numbers', title: 'numbers are as they should be', sql };
}

describe('checkService', () => {
  it('finds nothing where the rule holds', async () => {
    const results = await checkService(database.appUrl, [
      anInvariant('SELECT n FROM generate_series(1, 30) AS n WHERE n < 1'),
    ]);
    expect(results).toEqual([{ id: 'bus.numbers', title: 'numbers are as they should be', differences: 0, rows: [] }]);
  });

  it('counts all rows that differ and shows the first twenty', async () => {
    const [result] = await checkService(database.appUrl, [
      anInvariant('SELECT n FROM generate_series(1, 30) AS n ORDER BY n;\n'),
    ]);
    expect(result.differences).toBe(30);
    expect(result.rows).toHaveLength(20);
    expect(result.rows[0]).toEqual({ n: 1 });
  });

  it('names the rule that cannot be run', async () => {
    await expect(checkService(database.appUrl, [anInvariant('SELECT * FROM missing')])).rejects.toThrow(
      /^rule bus\.numbers cannot be run: relation "missing" does not exist$/,
    );
  });

  it.each(["set_config('transaction_read_only', 'off', true)", 'lo_create(0)'])(
    'changes nothing, not even for a rule that calls %s',
    async (call) => {
      await expect(checkService(database.ownerUrl, [anInvariant(`SELECT ${call}`)])).rejects.toThrow(
        /read-only|read-write mode/,
      );
    },
  );

  it('fails in one line when the database cannot be reached', async () => {
    const url = new URL(database.appUrl);
    url.port = '1';
    await expect(checkService(url.href, [])).rejects.toThrow('ECONNREFUSED');
  });
});

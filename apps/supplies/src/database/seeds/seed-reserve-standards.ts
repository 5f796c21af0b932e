import { ReserveStandardsSet } from '@ledger/contracts';
import { safeInteger, type SeedContext, type Tx } from '@ledger/platform';
import { seedCause } from './seed-cause';

interface StandardSeed {
  readonly depot_code: string;
  readonly item_code: string;
  readonly floor_base: string;
  readonly basis: string;
  readonly valid_from: string;
}

interface NewStandard {
  readonly depot_id: string;
  readonly item_code: string;
  readonly floor_base: string;
  readonly basis: string;
  readonly valid_from: string;
}

export async function seedReserveStandards({ database, outbox, readCsv, progress }: SeedContext): Promise<void> {
  const standards = await readCsv<StandardSeed>('supplies/reserve-standards.csv');
  const added = await database.transaction(async (tx) => {
    const inserted = await insertMissing(tx, standards);
    for (const [depotId, rows] of Map.groupBy(inserted, (row) => row.depot_id)) {
      const announced = { depotId, standards: rows.map(describe) };
      await outbox.add(tx, ReserveStandardsSet, announced, seedCause(depotId));
    }
    return inserted.length;
  });
  progress(`supplies: ${standards.length} reserve standards, ${added} of them new`);
}

function describe(row: NewStandard) {
  return {
    itemCode: row.item_code,
    floorBase: safeInteger(row.floor_base),
    basis: row.basis,
    validFrom: row.valid_from,
  };
}

/** An unknown depot code fails on its NOT NULL column: a seed file that does not fit is not half loaded. */
function insertMissing(tx: Tx, standards: readonly StandardSeed[]): Promise<NewStandard[]> {
  return tx.query<NewStandard>(
    `INSERT INTO reserve_standards (depot_id, item_code, floor_base, basis, valid_from)
     SELECT depot.id, standard.item_code, standard.floor_base, standard.basis, standard.valid_from
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::date[])
       AS standard (depot_code, item_code, floor_base, basis, valid_from)
     LEFT JOIN depots AS depot ON depot.code = standard.depot_code
     ON CONFLICT (depot_id, item_code, valid_from) DO NOTHING
     RETURNING depot_id, item_code, floor_base, basis, valid_from::text`,
    [
      standards.map((row) => row.depot_code),
      standards.map((row) => row.item_code),
      standards.map((row) => row.floor_base),
      standards.map((row) => row.basis),
      standards.map((row) => row.valid_from),
    ],
  );
}

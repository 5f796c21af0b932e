import { DepotRegistered } from '@ledger/contracts';
import type { SeedContext, Tx } from '@ledger/platform';
import { isYes, seedCause } from './seed-cause';

interface DepotSeed {
  readonly id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly region_code: string;
  readonly tier: DepotRegistered['tier'];
  readonly kind: DepotRegistered['kind'];
  readonly organisation_id: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly position_basis: DepotRegistered['positionBasis'];
  readonly remote: string;
  readonly synthetic: string;
}

export async function seedDepots({ database, outbox, readCsv, progress }: SeedContext): Promise<void> {
  const depots = (await readCsv<DepotSeed>('supplies/depots.csv')).map(depotOf);
  const added = await database.transaction(async (tx) => {
    let count = 0;
    for (const depot of depots) {
      if (!(await insertDepot(tx, depot))) continue;
      await outbox.add(tx, DepotRegistered, depot, seedCause(depot.depotId));
      count++;
    }
    return count;
  });
  progress(`supplies: ${depots.length} depots, ${added} of them new`);
}

async function insertDepot(tx: Tx, depot: DepotRegistered): Promise<boolean> {
  const inserted = await tx.execute(
    `INSERT INTO depots (id, code, name_zh, name_en, region_code, tier, kind, organisation_id, latitude, longitude,
                         position_basis, remote, synthetic)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
    [
      depot.depotId,
      depot.code,
      depot.nameZh,
      depot.nameEn,
      depot.regionCode,
      depot.tier,
      depot.kind,
      depot.organisationId,
      depot.latitude,
      depot.longitude,
      depot.positionBasis,
      depot.remote,
      depot.synthetic,
    ],
  );
  return inserted === 1;
}

function depotOf(row: DepotSeed): DepotRegistered {
  return {
    depotId: row.id,
    code: row.code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    regionCode: row.region_code,
    organisationId: row.organisation_id,
    tier: row.tier,
    kind: row.kind,
    latitude: Number(row.latitude),
    longitude: Number(row.longitude),
    positionBasis: row.position_basis,
    remote: isYes(row.remote),
    synthetic: isYes(row.synthetic),
  };
}

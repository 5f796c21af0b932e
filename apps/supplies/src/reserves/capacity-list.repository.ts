import { Injectable } from '@nestjs/common';
import { newId, type Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';

/** A plant that can make an item for a region: the entry of the capacity list. */
export interface Plant {
  readonly enterpriseOrganisationId: string;
  readonly itemCode: string;
  readonly regionCode: string;
}

export interface CapacityChange extends Plant {
  readonly change: 'entered' | 'removed';
  readonly enterpriseName: string;
  /** null for a removal. */
  readonly ratePerDay: number | null;
  readonly effectiveOn: string;
  readonly reason: string;
  readonly source: string;
  readonly contractId: string | null;
  readonly recorder: Recorder;
}

export interface LatestCapacityChange {
  readonly change: 'entered' | 'removed';
  readonly enterpriseName: string;
  readonly effectiveOn: string;
}

/** Writes the capacity list (产能清单). Of one plant, changes come one after the other. */
@Injectable()
export class CapacityListRepository {
  /** Locks the entry of a plant, which may not exist yet, until the end of the transaction; after contracts. */
  async lock(tx: Tx, plant: Plant): Promise<void> {
    const key = `capacity ${plant.enterpriseOrganisationId.toLowerCase()} ${plant.itemCode} ${plant.regionCode}`;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  }

  async latest(tx: Tx, plant: Plant): Promise<LatestCapacityChange | undefined> {
    const [row] = await tx.query<LatestCapacityChange>(
      `SELECT change, enterprise_name AS "enterpriseName", effective_on::text AS "effectiveOn"
       FROM enterprise_capacity_changes
       WHERE enterprise_organisation_id = $1 AND item_code = $2 AND region_code = $3
       ORDER BY sequence DESC LIMIT 1`,
      [plant.enterpriseOrganisationId, plant.itemCode, plant.regionCode],
    );
    return row;
  }

  /** Whether a capacity contract of the plant is in force or only suspended. */
  async isContracted(tx: Tx, plant: Plant): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM reserve_contracts
       WHERE mode = 'capacity' AND state IN ('active', 'suspended') AND enterprise_organisation_id = $1
         AND item_code = $2 AND region_code = $3 LIMIT 1`,
      [plant.enterpriseOrganisationId, plant.itemCode, plant.regionCode],
    );
    return rows.length > 0;
  }

  async insert(tx: Tx, change: CapacityChange): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO enterprise_capacity_changes (id, change, enterprise_organisation_id, enterprise_name, item_code,
         region_code, rate_per_day, effective_on, reason, source, contract_id, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        id,
        change.change,
        change.enterpriseOrganisationId,
        change.enterpriseName,
        change.itemCode,
        change.regionCode,
        change.ratePerDay,
        change.effectiveOn,
        change.reason,
        change.source,
        change.contractId,
        change.recorder.name,
        change.recorder.userId,
      ],
    );
    return id;
  }
}

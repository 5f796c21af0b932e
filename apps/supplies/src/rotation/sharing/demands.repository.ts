import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../../stock/domain/calendar';
import type { Purpose } from './domain/match';

export interface NewDemand {
  readonly depotId: string;
  readonly itemCode: string;
  readonly purpose: Purpose;
  readonly quantityBase: number;
  readonly neededFrom: Day;
  readonly neededUntil: Day;
  readonly note: string | null;
}

export interface LockedDemand {
  readonly id: string;
  readonly depotId: string;
  readonly regionCode: string;
  readonly organisationId: string;
  readonly itemCode: string;
  readonly purpose: Purpose;
  readonly openBase: number;
  readonly neededFrom: Day;
  readonly neededUntil: Day;
  readonly state: 'open' | 'met' | 'withdrawn';
}

/** Writes declared demands. */
@Injectable()
export class DemandsRepository {
  async itemExists(tx: Tx, itemCode: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM items WHERE code = $1', [itemCode])).length > 0;
  }

  async insert(tx: Tx, demand: NewDemand, by: Caller): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO rotation_demands (id, depot_id, item_code, purpose, quantity_base, needed_from, needed_until, state, note,
         declared_by, declared_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10)`,
      [
        ...[id, demand.depotId, demand.itemCode, demand.purpose, demand.quantityBase, demand.neededFrom],
        ...[demand.neededUntil, demand.note, by.displayName, by.userId],
      ],
    );
    return id;
  }

  /** @throws DomainError SUPPLIES_ROTATION_DEMAND_NOT_FOUND */
  async lock(tx: Tx, id: string): Promise<LockedDemand> {
    const [row] = await tx.query<Omit<LockedDemand, 'openBase'> & { open: string }>(
      `SELECT demand.id, demand.depot_id AS "depotId", depot.region_code AS "regionCode",
              depot.organisation_id AS "organisationId", demand.item_code AS "itemCode", demand.purpose,
              demand.quantity_base - demand.taken_base AS open, demand.needed_from::text AS "neededFrom",
              demand.needed_until::text AS "neededUntil", demand.state
       FROM rotation_demands AS demand JOIN depots AS depot ON depot.id = demand.depot_id
       WHERE demand.id = $1 FOR UPDATE OF demand`,
      [id],
    );
    if (!row) throw new DomainError('SUPPLIES_ROTATION_DEMAND_NOT_FOUND');
    const { open, ...demand } = row;
    return { ...demand, openBase: safeInteger(open) };
  }

  /** Counts pieces that come, or with a negative number that do not come after all; the caller holds its lock. */
  async take(tx: Tx, id: string, quantityBase: number): Promise<void> {
    await tx.execute(
      `UPDATE rotation_demands SET taken_base = taken_base + $2,
              state = CASE WHEN state = 'withdrawn' THEN state
                           WHEN taken_base + $2 = quantity_base THEN 'met' ELSE 'open' END,
              ended_at = CASE WHEN state = 'withdrawn' THEN ended_at
                              WHEN taken_base + $2 = quantity_base THEN now() ELSE NULL END
       WHERE id = $1`,
      [id, quantityBase],
    );
  }

  async withdraw(tx: Tx, id: string): Promise<void> {
    await tx.execute(`UPDATE rotation_demands SET state = 'withdrawn', ended_at = now() WHERE id = $1`, [id]);
  }
}

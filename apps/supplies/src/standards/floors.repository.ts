import { Injectable } from '@nestjs/common';
import { DomainError, MAX_QUANTITY_BASE, ReserveStandardsSet, type Caller } from '@ledger/contracts';
import { Outbox, newId, safeInteger, type Cause, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { floorSchedule, type DatedFloor, type FloorAddition } from './domain/floor-schedule';
import type { FloorResponse, SetFloorsRequest } from './dto/floor.dto';

/** What one event may carry. */
const MAX_ANNOUNCED = 1000;

/** Floors of depots: what stands, what was ever set, and what others are told of it. */
@Injectable()
export class FloorsRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Lets one change of a depot's floors be made and announced after the other. Movements of goods do not wait for it,
   * as their foreign keys take weaker locks.
   */
  async lockDepot(tx: Tx, depotId: string): Promise<void> {
    await tx.query('SELECT 1 FROM depots WHERE id = $1 FOR NO KEY UPDATE', [depotId]);
  }

  async set(tx: Tx, caller: Caller, depotId: string, { floors, source, basis }: SetFloorsRequest): Promise<void> {
    const itemCodes = floors.map(({ itemCode }) => itemCode);
    const days = floors.map(({ validFrom }) => validFrom);
    const quantities = floors.map(({ floorBase }) => floorBase);
    await tx.execute(
      `INSERT INTO reserve_standards (depot_id, item_code, valid_from, floor_base, basis)
       SELECT $1, floor.item_code, floor.valid_from, floor.floor_base, $5
       FROM unnest($2::text[], $3::date[], $4::bigint[]) AS floor (item_code, valid_from, floor_base)
       ON CONFLICT (depot_id, item_code, valid_from)
         DO UPDATE SET floor_base = EXCLUDED.floor_base, basis = EXCLUDED.basis`,
      [depotId, itemCodes, days, quantities, basis],
    );
    await tx.execute(
      `INSERT INTO standard_floor_changes
         (id, depot_id, item_code, valid_from, floor_base, source, basis, set_by, set_by_id)
       SELECT floor.id, $1, floor.item_code, floor.valid_from, floor.floor_base, $6, $7, $8, $9
       FROM unnest($2::uuid[], $3::text[], $4::date[], $5::bigint[]) AS floor (id, item_code, valid_from, floor_base)`,
      [
        ...[depotId, floors.map(() => newId()), itemCodes, days, quantities],
        ...[source, basis, caller.displayName, caller.userId],
      ],
    );
  }

  /**
   * Tells how the floors of items in a depot run from a day on, standards for a time included.
   * @returns what was told; the first entry of an item is what holds on that day
   * @throws DomainError REQUEST_INVALID when floor and additions add up to more than can be counted
   */
  async announce(
    tx: Tx,
    depotId: string,
    change: { readonly itemCodes: readonly string[]; readonly today: Day },
    cause: Cause,
  ): Promise<FloorResponse[]> {
    const standing = await standingFloors(tx, depotId, change.itemCodes);
    const additions = await floorAdditions(tx, depotId, change.itemCodes);
    const floors = change.itemCodes.flatMap((itemCode) => {
      const of = <T extends { readonly itemCode: string }>(rows: readonly T[]): T[] =>
        rows.filter((row) => row.itemCode === itemCode);
      return fromDay(floorSchedule(of(standing), of(additions)), change.today).map((floor) => ({ itemCode, ...floor }));
    });
    if (floors.some(({ floorBase }) => floorBase > MAX_QUANTITY_BASE)) {
      const reason = `a floor adds up to more than ${MAX_QUANTITY_BASE}`;
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '', reason }] });
    }
    for (let start = 0; start < floors.length; start += MAX_ANNOUNCED) {
      const standards = floors.slice(start, start + MAX_ANNOUNCED);
      await this.outbox.add(tx, ReserveStandardsSet, { depotId, standards }, cause);
    }
    return floors;
  }
}

/** The entry that holds on the day, and all that come after it. */
function fromDay(schedule: readonly DatedFloor[], today: Day): DatedFloor[] {
  const begun = schedule.filter(({ validFrom }) => validFrom <= today).length;
  return schedule.slice(Math.max(0, begun - 1));
}

async function standingFloors(
  tx: Tx,
  depotId: string,
  itemCodes: readonly string[],
): Promise<(DatedFloor & { readonly itemCode: string })[]> {
  const rows = await tx.query<{ itemCode: string; validFrom: Day; floor: string; basis: string }>(
    `SELECT item_code AS "itemCode", valid_from::text AS "validFrom", floor_base AS floor, basis
     FROM reserve_standards WHERE depot_id = $1 AND item_code = ANY($2)`,
    [depotId, itemCodes],
  );
  return rows.map(({ floor, ...row }) => ({ ...row, floorBase: safeInteger(floor) }));
}

async function floorAdditions(
  tx: Tx,
  depotId: string,
  itemCodes: readonly string[],
): Promise<(FloorAddition & { readonly itemCode: string })[]> {
  const rows = await tx.query<Omit<FloorAddition, 'quantityBase'> & { itemCode: string; quantity: string }>(
    `SELECT line.item_code AS "itemCode", standard.valid_from::text AS "validFrom",
            standard.valid_to::text AS "validTo", coalesce(ended.last_day, standard.valid_to)::text AS "lastDay",
            line.quantity_base AS quantity
     FROM temporary_standards AS standard JOIN temporary_standard_items AS line ON line.standard_id = standard.id
     LEFT JOIN temporary_standard_ends AS ended ON ended.standard_id = standard.id
     WHERE standard.depot_id = $1 AND line.item_code = ANY($2)`,
    [depotId, itemCodes],
  );
  return rows.map(({ quantity, ...row }) => ({ ...row, quantityBase: safeInteger(quantity) }));
}

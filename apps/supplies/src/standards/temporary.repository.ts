import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import type { PlanTemporaryStandardRequest } from './dto/temporary.dto';
import type { Reader } from './gap-facts.queries';

/** A standard for a time with its items, as it stands. */
export interface TemporaryStandard {
  readonly id: string;
  readonly name: string;
  readonly regionCode: string;
  readonly depotId: string | null;
  readonly organisationId: string | null;
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly lastDay: Day;
  readonly fillUpBy: Day;
  readonly drawDownBy: Day;
  readonly items: readonly { readonly itemCode: string; readonly quantityBase: number }[];
}

/** Standards for a time: appended, with the end of one as a row of its own. */
@Injectable()
export class TemporaryRepository {
  async add(tx: Tx, caller: Caller, request: PlanTemporaryStandardRequest, regionCode: string): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO temporary_standards (id, kind, name, region_code, depot_id, valid_from, valid_to, fill_up_by,
                                        draw_down_by, source, basis, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[id, request.kind, request.name, regionCode, request.depotId ?? null, request.validFrom, request.validTo],
        ...[request.fillUpBy, request.drawDownBy, request.source, request.basis, caller.displayName, caller.userId],
      ],
    );
    await tx.execute(
      `INSERT INTO temporary_standard_items (standard_id, item_code, quantity_base)
       SELECT $1, * FROM unnest($2::text[], $3::bigint[])`,
      [...[id, request.items.map(({ itemCode }) => itemCode)], request.items.map(({ quantityBase }) => quantityBase)],
    );
    return id;
  }

  /** @returns false when it was ended before */
  async end(tx: Tx, caller: Caller, standardId: string, end: { lastDay: Day; reason: string }): Promise<boolean> {
    const added = await tx.execute(
      `INSERT INTO temporary_standard_ends (id, standard_id, last_day, reason, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (standard_id) DO NOTHING`,
      [newId(), standardId, end.lastDay, end.reason, caller.displayName, caller.userId],
    );
    return added === 1;
  }

  async find(reader: Reader, id: string): Promise<TemporaryStandard | undefined> {
    const [row] = await reader.query<Omit<TemporaryStandard, 'items'>>(
      `SELECT standard.id, standard.name, standard.region_code AS "regionCode", standard.depot_id AS "depotId",
              depot.organisation_id AS "organisationId", standard.valid_from::text AS "validFrom",
              standard.valid_to::text AS "validTo",
              coalesce(ended.last_day, standard.valid_to)::text AS "lastDay",
              standard.fill_up_by::text AS "fillUpBy", standard.draw_down_by::text AS "drawDownBy"
       FROM temporary_standards AS standard
       LEFT JOIN depots AS depot ON depot.id = standard.depot_id
       LEFT JOIN temporary_standard_ends AS ended ON ended.standard_id = standard.id
       WHERE standard.id = $1`,
      [id],
    );
    if (!row) return undefined;
    const items = await reader.query<{ itemCode: string; quantity: string }>(
      `SELECT item_code AS "itemCode", quantity_base AS quantity FROM temporary_standard_items
       WHERE standard_id = $1 ORDER BY item_code`,
      [row.id],
    );
    return {
      ...row,
      items: items.map(({ itemCode, quantity }) => ({ itemCode, quantityBase: safeInteger(quantity) })),
    };
  }
}

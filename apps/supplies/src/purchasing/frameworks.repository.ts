import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';
import type { Day } from '../stock/domain/calendar';
import type { Recorder } from '../stock/domain/recorder';
import { CALLING_STATES } from './domain/order-state';
import type { FrameworkTerms } from './domain/framework-terms';
import type { ConcludeFrameworkRequest } from './dto/framework.dto';

/** What orders take from an agreement: all of it while they run, what came once they are closed. */
export const CALLED_BASE = `
  (SELECT coalesce(sum(CASE WHEN orders.state = 'closed' THEN least(line.received_base, line.ordered_base)
                            ELSE line.ordered_base END), 0)
   FROM purchase_orders AS orders JOIN purchase_order_lines AS line ON line.order_id = orders.id
   WHERE orders.framework_id = item.framework_id AND line.item_code = item.item_code
     AND orders.state IN (${CALLING_STATES.map((state) => `'${state}'`).join(', ')}))`;

const SELECT = `
  SELECT framework.id AS "frameworkId", framework.document_number AS "documentNumber",
         framework.supplier_id AS "supplierId", supplier.name AS "supplierName", supplier.state AS "supplierState",
         supplier.licence_valid_until::text AS "licenceValidUntil", framework.valid_from::text AS "validFrom",
         framework.valid_until::text AS "validUntil", framework.ended_on::text AS "endedOn",
         framework.tolerance_permille AS "tolerancePermille",
         (SELECT array_agg(region.region_code ORDER BY region.region_code) FROM framework_regions AS region
          WHERE region.framework_id = framework.id) AS "regionCodes",
         (SELECT json_agg(json_build_object(
            'itemCode', item.item_code, 'packBase', item.pack_base, 'unitPriceFen', item.unit_price_fen,
            'minimumBase', item.minimum_base, 'maximumBase', item.maximum_base, 'leadTimeDays', item.lead_time_days,
            'calledBase', ${CALLED_BASE}) ORDER BY item.item_code)
          FROM framework_items AS item WHERE item.framework_id = framework.id) AS items
  FROM framework_agreements AS framework JOIN suppliers AS supplier ON supplier.id = framework.supplier_id`;

/** Writes framework agreements. They are locked after purchase orders and before balances. */
@Injectable()
export class FrameworksRepository {
  /** @returns undefined when the region has a document of this number */
  async insert(
    tx: Tx,
    framework: ConcludeFrameworkRequest & { readonly place: Place; readonly concludedBy: Recorder },
  ): Promise<string | undefined> {
    const id = newId();
    const inserted = await tx.execute(
      `INSERT INTO framework_agreements (id, document_number, supplier_id, region_code, organisation_id, valid_from,
                                         valid_until, tolerance_permille, concluded_by, concluded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (region_code, document_number) DO NOTHING`,
      [
        ...[id, framework.documentNumber, framework.supplierId, framework.place.regionCode],
        ...[framework.place.organisationId, framework.validFrom, framework.validUntil, framework.tolerancePermille],
        ...[framework.concludedBy.name, framework.concludedBy.userId],
      ],
    );
    if (inserted === 0) return undefined;
    await insertItems(tx, id, framework.items);
    await tx.execute('INSERT INTO framework_regions (framework_id, region_code) SELECT $1, unnest($2::text[])', [
      id,
      [...new Set(framework.regionCodes)],
    ]);
    return id;
  }

  /** The terms of an agreement without a lock; how much is called may change until an order is submitted. */
  async find(tx: Tx, id: string): Promise<FrameworkTerms | undefined> {
    return (await tx.query<FrameworkTerms>(`${SELECT} WHERE framework.id = $1`, [id]))[0];
  }

  /** The terms under a lock, so that two orders can never both take the last of a maximum. */
  async lock(tx: Tx, id: string): Promise<FrameworkTerms | undefined> {
    await tx.query('SELECT 1 FROM framework_agreements WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /**
   * An agreement that the caller may end, locked.
   * @throws DomainError in this order: SUPPLIES_FRAMEWORK_NOT_FOUND, SUPPLIES_FRAMEWORK_ENDED
   */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<void> {
    const [row] = await tx.query<Place & { endedOn: Day | null }>(
      `SELECT region_code AS "regionCode", organisation_id AS "organisationId", ended_on::text AS "endedOn"
       FROM framework_agreements WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row || !mayActAt(caller, row)) throw new DomainError('SUPPLIES_FRAMEWORK_NOT_FOUND');
    if (row.endedOn !== null) throw new DomainError('SUPPLIES_FRAMEWORK_ENDED');
  }

  async end(tx: Tx, id: string, endedOn: Day, reason: string): Promise<void> {
    await tx.execute('UPDATE framework_agreements SET ended_on = $2, end_reason = $3 WHERE id = $1', [
      id,
      endedOn,
      reason,
    ]);
  }

  /** Agreements in force on a day that sell one of the items and serve the region. */
  async inForce(tx: Tx, itemCodes: readonly string[], today: Day): Promise<FrameworkTerms[]> {
    return tx.query<FrameworkTerms>(
      `${SELECT}
       WHERE framework.valid_from <= $2::date AND framework.valid_until >= $2::date AND framework.ended_on IS NULL
         AND EXISTS (SELECT 1 FROM framework_items AS item
                     WHERE item.framework_id = framework.id AND item.item_code = ANY($1))
       ORDER BY framework.document_number, framework.id`,
      [itemCodes, today],
    );
  }

  /** @returns the codes among these that the catalogue has */
  async knownItems(tx: Tx, itemCodes: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ code: string }>('SELECT code FROM items WHERE code = ANY($1)', [itemCodes]);
    return new Set(rows.map(({ code }) => code));
  }
}

/** Whether an agreement serves the depots of a region. */
export const serves = (framework: Pick<FrameworkTerms, 'regionCodes'>, regionCode: string): boolean =>
  framework.regionCodes.some((served) => regionCovers(served, regionCode));

async function insertItems(tx: Tx, frameworkId: string, items: ConcludeFrameworkRequest['items']): Promise<void> {
  await tx.execute(
    `INSERT INTO framework_items (framework_id, item_code, pack_base, unit_price_fen, minimum_base, maximum_base,
                                  lead_time_days)
     SELECT $1, item.* FROM unnest($2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::integer[])
       AS item`,
    [
      frameworkId,
      items.map(({ itemCode }) => itemCode),
      items.map(({ packBase }) => packBase),
      items.map(({ unitPriceFen }) => unitPriceFen),
      items.map(({ minimumBase }) => minimumBase),
      items.map(({ maximumBase }) => maximumBase ?? null),
      items.map(({ leadTimeDays }) => leadTimeDays),
    ],
  );
}

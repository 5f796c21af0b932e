import { Injectable } from '@nestjs/common';
import { DomainError, lineageOf, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { FrameworkResponse, FrameworksQuery, FrameworksResponse } from './dto/framework.dto';
import { CALLED_BASE } from './frameworks.repository';

/** A region sees the agreements it concluded, those below it, and those that serve it. */
const IN_REACH = `
  (framework.region_code LIKE $1 OR EXISTS (
    SELECT 1 FROM framework_regions AS served WHERE served.framework_id = framework.id
      AND (served.region_code LIKE $1 OR served.region_code = ANY($2))))`;

const COLUMNS = `
  framework.id AS "frameworkId", framework.document_number AS "documentNumber",
  framework.supplier_id AS "supplierId", supplier.name AS "supplierName", framework.region_code AS "regionCode",
  framework.valid_from::text AS "validFrom", framework.valid_until::text AS "validUntil",
  (SELECT array_agg(region.region_code ORDER BY region.region_code) FROM framework_regions AS region
   WHERE region.framework_id = framework.id) AS "regionCodes",
  framework.tolerance_permille AS "tolerancePermille", framework.ended_on::text AS "endedOn",
  framework.end_reason AS "endReason",
  (SELECT json_agg(json_build_object(
     'itemCode', item.item_code, 'packBase', item.pack_base, 'unitPriceFen', item.unit_price_fen,
     'minimumBase', item.minimum_base, 'maximumBase', item.maximum_base, 'leadTimeDays', item.lead_time_days,
     'calledBase', ${CALLED_BASE}) ORDER BY item.item_code)
   FROM framework_items AS item WHERE item.framework_id = framework.id) AS items`;

/** Reads of framework agreements. */
@Injectable()
export class FrameworksQueries {
  constructor(private readonly database: Database) {}

  async frameworks(caller: Caller, query: FrameworksQuery): Promise<FrameworksResponse> {
    const rows = await this.database.query<FrameworkResponse & { total: string }>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total
       FROM framework_agreements AS framework JOIN suppliers AS supplier ON supplier.id = framework.supplier_id
       WHERE ${IN_REACH} AND ($3::uuid IS NULL OR framework.supplier_id = $3)
         AND ($4::text IS NULL OR EXISTS (SELECT 1 FROM framework_items AS item
                                          WHERE item.framework_id = framework.id AND item.item_code = $4))
       ORDER BY framework.valid_until DESC, framework.document_number, framework.id LIMIT $5 OFFSET $6`,
      [...reachOf(caller), query.supplierId ?? null, query.item ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, ...framework }) => framework);
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_FRAMEWORK_NOT_FOUND */
  async framework(caller: Caller, id: string): Promise<FrameworkResponse> {
    const [framework] = await this.database.query<FrameworkResponse>(
      `SELECT ${COLUMNS} FROM framework_agreements AS framework
       JOIN suppliers AS supplier ON supplier.id = framework.supplier_id WHERE ${IN_REACH} AND framework.id = $3`,
      [...reachOf(caller), id],
    );
    if (!framework) throw new DomainError('SUPPLIES_FRAMEWORK_NOT_FOUND');
    return framework;
  }
}

const reachOf = (caller: Caller) => [regionPattern(caller.regionCode), lineageOf(caller.regionCode)];

import { Injectable } from '@nestjs/common';
import { DomainError, lineageOf, mayDo, regionCovers, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { leadTimeRecord, type SupplierDelivery } from './domain/lead-time';
import { maskName, maskPhone } from './domain/mask-contact';
import type { LeadTimeResponse, SupplierResponse, SuppliersQuery, SuppliersResponse } from './dto/supplier.dto';
import { DELIVERIES } from './suppliers.repository';

const COLUMNS = `
  id AS "supplierId", name, credit_code AS "creditCode", licence_number AS "licenceNumber",
  licence_valid_until::text AS "licenceValidUntil", region_code AS "regionCode", contact_name AS "contactName",
  contact_phone AS "contactPhone", state, state_reason AS "stateReason"`;

/** A region sees its own register and those of the regions below and above it. */
const IN_REACH = '(region_code LIKE $1 OR region_code = ANY($2))';

/** Reads of the register of suppliers. */
@Injectable()
export class SuppliersQueries {
  constructor(private readonly database: Database) {}

  async suppliers(caller: Caller, query: SuppliersQuery): Promise<SuppliersResponse> {
    const rows = await this.database.query<SupplierResponse & { total: string }>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total FROM suppliers
       WHERE ${IN_REACH} AND ($3::text IS NULL OR position(lower($3) in lower(name || ' ' || credit_code)) > 0)
         AND ($4::text IS NULL OR state = $4)
       ORDER BY region_code, name, id LIMIT $5 OFFSET $6`,
      [...reachOf(caller), query.search ?? null, query.state ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, ...supplier }) => shownTo(caller, supplier));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_SUPPLIER_NOT_FOUND */
  async supplier(caller: Caller, id: string): Promise<SupplierResponse> {
    const [supplier] = await this.database.query<SupplierResponse>(
      `SELECT ${COLUMNS} FROM suppliers WHERE ${IN_REACH} AND id = $3`,
      [...reachOf(caller), id],
    );
    if (!supplier) throw new DomainError('SUPPLIES_SUPPLIER_NOT_FOUND');
    return shownTo(caller, supplier);
  }

  /**
   * What was promised against what was taken, over all orders of the supplier.
   * @throws DomainError SUPPLIES_SUPPLIER_NOT_FOUND
   */
  async leadTimes(caller: Caller, id: string): Promise<LeadTimeResponse> {
    const { supplierId } = await this.supplier(caller, id);
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const deliveries = await this.database.query<SupplierDelivery>(DELIVERIES, [[supplierId]]);
    return { supplierId, ...leadTimeRecord(deliveries, chinaDay(now)) };
  }
}

const reachOf = (caller: Caller) => [regionPattern(caller.regionCode), lineageOf(caller.regionCode)];

/** Whoever buys for the region of the register needs to ring the supplier; nobody else does. */
function shownTo(caller: Caller, supplier: SupplierResponse): SupplierResponse {
  if (mayDo(caller.roles, 'purchase.approve') && regionCovers(caller.regionCode, supplier.regionCode)) return supplier;
  const { contactName, contactPhone } = supplier;
  return { ...supplier, contactName: maskName(contactName), contactPhone: maskPhone(contactPhone) };
}

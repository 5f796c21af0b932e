import { Injectable } from '@nestjs/common';
import { DomainError, codeLengthBelow, codeLengthOf, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { StockQuery, StockResponse, StockRowResponse } from './dto/stock.dto';
import { stockByLot, stockAsOf, stockByTotals, type StockStatement } from './stock.statements';

type StockRow = Pick<StockRowResponse, 'itemCode' | 'nameZh' | 'nameEn' | 'unit'> & {
  readonly depotId?: string;
  readonly depotCode?: string;
  readonly regionCode?: string;
  readonly lotId?: string;
  readonly batchNumber?: string;
  readonly expiryDate?: string | null;
  readonly available: string;
  readonly reserved: string;
  readonly quarantine: string;
  readonly total: string;
};

/** What is in the stores, rolled up over a region. */
@Injectable()
export class StockQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError REQUEST_INVALID for an `asOf` in the future */
  async stock(caller: Caller, query: StockQuery): Promise<StockResponse> {
    const region = query.region ?? caller.regionCode;
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const asOf = query.asOf === undefined ? now : new Date(query.asOf);
    if (asOf > now) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/asOf', reason: 'lies in the future' }] });
    }
    const filters = [regionPattern(region), query.item ?? null, query.depotId ?? null, query.limit, query.offset];
    const codeLength = query.tier ? codeLengthOf(query.tier) : codeLengthBelow(region);
    const parameters = query.asOf === undefined ? filters : [...filters, asOf.toISOString()];
    const rows = await this.database.query<StockRow>(statementFor(query)(query.by ?? 'item', codeLength), parameters);
    const total = rows[0] ? safeInteger(rows[0].total) : 0;
    return { asOf: asOf.toISOString(), region, items: rows.map(rowOf), total };
  }
}

function statementFor(query: StockQuery): StockStatement {
  if (query.asOf !== undefined) return stockAsOf;
  return query.by === 'lot' ? stockByLot : stockByTotals;
}

function rowOf(row: StockRow): StockRowResponse {
  return {
    itemCode: row.itemCode,
    nameZh: row.nameZh,
    nameEn: row.nameEn,
    unit: row.unit,
    depotId: row.depotId ?? null,
    depotCode: row.depotCode ?? null,
    regionCode: row.regionCode ?? null,
    lotId: row.lotId ?? null,
    batchNumber: row.batchNumber ?? null,
    expiryDate: row.expiryDate ?? null,
    availableBase: safeInteger(row.available),
    reservedBase: safeInteger(row.reserved),
    quarantineBase: safeInteger(row.quarantine),
  };
}

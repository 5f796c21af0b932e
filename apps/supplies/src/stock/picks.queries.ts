import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { chinaDay, laterDay, type Day } from './domain/calendar';
import { draw, totalBase } from './domain/draw';
import type { PickResponse, PicksQuery, PicksResponse } from './dto/stock.dto';

/** Lots read at a time: few, because the first ones mostly suffice. */
const STEP = 40;
const MAX_LOTS = 400;

interface FreeRow extends Omit<PickResponse, 'quantityBase'> {
  readonly quantity_base: string;
}

/** Which goods to take first. */
@Injectable()
export class PicksQueries {
  constructor(private readonly database: Database) {}

  /** First expired, first out, over the depots asked about; reads no more lots than it takes, step by step. */
  async picks(caller: Caller, query: PicksQuery): Promise<PicksResponse> {
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const today = chinaDay(now);
    const until = laterDay(query.usableUntil ?? today, today);
    const free: PickResponse[] = [];
    let isCut = false;
    for (let isMore = true; isMore && totalBase(free) < query.quantityBase;) {
      isCut = free.length >= MAX_LOTS;
      if (isCut) break;
      const lots = await this.freeLots(caller, query, until, free.length);
      free.push(...lots);
      isMore = lots.length === STEP;
    }
    const { taken, shortBase } = draw(free, query.quantityBase);
    const { item, quantityBase: askedBase } = query;
    return { item, askedBase, foundBase: askedBase - shortBase, picks: taken, isCut };
  }

  private async freeLots(caller: Caller, query: PicksQuery, until: Day, offset: number): Promise<PickResponse[]> {
    const rows = await this.database.query<FreeRow>(
      `SELECT lot.id AS "lotId", lot.batch_number AS "batchNumber", lot.expiry_date::text AS "expiryDate",
              depot.id AS "depotId", depot.code AS "depotCode", balance.quantity_base
       FROM balances AS balance
       JOIN lots AS lot ON lot.id = balance.lot_id AND lot.quality = 'good'
       JOIN depots AS depot ON depot.id = balance.depot_id
       WHERE balance.item_code = $1 AND balance.in_stock AND right(balance.account, 10) = ':available'
         AND (balance.expiry_date >= $2::date OR balance.expiry_date IS NULL)
         AND depot.region_code LIKE $3 AND ($4::uuid IS NULL OR depot.id = $4)
       ORDER BY balance.expiry_date, balance.lot_id, balance.depot_id LIMIT ${STEP} OFFSET $5`,
      [query.item, until, regionPattern(query.region ?? caller.regionCode), query.depotId ?? null, offset],
    );
    return rows.map(({ quantity_base, ...row }) => ({ ...row, quantityBase: safeInteger(quantity_base) }));
  }
}

import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type RegionTier } from '@ledger/contracts';
import { Database } from '@ledger/platform';
import { regionPattern } from '../scope';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { totalOf } from './configuration.queries';
import { daysBetween } from './domain/months';
import { STANDINGS } from './domain/standing';
import type { AlertsQuery, RotationAlertResponse, RotationAlertsResponse, RotationPlaceQuery } from './dto/alert.dto';
import { LOT_COLUMNS, lotInDepot, lotsInDepots, type LotInDepotRow } from './lots-in-depots';

type AlertRow = LotInDepotRow & {
  readonly depot_code: string;
  readonly region_code: string;
  readonly tier: RegionTier;
  readonly name_zh: string;
  readonly name_en: string;
  readonly unit: string;
  readonly order_id: string | null;
  readonly total: string;
};

/** The places of `lotsInDepots` for `placeParameters`, which start at $2. */
export const PLACE_FILTER = `
  depot.region_code LIKE $2 AND ($3::uuid IS NULL OR depot.id = $3) AND ($4::text IS NULL OR depot.tier = $4)
  AND ($5::text IS NULL OR total.item_code = $5)`;

export const placeParameters = (caller: Caller, query: RotationPlaceQuery): unknown[] => [
  regionPattern(query.region ?? caller.regionCode),
  query.depotId ?? null,
  query.tier ?? null,
  query.item ?? null,
];

const FURTHEST_DAYS = 1_830;

/** The day in China by the database's clock, at the moment of asking. */
export async function todayOf(database: Database): Promise<Day> {
  const [{ now }] = await database.query<{ now: Date }>('SELECT now() AS now');
  return chinaDay(now);
}

/** Which goods near the end of their life: a function of ledger, configuration and clock, and of nothing stored. */
@Injectable()
export class RotationAlertsQueries {
  constructor(private readonly database: Database) {}

  /**
   * The most urgent first.
   * @throws DomainError REQUEST_INVALID for a day that has passed or lies more than five years ahead
   */
  async alerts(caller: Caller, query: AlertsQuery): Promise<RotationAlertsResponse> {
    const today = await todayOf(this.database);
    const day = query.day ?? today;
    assertWithinReach(day, today);
    const rows = await this.database.query<AlertRow>(
      `SELECT ${LOT_COLUMNS}, depot.code AS depot_code, depot.region_code, depot.tier, item.name_zh, item.name_en,
              item.unit, orders.id AS order_id, count(*) OVER () AS total
       FROM ${lotsInDepots({ places: PLACE_FILTER, reached: 'notice' })} AS lot
       JOIN depots AS depot ON depot.id = lot.depot_id
       JOIN items AS item ON item.code = lot.item_code
       LEFT JOIN rotation_orders AS orders ON orders.depot_id = lot.depot_id AND orders.lot_id = lot.lot_id
         AND orders.state <> 'closed' AND orders.state <> 'cancelled'
       WHERE lot.standing = ANY($6)
       ORDER BY lot.life_end, depot.region_code, depot.code, lot.lot_id LIMIT $7 OFFSET $8`,
      [
        ...[day, ...placeParameters(caller, query)],
        ...[STANDINGS.slice(STANDINGS.indexOf(query.atLeast ?? 'notice')), query.limit, query.offset],
      ],
    );
    return { day, items: rows.map((row) => alertOf(row, day)), total: totalOf(rows) };
  }
}

function assertWithinReach(day: Day, today: Day): void {
  const ahead = daysBetween(today, day);
  if (ahead >= 0 && ahead <= FURTHEST_DAYS) return;
  const reason = ahead < 0 ? 'has passed already' : 'is more than five years away';
  throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: 'day', reason }] });
}

function alertOf(row: AlertRow, day: Day): RotationAlertResponse {
  const lot = lotInDepot(row, day);
  return {
    depotId: lot.depotId,
    depotCode: row.depot_code,
    regionCode: row.region_code,
    tier: row.tier,
    lotId: lot.lotId,
    itemCode: lot.itemCode,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    unit: row.unit,
    batchNumber: lot.batchNumber,
    availableBase: lot.availableBase,
    reservedBase: lot.reservedBase,
    quarantineBase: lot.quarantineBase,
    expiryDate: lot.expiryDate,
    lifeEnd: lot.life.end,
    daysLeft: daysBetween(day, lot.life.end),
    standing: lot.standing,
    noticeOn: lot.window?.noticeOn ?? null,
    actOn: lot.window?.actOn ?? null,
    lateOn: lot.window?.lateOn ?? null,
    thresholdId: lot.thresholdId,
    thresholdBasis: row.basis,
    orderId: row.order_id,
  };
}

import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../../scope';
import type { Day } from '../../stock/domain/calendar';
import { todayOf } from '../alerts.queries';
import { priceOn } from '../forecast.queries';
import { LOT_COLUMNS, lotInDepot, lotsInDepots, type LotInDepotRow } from '../lots-in-depots';
import { matchSharing, type Demand, type DyingLot, type Purpose } from './domain/match';
import type { MatchResponse, MatchesQuery, MatchesResponse } from './dto/sharing.dto';
import { SPARE, acceptedOf } from './spare';

/** What one answer looks at. */
const MAX_LOTS = 300;
const MAX_DEMANDS = 300;

interface Positioned {
  readonly depot_code: string;
  readonly region_code: string;
  readonly latitude: number;
  readonly longitude: number;
}

type LotRow = LotInDepotRow &
  Positioned & {
    readonly offer_id: string | null;
    readonly free: string;
    readonly offer_left: string | null;
    readonly spare: string;
    readonly price: string | null;
  };

type DemandRow = Positioned & {
  readonly id: string;
  readonly depot_id: string;
  readonly item_code: string;
  readonly purpose: Purpose;
  readonly open: string;
  readonly from_day: Day;
  readonly until_day: Day;
};

type GivenLot = DyingLot & { readonly lotId: string; readonly offerId: string | null };

const GIVING = 'depot.region_code LIKE $2 AND ($3::text IS NULL OR total.item_code = $3)';

/** Lots at notice or worse that may still be used, with what their depot can spare. `offered` narrows them. */
const lotsToGive = (offered: string): string => `
  SELECT ${LOT_COLUMNS}, depot.code AS depot_code, depot.region_code, depot.latitude, depot.longitude,
         offer.id AS offer_id, price.price_fen AS price, ${SPARE} AS spare,
         lot.available_base - ${acceptedOf('lot.depot_id', 'lot.lot_id')} AS free,
         offer.quantity_base - offer.taken_base AS offer_left
  FROM ${lotsInDepots({ places: GIVING, reached: 'notice' })} AS lot
  JOIN depots AS depot ON depot.id = lot.depot_id
  CROSS JOIN LATERAL (VALUES (lot.depot_id, lot.item_code)) AS place (depot_id, item_code)
  LEFT JOIN rotation_offers AS offer ON offer.depot_id = lot.depot_id AND offer.lot_id = lot.lot_id
    AND offer.ended_at IS NULL AND offer.offered_until >= $1::date
  LEFT JOIN LATERAL (${priceOn('$1::date')}) AS price ON true
  WHERE lot.standing IN ('notice', 'due', 'overdue') AND lot.quality = 'good' AND lot.available_base > 0
    AND lot.life_end > $1::date AND NOT lot.purpose_bound AND ${offered}
  ORDER BY lot.life_end, lot.depot_id, lot.lot_id LIMIT ${MAX_LOTS + 1}`;

const DEMANDS = `
  SELECT demand.id, demand.depot_id, demand.item_code, demand.purpose, demand.quantity_base - demand.taken_base AS open,
         greatest(demand.needed_from, $1::date)::text AS from_day, demand.needed_until::text AS until_day,
         depot.code AS depot_code, depot.region_code, depot.latitude, depot.longitude
  FROM rotation_demands AS demand JOIN depots AS depot ON depot.id = demand.depot_id
  WHERE demand.ended_at IS NULL AND demand.needed_until >= $1::date AND depot.state = 'open'
    AND demand.item_code = ANY($2) AND depot.region_code LIKE $3
  ORDER BY demand.needed_from, demand.id LIMIT ${MAX_DEMANDS + 1}`;

/** Which goods that die in one place could be used in another. Proposals only: people agree on them by offers. */
@Injectable()
export class MatchesQueries {
  constructor(private readonly database: Database) {}

  async matches(caller: Caller, query: MatchesQuery): Promise<MatchesResponse> {
    const day = await todayOf(this.database);
    const own = regionPattern(query.region ?? caller.regionCode);
    const isGiving = (query.side ?? 'give') === 'give';
    const lots = await this.lots(day, { region: isGiving ? own : '%', item: query.item, offeredOnly: !isGiving });
    const demands = await this.demands(day, lots, isGiving ? '%' : own);
    const complete = lots.length <= MAX_LOTS && demands.length <= MAX_DEMANDS;
    const [looked, wanted] = [lots.slice(0, MAX_LOTS), demands.slice(0, MAX_DEMANDS)];
    const lotByKey = new Map(looked.map((lot) => [lot.id, lot]));
    const demandById = new Map(wanted.map((demand) => [demand.id, demand]));
    const items = matchSharing(looked, wanted, day).map(({ lotKey, ...proposal }) =>
      matchOf(lotByKey.get(lotKey) as GivenLot, demandById.get(proposal.demandId) as Demand, proposal),
    );
    const savedBase = items.reduce((sum, { quantityBase }) => sum + quantityBase, 0);
    return { day, items, savedBase, savedFen: items.reduce((sum, item) => sum + (item.savedFen ?? 0), 0), complete };
  }

  private async lots(
    day: Day,
    wanted: { readonly region: string; readonly item: string | undefined; readonly offeredOnly: boolean },
  ): Promise<GivenLot[]> {
    const offered = wanted.offeredOnly ? 'offer.id IS NOT NULL' : 'true';
    const rows = await this.database.query<LotRow>(lotsToGive(offered), [day, wanted.region, wanted.item ?? null]);
    return rows.map((row) => givenLot(row, day, wanted.offeredOnly));
  }

  private async demands(day: Day, lots: readonly GivenLot[], region: string): Promise<Demand[]> {
    const items = [...new Set(lots.map(({ itemCode }) => itemCode))];
    const rows = await this.database.query<DemandRow>(DEMANDS, [day, items, region]);
    return rows.map((row) => ({
      ...{ id: row.id, depotId: row.depot_id, depotCode: row.depot_code, at: stopOf(row), itemCode: row.item_code },
      ...{ purpose: row.purpose, quantityBase: safeInteger(row.open), from: row.from_day, until: row.until_day },
    }));
  }
}

const stopOf = ({ region_code, latitude, longitude }: Positioned) => ({ regionCode: region_code, latitude, longitude });

function givenLot(row: LotRow, day: Day, offeredOnly: boolean): GivenLot {
  const lot = lotInDepot(row, day);
  const free = Math.max(0, safeInteger(row.free));
  return {
    ...{ id: `${lot.depotId} ${lot.lotId}`, lotId: lot.lotId, depotId: lot.depotId, depotCode: row.depot_code },
    ...{ at: stopOf(row), itemCode: lot.itemCode, batchNumber: lot.batchNumber, lifeEnd: lot.life.end },
    ...{ offerId: row.offer_id, spareBase: safeInteger(row.spare) },
    quantityBase: offeredOnly ? Math.min(free, safeInteger(row.offer_left ?? 0)) : free,
    priceFen: row.price === null ? null : safeInteger(row.price),
  };
}

function matchOf(
  lot: GivenLot,
  demand: Demand,
  proposal: Pick<MatchResponse, 'quantityBase' | 'arrivesOn' | 'lifeLeftDays' | 'savedFen' | 'sentence'>,
): MatchResponse {
  const { quantityBase, arrivesOn, lifeLeftDays, savedFen, sentence } = proposal;
  return {
    ...{ fromDepotId: lot.depotId, fromDepotCode: lot.depotCode, lotId: lot.lotId, batchNumber: lot.batchNumber },
    ...{ itemCode: lot.itemCode, offerId: lot.offerId, demandId: demand.id, toDepotId: demand.depotId },
    ...{ toDepotCode: demand.depotCode, purpose: demand.purpose },
    ...{ quantityBase, arrivesOn, lifeLeftDays, savedFen, sentence },
  };
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, dayInChina, regionCovers, tiersApart, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { CallableSources, type CallablePlace, type NamedSource } from '../reserves/callable-sources';
import { regionPattern } from '../scope';
import type {
  CostResponse,
  DrawResponse,
  JointReserveDetailResponse,
  JointReserveResponse,
  JointReservesQuery,
  JointReservesResponse,
} from './dto/joint-reserve.dto';
import { jointStocks, type JointOwner } from './joint-stock';

/** Of the depot's region, or of an owner's. $1 pattern and $2 region of the caller. */
const SELECT = `
  SELECT reserve.id AS "reserveId", reserve.number, reserve.document_number AS "documentNumber",
         reserve.depot_id AS "depotId", depot.code AS "depotCode", reserve.item_code AS "itemCode",
         reserve.share_basis AS "shareBasis", reserve.valid_from::text AS "validFrom",
         reserve.valid_to::text AS "validTo", count(*) OVER () AS total
  FROM joint_reserves AS reserve JOIN depots AS depot ON depot.id = reserve.depot_id
  WHERE EXISTS (
    SELECT 1 FROM (SELECT region_code FROM joint_reserve_owners WHERE reserve_id = reserve.id
                   UNION ALL SELECT depot.region_code) AS side
    WHERE side.region_code LIKE $1 OR starts_with($2, side.region_code))`;

const DRAWS = `
  SELECT id AS "drawId", owner_id AS "ownerId", state, quantity_base::float8 AS "quantityBase", reason,
         requested_by AS "requestedBy", decided_by AS "decidedBy"
  FROM joint_reserve_draws WHERE reserve_id = $1 ORDER BY requested_at DESC, id LIMIT 200`;

const COSTS = `
  SELECT cost.id AS "costId", cost.kind, cost.amount_fen::float8 AS "amountFen", cost.period_from::text AS "periodFrom",
         cost.period_to::text AS "periodTo", cost.document_number AS "documentNumber",
         json_agg(json_build_object('ownerId', owner.id, 'name', owner.name, 'amountFen', share.amount_fen)
                  ORDER BY owner.position) AS shares
  FROM joint_reserve_costs AS cost JOIN joint_reserve_cost_shares AS share ON share.cost_id = cost.id
  JOIN joint_reserve_owners AS owner ON owner.id = share.owner_id
  WHERE cost.reserve_id = $1 GROUP BY cost.id ORDER BY cost.period_from DESC, cost.id LIMIT 200`;

type Row = JointReserveResponse & { readonly total: string };

/** Reads of joint reserves, for every owner alike; and what of them the callable curve counts. */
@Injectable()
export class JointReservesQueries implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly sources: CallableSources,
  ) {}

  onModuleInit(): void {
    this.sources.add((place) => this.drawable(place));
  }

  async reserves(caller: Caller, query: JointReservesQuery): Promise<JointReservesResponse> {
    const rows = await this.database.query<Row>(
      `${SELECT} AND ($3::text IS NULL OR reserve.item_code = $3) ORDER BY reserve.number DESC LIMIT $4 OFFSET $5`,
      [regionPattern(caller.regionCode), caller.regionCode, query.item ?? null, query.limit, query.offset],
    );
    return { items: rows.map(reserveOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_JOINT_RESERVE_NOT_FOUND, also for one of other regions */
  async reserve(caller: Caller, id: string): Promise<JointReserveDetailResponse> {
    const scope = [regionPattern(caller.regionCode), caller.regionCode, id];
    const [row] = await this.database.query<Row>(`${SELECT} AND reserve.id = $3`, scope);
    if (!row) throw new DomainError('SUPPLIES_JOINT_RESERVE_NOT_FOUND');
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const [stock] = await jointStocks(this.database, dayInChina(now), { reserveId: id });
    return {
      ...reserveOf(row),
      stockBase: stock?.stockBase ?? 0,
      owners: (stock?.owners ?? []).map(({ organisationId: _organisation, ...owner }) => owner),
      draws: await this.database.query<DrawResponse>(DRAWS, [id]),
      costs: await this.database.query<CostResponse>(COSTS, [id]),
    };
  }

  /** What the owners of a place may draw: each as a source of its own. */
  private async drawable({ itemCode, regionCode, at }: CallablePlace): Promise<NamedSource[]> {
    const isOwner = (owner: JointOwner): boolean =>
      regionCovers(owner.regionCode, regionCode) || regionCovers(regionCode, owner.regionCode);
    return (await jointStocks(this.database, dayInChina(at), { itemCode })).flatMap((stock) =>
      stock.owners
        .filter((owner) => owner.drawableBase > 0 && isOwner(owner))
        .map(({ ownerId, name, drawableBase }) => ({
          ...{ sourceId: ownerId, kind: 'joint' as const, name, documentNumber: stock.documentNumber },
          ...{ regionCode: stock.depotRegionCode, limitBase: drawableBase, readyAfterHours: 0, production: null },
          tiersAway: tiersApart(regionCode, stock.depotRegionCode),
        })),
    );
  }
}

const reserveOf = ({ total: _total, ...row }: Row): JointReserveResponse => row;

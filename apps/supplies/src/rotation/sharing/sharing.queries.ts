import { Injectable } from '@nestjs/common';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../../scope';
import { totalOf } from '../configuration.queries';
import type {
  AcceptanceResponse,
  DemandResponse,
  DemandsResponse,
  OfferResponse,
  OffersResponse,
  SharedGoodsQuery,
} from './dto/sharing.dto';

const SELECT_OFFERS = `
  SELECT offer.id, offer.depot_id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode",
         offer.lot_id AS "lotId", lot.batch_number AS "batchNumber", offer.item_code AS "itemCode",
         item.name_zh AS "nameZh", item.unit, offer.quantity_base AS quantity, offer.taken_base AS taken,
         lot.expiry_date::text AS "expiryDate", offer.offered_until::text AS "offeredUntil", offer.state, offer.note,
         offer.order_id AS "orderId", count(*) OVER () AS total,
         (SELECT coalesce(json_agg(json_build_object('id', acceptance.id, 'depotCode', taker.code,
                   'quantityBase', acceptance.quantity_base, 'arrivesOn', acceptance.arrives_on,
                   'state', acceptance.state, 'transferId', acceptance.transfer_id, 'demandId', acceptance.demand_id,
                   'acceptedBy', acceptance.accepted_by) ORDER BY acceptance.accepted_at, acceptance.id), '[]')
          FROM rotation_acceptances AS acceptance JOIN depots AS taker ON taker.id = acceptance.depot_id
          WHERE acceptance.offer_id = offer.id) AS acceptances
  FROM rotation_offers AS offer JOIN depots AS depot ON depot.id = offer.depot_id
  JOIN lots AS lot ON lot.id = offer.lot_id JOIN items AS item ON item.code = offer.item_code`;

type OfferRow = Omit<OfferResponse, 'quantityBase' | 'takenBase'> & {
  readonly quantity: string;
  readonly taken: string;
  readonly acceptances: AcceptanceResponse[];
  readonly total: string;
};

type DemandRow = Omit<DemandResponse, 'quantityBase' | 'takenBase'> & {
  readonly quantity: string;
  readonly taken: string;
  readonly total: string;
};

/** Reads of what is offered and what is needed: of all regions, because that is what it is for. */
@Injectable()
export class SharingQueries {
  constructor(private readonly database: Database) {}

  /** Open offers first, and of them those that end first. */
  async offers(query: SharedGoodsQuery): Promise<OffersResponse> {
    const rows = await this.database.query<OfferRow>(
      `${SELECT_OFFERS}
       WHERE ($1::text IS NULL OR depot.region_code LIKE $1) AND ($2::text IS NULL OR offer.item_code = $2)
       ORDER BY offer.ended_at IS NOT NULL, offer.offered_until, offer.id LIMIT $3 OFFSET $4`,
      [query.region === undefined ? null : regionPattern(query.region), query.item ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ quantity, taken, total: _total, ...offer }) => ({
      ...offer,
      quantityBase: safeInteger(quantity),
      takenBase: safeInteger(taken),
    }));
    return { items, total: totalOf(rows) };
  }

  /** Open demands first, and of them those that are needed first. */
  async demands(query: SharedGoodsQuery): Promise<DemandsResponse> {
    const rows = await this.database.query<DemandRow>(
      `SELECT demand.id, demand.depot_id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode",
              demand.item_code AS "itemCode", item.name_zh AS "nameZh", item.unit, demand.purpose,
              demand.quantity_base AS quantity, demand.taken_base AS taken, demand.needed_from::text AS "neededFrom",
              demand.needed_until::text AS "neededUntil", demand.state, demand.note,
              demand.declared_by AS "declaredBy", count(*) OVER () AS total
       FROM rotation_demands AS demand JOIN depots AS depot ON depot.id = demand.depot_id
       JOIN items AS item ON item.code = demand.item_code
       WHERE ($1::text IS NULL OR depot.region_code LIKE $1) AND ($2::text IS NULL OR demand.item_code = $2)
       ORDER BY demand.ended_at IS NOT NULL, demand.needed_from, demand.id LIMIT $3 OFFSET $4`,
      [query.region === undefined ? null : regionPattern(query.region), query.item ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ quantity, taken, total: _total, ...demand }) => ({
      ...demand,
      quantityBase: safeInteger(quantity),
      takenBase: safeInteger(taken),
    }));
    return { items, total: totalOf(rows) };
  }
}

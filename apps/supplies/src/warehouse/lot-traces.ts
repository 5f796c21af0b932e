import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { LotQuality } from '../stock/domain/lot';
import type { LotTraceResponse } from './dto/lot-quality.dto';

/** A transaction, or the database itself. */
type Reader = Pick<Tx, 'query'>;

interface TracedLot {
  readonly lotId: string;
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly serialNumber: string | null;
  readonly quality: LotQuality;
  readonly ownerRegionCode: string;
}

const LIMIT = 200;

/** Statements with $1 lot, $2 region pattern, and $3 whether the caller's region owns the lot and sees everything. */
const DEPOTS = `
  SELECT depot.id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode",
         sum(quantity_base) FILTER (WHERE split_part(account, ':', 3) = 'available') AS "availableBase",
         sum(quantity_base) FILTER (WHERE split_part(account, ':', 3) = 'reserved') AS "reservedBase",
         sum(quantity_base) FILTER (WHERE split_part(account, ':', 3) = 'quarantine') AS "quarantineBase"
  FROM balances AS balance JOIN depots AS depot ON depot.id = balance.depot_id
  WHERE balance.lot_id = $1 AND balance.in_stock AND ($3 OR depot.region_code LIKE $2)
  GROUP BY depot.id ORDER BY sum(quantity_base) DESC, depot.id LIMIT ${LIMIT}`;

const RESERVATIONS = `
  SELECT reservation.id AS "reservationId", reservation.allocation_id AS "allocationId", share.depot_id AS "depotId",
         share.quantity_base - share.issued_base - share.released_base AS "quantityBase"
  FROM reservation_shares AS share JOIN reservations AS reservation ON reservation.id = share.reservation_id
  JOIN depots AS depot ON depot.id = share.depot_id
  WHERE share.lot_id = $1 AND share.issued_base + share.released_base < share.quantity_base
    AND ($3 OR depot.region_code LIKE $2)
  ORDER BY "quantityBase" DESC, reservation.id LIMIT ${LIMIT}`;

const SHIPMENTS = `
  SELECT orders.shipment_id AS "shipmentId", orders.allocation_id AS "allocationId", site.id AS "siteId",
         site.name AS "siteName", balance.quantity_base AS "quantityBase"
  FROM balances AS balance
  JOIN issue_orders AS orders ON 'transit:' || orders.shipment_id = balance.account
  JOIN sites AS site ON site.id = orders.site_id JOIN depots AS depot ON depot.id = orders.depot_id
  WHERE balance.lot_id = $1 AND balance.in_stock AND starts_with(balance.account, 'transit:')
    AND ($3 OR depot.region_code LIKE $2 OR site.region_code LIKE $2)
  ORDER BY balance.quantity_base DESC, orders.shipment_id LIMIT ${LIMIT}`;

const TRANSFERS = `
  SELECT transfer.id AS "transferId", sender.code AS "fromDepotCode", receiver.code AS "toDepotCode",
         balance.quantity_base AS "quantityBase"
  FROM transfer_lots AS sent JOIN transfers AS transfer ON transfer.id = sent.transfer_id
  JOIN balances AS balance ON balance.account = 'transit:' || transfer.id AND balance.lot_id = sent.lot_id
  JOIN depots AS sender ON sender.id = transfer.from_depot_id
  JOIN depots AS receiver ON receiver.id = transfer.to_depot_id
  WHERE sent.lot_id = $1 AND balance.in_stock
    AND ($3 OR sender.region_code LIKE $2 OR receiver.region_code LIKE $2)
  ORDER BY balance.quantity_base DESC, transfer.id LIMIT ${LIMIT}`;

const SITES = `
  SELECT site.id AS "siteId", site.name AS "siteName", site.region_code AS "regionCode",
         sum(quantity_base) FILTER (WHERE balance.account = 'site:' || site.id) AS "usableBase",
         sum(quantity_base) FILTER (WHERE balance.account = 'site:' || site.id || ':damaged') AS "damagedBase"
  FROM balances AS balance JOIN sites AS site ON site.id::text = split_part(balance.account, ':', 2)
  WHERE balance.lot_id = $1 AND balance.in_stock AND starts_with(balance.account, 'site:')
    AND ($3 OR site.region_code LIKE $2)
  GROUP BY site.id ORDER BY sum(quantity_base) DESC, site.id LIMIT ${LIMIT}`;

/** Used-up goods are known by lot from their movement; goods that come back only by the line that brought the lot. */
const HANDOUTS = `
  SELECT handout.id AS "handoutId", site.id AS "siteId", site.name AS "siteName",
         handout.handed_out_at AS "handedOutAt", handout.people_reached AS "peopleReached",
         given.quantity_base AS "quantityBase", given.exact
  FROM (
    SELECT handout.id, sum(posting.quantity_base) AS quantity_base, true AS exact
    FROM postings AS posting JOIN handouts AS handout ON handout.movement_id = posting.movement_id
    WHERE posting.lot_id = $1
      AND NOT EXISTS (SELECT 1 FROM movements AS undone WHERE undone.reverses_movement_id = posting.movement_id)
    GROUP BY handout.id
    UNION ALL
    SELECT line.handout_id, sum(line.quantity_base), false
    FROM handout_lines AS line
    WHERE NOT line.consumed AND line.line_id IN (
      SELECT posting.line_id FROM postings AS posting
      WHERE posting.lot_id = $1 AND posting.line_id IS NOT NULL AND starts_with(posting.to_account, 'site:'))
    GROUP BY line.handout_id
  ) AS given
  JOIN handouts AS handout ON handout.id = given.id JOIN sites AS site ON site.id = handout.site_id
  WHERE $3 OR site.region_code LIKE $2
  ORDER BY given.quantity_base DESC, handout.id LIMIT ${LIMIT}`;

/** Of all regions together, so only the owner's region sees it. */
const LEFT = `
  SELECT account, quantity_base AS "quantityBase" FROM balances
  WHERE lot_id = $1 AND $3 AND quantity_base > 0 AND position(':' IN account) = 0 AND $2 <> ''
  ORDER BY quantity_base DESC, account LIMIT ${LIMIT}`;

const NOTICES = `
  SELECT id, action, reason, notice_number AS "noticeNumber", notice_source AS "noticeSource",
         recorded_by AS "recordedBy", recorded_at AS "recordedAt"
  FROM recall_notices WHERE lot_id = $1 ORDER BY recorded_at, id LIMIT ${LIMIT}`;

const KNOWN_HERE = `
  SELECT 1 FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
  LEFT JOIN depots AS depot ON depot.id = posting.depot_id LEFT JOIN sites AS site ON site.id = movement.site_id
  WHERE posting.lot_id = $1 AND (depot.region_code LIKE $2 OR site.region_code LIKE $2) LIMIT 1`;

/** Follows a lot to wherever its pieces are: what a recall has to chase. */
@Injectable()
export class LotTraces {
  /** @throws DomainError SUPPLIES_LOT_NOT_FOUND, also for a lot that never was in the caller's region */
  async of(reader: Reader, caller: Caller, lotId: string): Promise<LotTraceResponse> {
    const { ownerRegionCode, ...lot } = await find(reader, lotId);
    const region = regionPattern(caller.regionCode);
    const owned = regionCovers(caller.regionCode, ownerRegionCode);
    if (!owned && (await reader.query(KNOWN_HERE, [lotId, region])).length === 0) {
      throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    }
    const rows = <Row extends object>(sql: string) => reader.query<Row>(sql, [lot.lotId, region, owned]);
    const notices = await reader.query<Stored<LotTraceResponse['notices'][number], 'recordedAt'>>(NOTICES, [lot.lotId]);
    const handouts = await rows<Stored<LotTraceResponse['handouts'][number], 'handedOutAt'>>(HANDOUTS);
    return {
      ...lot,
      notices: notices.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })),
      depots: (await rows<LotTraceResponse['depots'][number]>(DEPOTS)).map(counted),
      reservations: (await rows<LotTraceResponse['reservations'][number]>(RESERVATIONS)).map(counted),
      shipments: (await rows<LotTraceResponse['shipments'][number]>(SHIPMENTS)).map(counted),
      transfers: (await rows<LotTraceResponse['transfers'][number]>(TRANSFERS)).map(counted),
      sites: (await rows<LotTraceResponse['sites'][number]>(SITES)).map(counted),
      handouts: handouts.map((row) => counted({ ...row, handedOutAt: row.handedOutAt.toISOString() })),
      left: (await rows<LotTraceResponse['left'][number]>(LEFT)).map(counted),
    };
  }
}

type Stored<Response, Instant extends keyof Response> = Omit<Response, Instant> & Readonly<Record<Instant, Date>>;

async function find(reader: Reader, lotId: string): Promise<TracedLot> {
  const [lot] = await reader.query<TracedLot>(
    `SELECT id AS "lotId", item_code AS "itemCode", batch_number AS "batchNumber", serial_number AS "serialNumber",
            quality, owner_region_code AS "ownerRegionCode" FROM lots WHERE id = $1`,
    [lotId],
  );
  if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
  return lot;
}

/** Quantities come as texts, or as null where there is none; all of them end in `Base`. */
function counted<Row extends object>(row: Row): Row {
  const counts = Object.entries(row)
    .filter(([name]) => name.endsWith('Base'))
    .map(([name, value]) => [name, safeInteger((value as string | null) ?? '0')]);
  return { ...row, ...Object.fromEntries(counts) } as Row;
}

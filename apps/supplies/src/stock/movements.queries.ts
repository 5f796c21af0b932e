import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type {
  MovementDetailResponse,
  MovementResponse,
  MovementsQuery,
  MovementsResponse,
  PostingResponse,
} from './dto/movement.dto';

/** A movement is seen by the people of every depot it touches, of the depot it started from and of its site. */
const VISIBLE = `(
  EXISTS (SELECT 1 FROM depots AS depot WHERE depot.id = movement.depot_id AND depot.region_code LIKE $1)
  OR EXISTS (SELECT 1 FROM sites AS site WHERE site.id = movement.site_id AND site.region_code LIKE $1)
  OR EXISTS (SELECT 1 FROM postings AS posting JOIN depots AS depot ON depot.id = posting.depot_id
             WHERE posting.movement_id = movement.id AND depot.region_code LIKE $1))`;

const COLUMNS = `
  movement.id, movement.sequence, movement.kind, movement.allocation_id AS "allocationId",
  movement.depot_id AS "depotId", movement.shipment_id AS "shipmentId", movement.site_id AS "siteId",
  movement.reverses_movement_id AS "reversesMovementId",
  (SELECT reversal.id FROM movements AS reversal WHERE reversal.reverses_movement_id = movement.id)
    AS "reversedByMovementId",
  movement.use_order AS "useOrder", movement.note, movement.recorded_by AS "recordedBy",
  movement.posted_at AS "postedAt"`;

type MovementRow = Omit<MovementResponse, 'sequence' | 'postedAt'> & {
  readonly sequence: string;
  readonly postedAt: Date;
};

/** Reads of the movements of the ledger. */
@Injectable()
export class MovementsQueries {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async movements(caller: Caller, query: MovementsQuery): Promise<MovementsResponse> {
    const rows = await this.database.query<MovementRow>(
      `SELECT ${COLUMNS} FROM movements AS movement
       WHERE ${VISIBLE} AND ($2::text IS NULL OR movement.kind = $2)
         AND ($3::uuid IS NULL OR movement.allocation_id = $3)
         AND (($4::uuid IS NULL AND $5::uuid IS NULL AND $6::text IS NULL) OR EXISTS (
           SELECT 1 FROM postings AS posting JOIN lots AS lot ON lot.id = posting.lot_id
           WHERE posting.movement_id = movement.id AND ($4::uuid IS NULL OR posting.depot_id = $4)
             AND ($5::uuid IS NULL OR posting.lot_id = $5) AND ($6::text IS NULL OR lot.item_code = $6)))
       ORDER BY movement.sequence DESC LIMIT $7 OFFSET $8`,
      [
        regionPattern(caller.regionCode),
        query.kind ?? null,
        query.allocationId ?? null,
        query.depotId ?? null,
        query.lotId ?? null,
        query.item ?? null,
        query.limit,
        query.offset,
      ],
    );
    return { items: rows.map(movementOf) };
  }

  /**
   * One movement. Of a movement over depots of several regions the caller sees the own region's postings.
   * @throws DomainError SUPPLIES_MOVEMENT_NOT_FOUND, also for one the caller may not see
   */
  async movement(caller: Caller, id: string): Promise<MovementDetailResponse> {
    const region = regionPattern(caller.regionCode);
    const [row] = await this.database.query<MovementRow>(
      `SELECT ${COLUMNS} FROM movements AS movement WHERE movement.id = $2 AND ${VISIBLE}`,
      [region, id],
    );
    if (!row) throw new DomainError('SUPPLIES_MOVEMENT_NOT_FOUND');
    const postings = await this.database.query<Omit<PostingResponse, 'quantityBase'> & { quantityBase: string }>(
      `SELECT posting.lot_id AS "lotId", lot.item_code AS "itemCode", lot.batch_number AS "batchNumber",
              lot.expiry_date::text AS "expiryDate", posting.from_account AS "from", posting.to_account AS "to",
              posting.quantity_base AS "quantityBase", posting.line_id AS "lineId"
       FROM postings AS posting JOIN lots AS lot ON lot.id = posting.lot_id
       LEFT JOIN depots AS depot ON depot.id = posting.depot_id
       WHERE posting.movement_id = $2 AND (depot.id IS NULL OR depot.region_code LIKE $1)
       ORDER BY posting.position`,
      [region, id],
    );
    return {
      ...movementOf(row),
      postings: postings.map((posting) => ({ ...posting, quantityBase: safeInteger(posting.quantityBase) })),
    };
  }
}

function movementOf(row: MovementRow): MovementResponse {
  return { ...row, sequence: safeInteger(row.sequence), postedAt: row.postedAt.toISOString() };
}

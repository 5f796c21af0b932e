import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { ReservationResponse, ReservationsResponse } from './dto/reservation.dto';

/** Reads of promises. */
@Injectable()
export class ReservationsQueries {
  constructor(private readonly database: Database) {}

  /** The promises of an allocation that asked something of a depot in the caller's region, the oldest first. */
  async reservations(caller: Caller, allocationId: string, page: PageQuery): Promise<ReservationsResponse> {
    const rows = await this.database.query<Omit<ReservationResponse, 'expiresAt'> & { expiresAt: Date | null }>(
      `SELECT reservation.id AS "reservationId", reservation.line_id AS "lineId",
              reservation.item_code AS "itemCode", reservation.state, reservation.usable_until::text AS "usableUntil",
              reservation.expires_at AS "expiresAt", reservation.end_cause AS "endCause",
              reservation.refusal_code AS "refusalCode", reservation.refusal_reason AS "refusalReason",
              (SELECT coalesce(json_agg(json_build_object('depotId', share.depot_id, 'lotId', share.lot_id,
                        'quantityBase', share.quantity_base, 'issuedBase', share.issued_base,
                        'releasedBase', share.released_base) ORDER BY depot.code, share.lot_id), '[]')
               FROM reservation_shares AS share JOIN depots AS depot ON depot.id = share.depot_id
               WHERE share.reservation_id = reservation.id AND depot.region_code LIKE $2) AS shares
       FROM reservations AS reservation
       WHERE reservation.allocation_id = $1 AND EXISTS (
         SELECT 1 FROM reservation_sources AS source JOIN depots AS depot ON depot.id = source.depot_id
         WHERE source.reservation_id = reservation.id AND depot.region_code LIKE $2)
       ORDER BY reservation.created_at, reservation.id LIMIT $3 OFFSET $4`,
      [allocationId, regionPattern(caller.regionCode), page.limit, page.offset],
    );
    const items = rows.map((row) => ({ ...row, expiresAt: row.expiresAt?.toISOString() ?? null }));
    return { allocationId, items };
  }
}

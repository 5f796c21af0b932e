import { Injectable } from '@nestjs/common';
import type { ReserveStock } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { isHeldForTest } from '../rotation/equipment/test-hold';
import type { Day } from '../stock/domain/calendar';
import type { LotQuality } from '../stock/domain/lot';
import type { ReservationRefusal, Share } from './domain/decide-reservation';
import type { ShareProgress } from './domain/held-share';
import type { ReservationState } from './domain/reservation-state';

/** A promise as it stands; `itemCode` is null for the tombstone of one that never came. */
export interface Reservation {
  readonly id: string;
  readonly allocationId: string;
  readonly lineId: string;
  readonly itemCode: string | null;
  readonly state: ReservationState;
  readonly usableUntil: Day | null;
  readonly expiresAt: Date | null;
  readonly endCause: 'released' | 'expired' | null;
  readonly refusalCode: string | null;
  readonly refusalReason: string | null;
}

export interface RequestedSource {
  readonly depotId: string;
  readonly quantityBase: number;
  readonly short: boolean;
}

/** A share and how much of it is still held. */
export interface HeldShare extends Share, ShareProgress {
  readonly reservationId: string;
  readonly batchNumber: string;
  readonly quality: LotQuality;
}

type Promised = Pick<ReserveStock, 'reservationId' | 'allocationId' | 'lineId'>;

/** Writes reservations. Every use case that touches one calls `lock` first. */
@Injectable()
export class ReservationsRepository {
  /**
   * Locks reservation ids, in their order, whether they exist or not, and reads those that do: a release can thus not
   * pass the reserve it belongs to. Reservations are locked before issue orders, sites and balances.
   */
  async lock(tx: Tx, ids: readonly string[]): Promise<Map<string, Reservation>> {
    for (const id of [...new Set(ids)].sort()) {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`reservation ${id}`]);
    }
    const rows = await tx.query<Reservation>(
      `SELECT id, allocation_id AS "allocationId", line_id AS "lineId", item_code AS "itemCode", state,
              usable_until::text AS "usableUntil", expires_at AS "expiresAt", end_cause AS "endCause",
              refusal_code AS "refusalCode", refusal_reason AS "refusalReason"
       FROM reservations WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async insertHeld(
    tx: Tx,
    command: ReserveStock,
    held: { readonly state: ReservationState; readonly shares: readonly Share[] },
  ): Promise<Date> {
    const [row] = await tx.query<{ expires_at: Date }>(
      `INSERT INTO reservations (id, allocation_id, line_id, item_code, state, usable_until, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 second') RETURNING expires_at`,
      [...promised(command), command.itemCode, held.state, command.usableUntil, command.holdSeconds],
    );
    await insertSources(tx, command, []);
    await tx.execute(
      `INSERT INTO reservation_shares (reservation_id, depot_id, lot_id, quantity_base)
       SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::bigint[])`,
      [
        command.reservationId,
        held.shares.map(({ depotId }) => depotId),
        held.shares.map(({ lotId }) => lotId),
        held.shares.map(({ quantityBase }) => quantityBase),
      ],
    );
    return row.expires_at;
  }

  async insertRefused(tx: Tx, command: ReserveStock, refusal: ReservationRefusal): Promise<void> {
    await tx.execute(
      `INSERT INTO reservations (id, allocation_id, line_id, item_code, state, usable_until, refusal_code, refusal_reason)
       VALUES ($1, $2, $3, $4, 'refused', $5, $6, $7)`,
      [...promised(command), command.itemCode, command.usableUntil, refusal.code, refusal.reason],
    );
    await insertSources(tx, command, refusal.shortDepotIds);
  }

  /** Leaves a tombstone: the reserve of this id, should it still come, is refused. */
  async insertTombstone(tx: Tx, released: Promised): Promise<void> {
    await tx.execute(
      `INSERT INTO reservations (id, allocation_id, line_id, state, end_cause) VALUES ($1, $2, $3, 'released', 'released')`,
      promised(released),
    );
  }

  async renew(tx: Tx, id: string, renewal: { state: ReservationState; holdSeconds: number }): Promise<Date> {
    const [row] = await tx.query<{ expires_at: Date }>(
      `UPDATE reservations SET state = $2, expires_at = now() + $3 * interval '1 second', updated_at = now()
       WHERE id = $1 RETURNING expires_at`,
      [id, renewal.state, renewal.holdSeconds],
    );
    return row.expires_at;
  }

  /** Marks everything that is still held as released. */
  async end(tx: Tx, id: string, cause: 'released' | 'expired'): Promise<void> {
    await tx.execute(`UPDATE reservations SET state = 'released', end_cause = $2, updated_at = now() WHERE id = $1`, [
      id,
      cause,
    ]);
    await tx.execute(
      'UPDATE reservation_shares SET released_base = quantity_base - issued_base WHERE reservation_id = $1',
      [id],
    );
  }

  async setState(tx: Tx, id: string, state: ReservationState): Promise<void> {
    await tx.execute('UPDATE reservations SET state = $2, updated_at = now() WHERE id = $1', [id, state]);
  }

  /** Takes issued pieces off their shares; the CHECK on the table refuses more than is held. */
  async takeShares(
    tx: Tx,
    depotId: string,
    parts: readonly { readonly reservationId: string; readonly lotId: string; readonly quantityBase: number }[],
  ): Promise<void> {
    await tx.execute(
      `UPDATE reservation_shares AS share SET issued_base = share.issued_base + part.taken_base
       FROM (SELECT reservation_id, lot_id, sum(taken_base) AS taken_base
             FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS taken (reservation_id, lot_id, taken_base)
             GROUP BY reservation_id, lot_id) AS part
       WHERE share.reservation_id = part.reservation_id AND share.lot_id = part.lot_id AND share.depot_id = $1`,
      [
        depotId,
        parts.map(({ reservationId }) => reservationId),
        parts.map(({ lotId }) => lotId),
        parts.map(({ quantityBase }) => quantityBase),
      ],
    );
  }

  async sources(tx: Tx, id: string): Promise<RequestedSource[]> {
    const rows = await tx.query<{ depot_id: string; quantity_base: string; short: boolean }>(
      `SELECT depot_id, quantity_base, short FROM reservation_sources WHERE reservation_id = $1 ORDER BY depot_id`,
      [id],
    );
    return rows.map((row) => ({
      depotId: row.depot_id,
      quantityBase: safeInteger(row.quantity_base),
      short: row.short,
    }));
  }

  /** Of a lot that waits for a test in its depot the quality is `held` there. */
  async shares(tx: Tx, ids: readonly string[]): Promise<HeldShare[]> {
    const rows = await tx.query<ShareRow>(
      `SELECT share.reservation_id, share.depot_id, share.lot_id, lot.batch_number, lot.expiry_date::text,
              CASE WHEN lot.quality = 'good' AND ${isHeldForTest('share.depot_id', 'share.lot_id')} THEN 'held'
                   ELSE lot.quality END AS quality,
              share.quantity_base, share.issued_base, share.released_base
       FROM reservation_shares AS share JOIN lots AS lot ON lot.id = share.lot_id
       WHERE share.reservation_id = ANY($1) ORDER BY share.depot_id, lot.expiry_date, share.lot_id`,
      [ids],
    );
    return rows.map(shareOf);
  }
}

interface ShareRow {
  readonly reservation_id: string;
  readonly depot_id: string;
  readonly lot_id: string;
  readonly batch_number: string;
  readonly expiry_date: Day | null;
  readonly quality: LotQuality;
  readonly quantity_base: string;
  readonly issued_base: string;
  readonly released_base: string;
}

const promised = ({ reservationId, allocationId, lineId }: Promised): string[] => [reservationId, allocationId, lineId];

function shareOf(row: ShareRow): HeldShare {
  return {
    reservationId: row.reservation_id,
    depotId: row.depot_id,
    lotId: row.lot_id,
    batchNumber: row.batch_number,
    expiryDate: row.expiry_date,
    quality: row.quality,
    quantityBase: safeInteger(row.quantity_base),
    issuedBase: safeInteger(row.issued_base),
    releasedBase: safeInteger(row.released_base),
  };
}

/** A depot that the command names twice has one row with the sum. */
async function insertSources(tx: Tx, command: ReserveStock, shortDepotIds: readonly string[]): Promise<void> {
  await tx.execute(
    `INSERT INTO reservation_sources (reservation_id, depot_id, quantity_base, short)
     SELECT $1, depot_id, sum(quantity_base), depot_id = ANY($4)
     FROM unnest($2::uuid[], $3::bigint[]) AS source (depot_id, quantity_base) GROUP BY depot_id`,
    [
      command.reservationId,
      command.sources.map(({ depotId }) => depotId),
      command.sources.map(({ quantityBase }) => quantityBase),
      shortDepotIds,
    ],
  );
}

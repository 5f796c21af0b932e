import { Injectable } from '@nestjs/common';
import { safeInteger, type Tx } from '@ledger/platform';
import type { Place } from '../scope';
import type { LotOrigin, LotQuality } from '../stock/domain/lot';
import type { KnownLot } from '../stock/lots.repository';
import type { QualityAction } from './domain/lot-quality';

/** Pieces of a lot in one depot. */
export interface HeldPieces extends Place {
  readonly lotId: string;
  readonly depotId: string;
  readonly availableBase: number;
}

export interface NewNotice {
  readonly id: string;
  readonly lotId: string;
  readonly action: QualityAction;
  readonly reason: string;
  readonly noticeNumber: string | null;
  readonly noticeSource: string | null;
  readonly recordedBy: string;
  readonly recordedById: string;
}

export interface NoticeMovement {
  readonly noticeId: string;
  readonly depotId: string;
  readonly movementId: string;
  readonly quantityBase: number;
}

const LOT_COLUMNS = `id, item_code AS "itemCode", batch_number AS "batchNumber", serial_number AS "serialNumber", quality,
  expiry_date::text AS "expiryDate", origin, owner_region_code AS "ownerRegionCode"`;

/** Writes recalls and holds. Lots are locked in the order of their ids, before balances. */
@Injectable()
export class RecallsRepository {
  /**
   * Locks a lot, or all lots of its batch. The lock keeps out whoever decides by the quality of the lot, which shares
   * the row; it lets postings through that only refer to it, so that a recall and an issue do not wait in a circle.
   */
  async lockLots(tx: Tx, lotId: string, scope: 'lot' | 'batch'): Promise<KnownLot[]> {
    return tx.query<KnownLot & { readonly quality: LotQuality; readonly origin: LotOrigin }>(
      `SELECT ${LOT_COLUMNS} FROM lots
       WHERE id = $1 OR ($2 AND (item_code, batch_number) = (SELECT item_code, batch_number FROM lots WHERE id = $1))
       ORDER BY id FOR NO KEY UPDATE`,
      [lotId, scope === 'batch'],
    );
  }

  /** Locks the free and quarantined pieces of lots in all depots, and answers what is free where. */
  async lockPieces(tx: Tx, lotIds: readonly string[]): Promise<HeldPieces[]> {
    await tx.query(
      `SELECT 1 FROM balances WHERE lot_id = ANY($1) AND depot_id IS NOT NULL
         AND split_part(account, ':', 3) IN ('available', 'quarantine')
       ORDER BY account, lot_id FOR UPDATE`,
      [lotIds],
    );
    const rows = await tx.query<Omit<HeldPieces, 'availableBase'> & { available: string }>(
      `SELECT balance.lot_id AS "lotId", depot.id AS "depotId", depot.region_code AS "regionCode",
              depot.organisation_id AS "organisationId",
              coalesce(sum(balance.quantity_base) FILTER (WHERE split_part(balance.account, ':', 3) = 'available'), 0)
                AS available
       FROM balances AS balance JOIN depots AS depot ON depot.id = balance.depot_id
       WHERE balance.lot_id = ANY($1) AND balance.in_stock
       GROUP BY balance.lot_id, depot.id ORDER BY depot.id, balance.lot_id`,
      [lotIds],
    );
    return rows.map(({ available, ...row }) => ({ ...row, availableBase: safeInteger(available) }));
  }

  async setQuality(
    tx: Tx,
    changes: readonly { readonly lotId: string; readonly quality: LotQuality }[],
  ): Promise<void> {
    await tx.execute(
      `UPDATE lots SET quality = change.quality
       FROM unnest($1::uuid[], $2::text[]) AS change (lot_id, quality) WHERE lots.id = change.lot_id`,
      [changes.map(({ lotId }) => lotId), changes.map(({ quality }) => quality)],
    );
  }

  async insertNotices(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
    await tx.execute(
      `INSERT INTO recall_notices (id, lot_id, action, reason, notice_number, notice_source, recorded_by, recorded_by_id)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                            $8::uuid[])`,
      [
        notices.map(({ id }) => id),
        notices.map(({ lotId }) => lotId),
        notices.map(({ action }) => action),
        notices.map(({ reason }) => reason),
        notices.map(({ noticeNumber }) => noticeNumber),
        notices.map(({ noticeSource }) => noticeSource),
        notices.map(({ recordedBy }) => recordedBy),
        notices.map(({ recordedById }) => recordedById),
      ],
    );
  }

  async insertMovements(tx: Tx, movements: readonly NoticeMovement[]): Promise<void> {
    await tx.execute(
      `INSERT INTO recall_movements (notice_id, depot_id, movement_id, quantity_base)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[])`,
      [
        movements.map(({ noticeId }) => noticeId),
        movements.map(({ depotId }) => depotId),
        movements.map(({ movementId }) => movementId),
        movements.map(({ quantityBase }) => quantityBase),
      ],
    );
  }

  /** Who recalled a lot last. */
  async recallerOf(tx: Tx, lotId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ recorded_by_id: string }>(
      `SELECT recorded_by_id FROM recall_notices WHERE lot_id = $1 AND action = 'recall'
       ORDER BY recorded_at DESC, id DESC LIMIT 1`,
      [lotId],
    );
    return row?.recorded_by_id;
  }

  /** What holds and recalls moved into quarantine since the lot was last good, by depot. */
  async takenSinceGood(tx: Tx, lotId: string): Promise<{ depotId: string; takenBase: number }[]> {
    const rows = await tx.query<{ depot_id: string; taken_base: string }>(
      `SELECT moved.depot_id, sum(moved.quantity_base) AS taken_base
       FROM recall_movements AS moved JOIN recall_notices AS notice ON notice.id = moved.notice_id
       WHERE notice.lot_id = $1 AND notice.action IN ('hold', 'recall')
         AND notice.recorded_at > coalesce((SELECT max(recorded_at) FROM recall_notices
                                            WHERE lot_id = $1 AND action = 'release'), '-infinity')
       GROUP BY moved.depot_id ORDER BY moved.depot_id`,
      [lotId],
    );
    return rows.map((row) => ({ depotId: row.depot_id, takenBase: safeInteger(row.taken_base) }));
  }
}

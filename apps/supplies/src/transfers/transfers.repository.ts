import { Injectable } from '@nestjs/common';
import { transitAccount, type Caller } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';
import type { LotQuality } from '../stock/domain/lot';
import type { LotUnderWay } from './domain/plan-arrival';
import type { FreePieces } from './domain/plan-dispatch';
import type { OrderedGoods } from './domain/transfer-order';
import type { TransferState } from './domain/transfer-state';

export interface TransferEnd extends Place {
  readonly id: string;
}

/** A transfer and its two depots, whose people may see it. */
export interface Transfer {
  readonly id: string;
  readonly from: TransferEnd;
  readonly to: TransferEnd;
  readonly state: TransferState;
  readonly mayBreakFloor: boolean;
  readonly arrivalHours: number;
}

export interface NewTransfer {
  readonly id: string;
  readonly fromDepotId: string;
  readonly toDepotId: string;
  readonly reason: string;
  readonly mayBreakFloor: boolean;
  readonly arrivalHours: number;
  readonly dueAt: Date;
  readonly requestedBy: string;
  readonly requestedById: string;
  readonly lines: readonly OrderedGoods[];
}

export interface Dispatched {
  readonly by: Caller;
  readonly movementId: string;
  readonly dueAt: Date;
  readonly carriedBy?: string;
  readonly lots: readonly FreePieces[];
}

export interface TransferProgress {
  readonly state: TransferState;
  readonly fromDepotId: string;
  /** Pieces by lot; empty before the dispatch. */
  readonly sent: ReadonlyMap<string, number>;
}

interface TransferRecord extends Omit<Transfer, 'from' | 'to'> {
  readonly fromId: string;
  readonly toId: string;
}

/** Whether somebody acts at either end of a transfer. */
export const actsAtAnEnd = (caller: Caller, { from, to }: Transfer): boolean =>
  mayActAt(caller, from) || mayActAt(caller, to);

/** Writes transfers. They are locked before depots, lots and balances; whoever moves their goods holds the lock. */
@Injectable()
export class TransfersRepository {
  async insert(tx: Tx, transfer: NewTransfer): Promise<void> {
    await tx.execute(
      `INSERT INTO transfers (id, from_depot_id, to_depot_id, state, reason, may_break_floor, arrival_hours, due_at,
                              requested_by, requested_by_id)
       VALUES ($1, $2, $3, 'ordered', $4, $5, $6, $7, $8, $9)`,
      [
        ...[transfer.id, transfer.fromDepotId, transfer.toDepotId, transfer.reason, transfer.mayBreakFloor],
        ...[transfer.arrivalHours, transfer.dueAt, transfer.requestedBy, transfer.requestedById],
      ],
    );
    await tx.execute(
      `INSERT INTO transfer_lines (transfer_id, position, item_code, lot_id, quantity_base)
       SELECT $1, line.position, line.item_code, line.lot_id, line.quantity_base
       FROM unnest($2::text[], $3::uuid[], $4::bigint[]) WITH ORDINALITY
         AS line (item_code, lot_id, quantity_base, position)`,
      [
        transfer.id,
        transfer.lines.map(({ itemCode }) => itemCode),
        transfer.lines.map(({ lotId }) => lotId ?? null),
        transfer.lines.map(({ quantityBase }) => quantityBase),
      ],
    );
  }

  async lock(tx: Tx, id: string): Promise<Transfer | undefined> {
    const [row] = await tx.query<TransferRecord>(
      `SELECT id, from_depot_id AS "fromId", to_depot_id AS "toId", state, may_break_floor AS "mayBreakFloor",
              arrival_hours AS "arrivalHours"
       FROM transfers WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row) return undefined;
    const ends = await tx.query<TransferEnd>(
      `SELECT id, region_code AS "regionCode", organisation_id AS "organisationId" FROM depots WHERE id = ANY($1)`,
      [[row.fromId, row.toId]],
    );
    const endOf = (depotId: string) => ends.find((end) => end.id === depotId) as TransferEnd;
    const { fromId, toId, ...transfer } = row;
    return { ...transfer, from: endOf(fromId), to: endOf(toId) };
  }

  async lines(tx: Tx, transferId: string): Promise<OrderedGoods[]> {
    const rows = await tx.query<{ itemCode: string; lotId: string | null; quantity: string }>(
      `SELECT item_code AS "itemCode", lot_id AS "lotId", quantity_base AS quantity
       FROM transfer_lines WHERE transfer_id = $1 ORDER BY position`,
      [transferId],
    );
    return rows.map(({ quantity, ...line }) => ({ ...line, quantityBase: safeInteger(quantity) }));
  }

  /** The lots that are on the road, with their rows shared, or were. */
  async underWay(tx: Tx, transferId: string): Promise<LotUnderWay[]> {
    await tx.query(
      `SELECT 1 FROM lots WHERE id IN (SELECT lot_id FROM transfer_lots WHERE transfer_id = $1) ORDER BY id FOR SHARE`,
      [transferId],
    );
    const rows = await tx.query<{
      lotId: string;
      itemCode: string;
      serialNumber: string | null;
      expiryDate: string | null;
      quality: LotQuality;
      outstanding: string;
    }>(
      `SELECT lot.id AS "lotId", lot.item_code AS "itemCode", lot.serial_number AS "serialNumber",
              lot.expiry_date::text AS "expiryDate", lot.quality, coalesce(balance.quantity_base, 0) AS outstanding
       FROM transfer_lots AS sent JOIN lots AS lot ON lot.id = sent.lot_id
       LEFT JOIN balances AS balance ON balance.account = $2 AND balance.lot_id = lot.id
       WHERE sent.transfer_id = $1`,
      [transferId, transitAccount(transferId)],
    );
    return rows.map(({ outstanding, ...lot }) => ({ ...lot, outstandingBase: safeInteger(outstanding) }));
  }

  /** How far transfers have come, for features that ordered them: what was sent of each lot, once they have left. */
  async progress(tx: Tx, transferIds: readonly string[]): Promise<Map<string, TransferProgress>> {
    const rows = await tx.query<Omit<TransferProgress, 'sent'> & { id: string; lot_id: string | null; sent: string }>(
      `SELECT transfer.id, transfer.state, transfer.from_depot_id AS "fromDepotId", sent.lot_id,
              coalesce(sent.quantity_base, 0) AS sent
       FROM transfers AS transfer LEFT JOIN transfer_lots AS sent ON sent.transfer_id = transfer.id
       WHERE transfer.id = ANY($1)`,
      [transferIds],
    );
    const progress = new Map<string, TransferProgress>();
    for (const { id, state, fromDepotId, lot_id: lotId, sent } of rows) {
      const before = progress.get(id)?.sent ?? new Map<string, number>();
      const all = lotId === null ? before : new Map(before).set(lotId, safeInteger(sent));
      progress.set(id, { state, fromDepotId, sent: all });
    }
    return progress;
  }

  async isEmpty(tx: Tx, transferId: string): Promise<boolean> {
    const account = transitAccount(transferId);
    return (await tx.query('SELECT 1 FROM balances WHERE account = $1 AND in_stock LIMIT 1', [account])).length === 0;
  }

  async dispatch(tx: Tx, transferId: string, dispatched: Dispatched): Promise<void> {
    const { by, movementId, dueAt, carriedBy, lots } = dispatched;
    await tx.execute(
      `UPDATE transfers SET state = 'dispatched', dispatched_by = $2, dispatched_by_id = $3, dispatched_at = now(),
              dispatch_movement_id = $4, due_at = $5, carried_by = $6 WHERE id = $1`,
      [transferId, by.displayName, by.userId, movementId, dueAt, carriedBy ?? null],
    );
    await tx.execute(
      `INSERT INTO transfer_lots (transfer_id, lot_id, item_code, quantity_base)
       SELECT $1, lot.* FROM unnest($2::uuid[], $3::text[], $4::bigint[]) AS lot`,
      [
        transferId,
        lots.map(({ lotId }) => lotId),
        lots.map(({ itemCode }) => itemCode),
        lots.map(({ quantityBase }) => quantityBase),
      ],
    );
  }

  async cancel(tx: Tx, transferId: string, by: Caller, reason: string): Promise<void> {
    await tx.execute(
      `UPDATE transfers SET state = 'cancelled', cancelled_by = $2, cancelled_by_id = $3, cancel_reason = $4,
              closed_at = now() WHERE id = $1`,
      [transferId, by.displayName, by.userId, reason],
    );
  }

  async close(tx: Tx, transferId: string): Promise<void> {
    await tx.execute(`UPDATE transfers SET state = 'closed', closed_at = now() WHERE id = $1`, [transferId]);
  }
}

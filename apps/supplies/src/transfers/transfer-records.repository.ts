import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { ArrivedLot } from './domain/plan-arrival';
import type { SettledLot } from './domain/plan-settlement';
import type { SettlementState } from './domain/transfer-state';

export interface NewTransferReceipt {
  readonly transferId: string;
  readonly movementId: string | null;
  readonly note?: string;
  readonly receivedAt: Date;
  readonly by: Caller;
  readonly lines: readonly (ArrivedLot & { readonly itemCode: string })[];
}

export interface NewSettlement {
  readonly id: string;
  readonly transferId: string;
  readonly state: SettlementState;
  readonly note: string;
  readonly by: Caller;
  readonly movementId: string | null;
  readonly lines: readonly SettledLot[];
}

export interface OpenSettlement {
  readonly id: string;
  readonly state: SettlementState;
  readonly note: string;
  readonly proposedById: string;
  readonly lines: readonly SettledLot[];
}

/** Writes what was received of transfers and how their differences were settled, under the lock of the transfer. */
@Injectable()
export class TransferRecordsRepository {
  async insertReceipt(tx: Tx, receipt: NewTransferReceipt): Promise<string> {
    const id = newId();
    const { transferId, movementId, note, receivedAt, by, lines } = receipt;
    await tx.execute(
      `INSERT INTO transfer_receipts (id, transfer_id, movement_id, note, received_at, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, transferId, movementId, note ?? null, receivedAt, by.displayName, by.userId],
    );
    await tx.execute(
      `INSERT INTO transfer_receipt_lines (receipt_id, lot_id, item_code, received_base, damaged_base, short_base,
                                           surplus_base)
       SELECT $1, line.* FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
         AS line`,
      [
        id,
        lines.map(({ lotId }) => lotId),
        lines.map(({ itemCode }) => itemCode),
        lines.map(({ receivedBase }) => receivedBase),
        lines.map(({ damagedBase }) => damagedBase),
        lines.map(({ shortBase }) => shortBase),
        lines.map(({ surplusBase }) => surplusBase),
      ],
    );
    return id;
  }

  async hasOpenSettlement(tx: Tx, transferId: string): Promise<boolean> {
    const open = `SELECT 1 FROM transfer_settlements WHERE transfer_id = $1 AND state = 'proposed'`;
    return (await tx.query(open, [transferId])).length > 0;
  }

  async insertSettlement(tx: Tx, settlement: NewSettlement): Promise<void> {
    const { id, transferId, state, note, by, movementId, lines } = settlement;
    await tx.execute(
      `INSERT INTO transfer_settlements (id, transfer_id, state, note, proposed_by, proposed_by_id, movement_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, transferId, state, note, by.displayName, by.userId, movementId],
    );
    await tx.execute(
      `INSERT INTO transfer_settlement_lines (settlement_id, lot_id, found_at_receiver_base, found_at_sender_base,
                                              lost_base)
       SELECT $1, line.* FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[]) AS line`,
      [
        id,
        lines.map(({ lotId }) => lotId),
        lines.map(({ foundAtReceiverBase }) => foundAtReceiverBase),
        lines.map(({ foundAtSenderBase }) => foundAtSenderBase),
        lines.map(({ lostBase }) => lostBase),
      ],
    );
  }

  /** A settlement of a transfer that the caller has locked. */
  async settlement(tx: Tx, transferId: string, id: string): Promise<OpenSettlement | undefined> {
    const [row] = await tx.query<Omit<OpenSettlement, 'lines'>>(
      `SELECT id, state, note, proposed_by_id AS "proposedById" FROM transfer_settlements
       WHERE id = $1 AND transfer_id = $2`,
      [id, transferId],
    );
    if (!row) return undefined;
    const lines = await tx.query<{ lotId: string; receiver: string; sender: string; lost: string }>(
      `SELECT lot_id AS "lotId", found_at_receiver_base AS receiver, found_at_sender_base AS sender, lost_base AS lost
       FROM transfer_settlement_lines WHERE settlement_id = $1 ORDER BY lot_id`,
      [row.id],
    );
    return {
      ...row,
      lines: lines.map(({ lotId, receiver, sender, lost }) => ({
        lotId,
        foundAtReceiverBase: safeInteger(receiver),
        foundAtSenderBase: safeInteger(sender),
        lostBase: safeInteger(lost),
      })),
    };
  }

  async decide(
    tx: Tx,
    settlementId: string,
    decided: {
      readonly state: SettlementState;
      readonly by: Caller;
      readonly note: string;
      readonly movementId: string | null;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE transfer_settlements SET state = $2, decided_by = $3, decided_by_id = $4, decided_at = now(),
              decision_note = $5, movement_id = $6 WHERE id = $1`,
      [settlementId, decided.state, decided.by.displayName, decided.by.userId, decided.note, decided.movementId],
    );
  }
}

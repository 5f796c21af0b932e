import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LotRow, MovementRow } from '../stock/stock.entity';
import { TransferRow } from './transfer.entity';

/** One delivery of a transfer, as the receiving keeper counted it. Append-only. */
@Entity('transfer_receipts')
@Index('ix_transfer_receipts_transfer', ['transferId'])
export class TransferReceiptRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_transfer_receipts' })
  id!: string;
  @Column('uuid', { name: 'transfer_id' })
  @ForeignKey(() => TransferRow, { name: 'fk_transfer_receipts_transfer' })
  transferId!: string;
  /** null when nothing came and that is all there is to say. */
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_transfer_receipts_movement' })
  movementId!: string | null;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

@Entity('transfer_receipt_lines')
@Check(
  'ck_transfer_receipt_lines_counts',
  `received_base >= 0 AND damaged_base >= 0 AND short_base >= 0 AND surplus_base >= 0
   AND received_base + damaged_base + short_base + surplus_base > 0 AND (short_base = 0 OR surplus_base = 0)`,
)
export class TransferReceiptLineRow {
  @PrimaryColumn('uuid', { name: 'receipt_id', primaryKeyConstraintName: 'pk_transfer_receipt_lines' })
  @ForeignKey(() => TransferReceiptRow, { name: 'fk_transfer_receipt_lines_receipt' })
  receiptId!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_transfer_receipt_lines' })
  @ForeignKey(() => LotRow, { name: 'fk_transfer_receipt_lines_lot' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  itemCode!: string;
  @Column('bigint', { name: 'received_base' })
  receivedBase!: string;
  @Column('bigint', { name: 'damaged_base' })
  damagedBase!: string;
  /** Said to be missing; it stays in transit until it comes or is settled. */
  @Column('bigint', { name: 'short_base' })
  shortBase!: string;
  @Column('bigint', { name: 'surplus_base' })
  surplusBase!: string;
}

/** What became of pieces that did not arrive. A large loss waits for a second person. */
@Entity('transfer_settlements')
@Index('uq_transfer_settlements_open', ['transferId'], { unique: true, where: `state = 'proposed'` })
@Index('ix_transfer_settlements_transfer', ['transferId'])
@Check('ck_transfer_settlements_state', `state IN ('proposed', 'booked', 'rejected')`)
@Check('ck_transfer_settlements_movement', `(state = 'booked') = (movement_id IS NOT NULL)`)
@Check('ck_transfer_settlements_four_eyes', 'decided_by_id <> proposed_by_id')
export class TransferSettlementRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_transfer_settlements' })
  id!: string;
  @Column('uuid', { name: 'transfer_id' })
  @ForeignKey(() => TransferRow, { name: 'fk_transfer_settlements_transfer' })
  transferId!: string;
  @Column('text')
  state!: string;
  @Column('text')
  note!: string;
  @Column('text', { name: 'proposed_by' })
  proposedBy!: string;
  @Column('uuid', { name: 'proposed_by_id' })
  proposedById!: string;
  @Column('timestamptz', { name: 'proposed_at', default: () => 'now()' })
  proposedAt!: Date;
  /** null while it waits, and for a settlement that needs no second person. */
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
  @Column('text', { name: 'decision_note', nullable: true })
  decisionNote!: string | null;
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_transfer_settlements_movement' })
  movementId!: string | null;
}

@Entity('transfer_settlement_lines')
@Check(
  'ck_transfer_settlement_lines_counts',
  `found_at_receiver_base >= 0 AND found_at_sender_base >= 0 AND lost_base >= 0
   AND found_at_receiver_base + found_at_sender_base + lost_base > 0`,
)
export class TransferSettlementLineRow {
  @PrimaryColumn('uuid', { name: 'settlement_id', primaryKeyConstraintName: 'pk_transfer_settlement_lines' })
  @ForeignKey(() => TransferSettlementRow, { name: 'fk_transfer_settlement_lines_settlement' })
  settlementId!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_transfer_settlement_lines' })
  @ForeignKey(() => LotRow, { name: 'fk_transfer_settlement_lines_lot' })
  lotId!: string;
  @Column('bigint', { name: 'found_at_receiver_base' })
  foundAtReceiverBase!: string;
  @Column('bigint', { name: 'found_at_sender_base' })
  foundAtSenderBase!: string;
  @Column('bigint', { name: 'lost_base' })
  lostBase!: string;
}

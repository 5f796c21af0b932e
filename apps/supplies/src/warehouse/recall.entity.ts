import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';

/** A lot was held, recalled, or set free again, and why. Append-only. */
@Entity('recall_notices')
@Index('ix_recall_notices_lot', ['lotId', 'recordedAt'])
@Check('ck_recall_notices_action', `action IN ('hold', 'release', 'recall', 'withdraw')`)
@Check('ck_recall_notices_source', `action <> 'recall' OR (notice_number IS NOT NULL AND notice_source IS NOT NULL)`)
export class RecallNoticeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_recall_notices' })
  id!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_recall_notices_lot' })
  lotId!: string;
  @Column('text')
  action!: string;
  @Column('text')
  reason!: string;
  /** As printed on the notice of the producer or the authority. */
  @Column('text', { name: 'notice_number', nullable: true })
  noticeNumber!: string | null;
  @Column('text', { name: 'notice_source', nullable: true })
  noticeSource!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  /** Drawn while the lot is locked, so that notices of a lot have the order in which they took effect. */
  @Column('timestamptz', { name: 'recorded_at', default: () => 'clock_timestamp()' })
  recordedAt!: Date;
}

/** The movement by which a notice took the pieces of one depot out of free stock, or put them back. Append-only. */
@Entity('recall_movements')
@Index('ix_recall_movements_movement', ['movementId'])
@Check('ck_recall_movements_quantity', 'quantity_base > 0')
export class RecallMovementRow {
  @PrimaryColumn('uuid', { name: 'notice_id', primaryKeyConstraintName: 'pk_recall_movements' })
  @ForeignKey(() => RecallNoticeRow, { name: 'fk_recall_movements_notice' })
  noticeId!: string;
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_recall_movements' })
  @ForeignKey(() => DepotRow, { name: 'fk_recall_movements_depot' })
  depotId!: string;
  @Column('uuid', { name: 'movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_recall_movements_movement' })
  movementId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';

/** Goods that go from one depot to another. */
@Entity('transfers')
@Index('ix_transfers_from', ['fromDepotId', 'requestedAt'])
@Index('ix_transfers_to', ['toDepotId', 'requestedAt'])
@Check('ck_transfers_state', `state IN ('ordered', 'dispatched', 'closed', 'cancelled')`)
@Check('ck_transfers_depots', 'from_depot_id <> to_depot_id')
@Check('ck_transfers_hours', 'arrival_hours BETWEEN 1 AND 2160')
@Check(
  'ck_transfers_dispatched',
  `(state IN ('dispatched', 'closed')) = (dispatch_movement_id IS NOT NULL)
   AND (dispatch_movement_id IS NULL) = (dispatched_at IS NULL)
   AND (dispatch_movement_id IS NULL) = (dispatched_by_id IS NULL)`,
)
@Check('ck_transfers_cancelled', `(state = 'cancelled') = (cancelled_by_id IS NOT NULL)`)
@Check('ck_transfers_closed', `(state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)`)
export class TransferRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_transfers' })
  id!: string;
  @Column('uuid', { name: 'from_depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_transfers_from' })
  fromDepotId!: string;
  @Column('uuid', { name: 'to_depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_transfers_to' })
  toDepotId!: string;
  @Column('text')
  state!: string;
  @Column('text')
  reason!: string;
  /** Whether the sending depot may fall below its reserve standard for it. */
  @Column('boolean', { name: 'may_break_floor' })
  mayBreakFloor!: boolean;
  /** Hours on the road after which it is overdue. */
  @Column('integer', { name: 'arrival_hours' })
  arrivalHours!: number;
  /** By when the next step has to be taken: the dispatch, then the arrival. */
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;
  @Column('text', { name: 'requested_by' })
  requestedBy!: string;
  @Column('uuid', { name: 'requested_by_id' })
  requestedById!: string;
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' })
  requestedAt!: Date;
  @Column('text', { name: 'dispatched_by', nullable: true })
  dispatchedBy!: string | null;
  @Column('uuid', { name: 'dispatched_by_id', nullable: true })
  dispatchedById!: string | null;
  @Column('timestamptz', { name: 'dispatched_at', nullable: true })
  dispatchedAt!: Date | null;
  @Column('uuid', { name: 'dispatch_movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_transfers_dispatch' })
  dispatchMovementId!: string | null;
  /** Vehicle and driver, or whoever carries the goods. */
  @Column('text', { name: 'carried_by', nullable: true })
  carriedBy!: string | null;
  @Column('text', { name: 'cancelled_by', nullable: true })
  cancelledBy!: string | null;
  @Column('uuid', { name: 'cancelled_by_id', nullable: true })
  cancelledById!: string | null;
  @Column('text', { name: 'cancel_reason', nullable: true })
  cancelReason!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}

/** What was ordered: so much of an item, or of one of its lots. Append-only. */
@Entity('transfer_lines')
@Check('ck_transfer_lines_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
export class TransferLineRow {
  @PrimaryColumn('uuid', { name: 'transfer_id', primaryKeyConstraintName: 'pk_transfer_lines' })
  @ForeignKey(() => TransferRow, { name: 'fk_transfer_lines_transfer' })
  transferId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_transfer_lines' })
  position!: number;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_transfer_lines_item' })
  itemCode!: string;
  @Column('uuid', { name: 'lot_id', nullable: true })
  @ForeignKey(() => LotRow, { name: 'fk_transfer_lines_lot' })
  lotId!: string | null;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
}

/** What was sent, by lot. Append-only. */
@Entity('transfer_lots')
@Index('ix_transfer_lots_lot', ['lotId'])
@Check('ck_transfer_lots_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
export class TransferLotRow {
  @PrimaryColumn('uuid', { name: 'transfer_id', primaryKeyConstraintName: 'pk_transfer_lots' })
  @ForeignKey(() => TransferRow, { name: 'fk_transfer_lots_transfer' })
  transferId!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_transfer_lots' })
  @ForeignKey(() => LotRow, { name: 'fk_transfer_lots_lot' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  itemCode!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';

/** A comparison of what lies in a depot with what the ledger says. */
@Entity('counts')
@Unique('uq_counts_number', ['number'])
@Index('ix_counts_depot', ['depotId', 'state'])
@Check('ck_counts_kind', `kind IN ('cycle', 'full')`)
@Check('ck_counts_state', `state IN ('counting', 'recounting', 'submitted', 'closed', 'cancelled')`)
@Check('ck_counts_over', `(state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)`)
@Check('ck_counts_round', 'round >= 1')
export class CountRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_counts' })
  id!: string;
  @Column('bigint', { generated: 'increment' })
  number!: string;
  @Column('text')
  kind!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_counts_depot' })
  depotId!: string;
  @Column('text')
  state!: string;
  @Column('boolean')
  blind!: boolean;
  @Column('integer', { default: 1 })
  round!: number;
  @Column('timestamptz', { name: 'round_started_at', default: () => 'clock_timestamp()' })
  roundStartedAt!: Date;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('timestamptz', { name: 'opened_at', default: () => 'clock_timestamp()' })
  openedAt!: Date;
  /** The last movement of the ledger when the count was opened. */
  @Column('bigint', { name: 'opened_sequence' })
  openedSequence!: string;
  @Column('text', { name: 'opened_by' })
  openedBy!: string;
  @Column('uuid', { name: 'opened_by_id' })
  openedById!: string;
  @Column('timestamptz', { name: 'submitted_at', nullable: true })
  submittedAt!: Date | null;
  @Column('text', { name: 'submitted_by', nullable: true })
  submittedBy!: string | null;
  @Column('uuid', { name: 'submitted_by_id', nullable: true })
  submittedById!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}

/** One lot to count, on the shelf (free and promised pieces together) or in quarantine. */
@Entity('count_lines')
@Unique('uq_count_lines_position', ['countId', 'position'])
@Index('uq_count_lines_open_lot', ['depotId', 'lotId', 'place'], {
  unique: true,
  where: 'open AND lot_id IS NOT NULL',
})
@Index('uq_count_lines_open_batch', ['depotId', 'itemCode', 'batchNumber'], {
  unique: true,
  where: 'open AND lot_id IS NULL',
})
@Index('ix_count_lines_lot', ['lotId'], { where: 'lot_id IS NOT NULL' })
@Check('ck_count_lines_place', `place IN ('shelf', 'quarantine')`)
@Check('ck_count_lines_origin', `origin IN ('listed', 'found')`)
@Check('ck_count_lines_state', `state IN ('open', 'partial', 'counted')`)
@Check(
  'ck_count_lines_counted',
  `(state = 'open') = (counted_base IS NULL) AND (counted_base IS NULL) = (balance_base IS NULL)
   AND (counted_base IS NULL) = (available_base IS NULL) AND (counted_base IS NULL) = (counted_at IS NULL)`,
)
@Check('ck_count_lines_quantities', 'snapshot_base >= 0 AND counted_base >= 0 AND missing_reserved_base >= 0')
export class CountLineRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_count_lines' })
  id!: string;
  @Column('uuid', { name: 'count_id' })
  @ForeignKey(() => CountRow, { name: 'fk_count_lines_count' })
  countId!: string;
  @Column('integer')
  position!: number;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_count_lines_depot' })
  depotId!: string;
  /** True until the count is over; a lot stands in one open count only. */
  @Column('boolean', { default: true })
  open!: boolean;
  @Column('text')
  place!: string;
  @Column('text')
  origin!: string;
  /** null for a batch that the ledger does not know, until its pieces are booked. */
  @Column('uuid', { name: 'lot_id', nullable: true })
  @ForeignKey(() => LotRow, { name: 'fk_count_lines_lot' })
  lotId!: string | null;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_count_lines_item' })
  itemCode!: string;
  @Column('text', { name: 'batch_number' })
  batchNumber!: string;
  @Column('date', { name: 'production_date', nullable: true })
  productionDate!: string | null;
  @Column('date', { name: 'expiry_date', nullable: true })
  expiryDate!: string | null;
  /** What the ledger said when the count was opened. */
  @Column('bigint', { name: 'snapshot_base' })
  snapshotBase!: string;
  @Column('text', { default: 'open' })
  state!: string;
  @Column('integer', { default: 1 })
  round!: number;
  @Column('integer', { name: 'times_counted', default: 0 })
  timesCounted!: number;
  @Column('bigint', { name: 'counted_base', nullable: true })
  countedBase!: string | null;
  /** What the ledger said at the moment of counting. */
  @Column('bigint', { name: 'balance_base', nullable: true })
  balanceBase!: string | null;
  @Column('bigint', { name: 'available_base', nullable: true })
  availableBase!: string | null;
  @Column('boolean', { name: 'moved_between_parts', default: false })
  movedBetweenParts!: boolean;
  @Column('timestamptz', { name: 'counted_at', nullable: true })
  countedAt!: Date | null;
  /** What the approved count changed in the books; null while nothing is approved. */
  @Column('bigint', { name: 'adjusted_base', nullable: true })
  adjustedBase!: string | null;
  @Column('bigint', { name: 'missing_reserved_base', default: 0 })
  missingReservedBase!: string;
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_count_lines_movement' })
  movementId!: string | null;
}

/** What one person counted of one line, once, with the balance at that moment. Append-only. */
@Entity('count_records')
@Index('ix_count_records_line', ['lineId'])
@Index('ix_count_records_count', ['countId'])
@Check('ck_count_records_quantities', 'counted_base >= 0 AND balance_base >= 0')
export class CountRecordRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_count_records' })
  id!: string;
  @Column('uuid', { name: 'line_id' })
  @ForeignKey(() => CountLineRow, { name: 'fk_count_records_line' })
  lineId!: string;
  @Column('uuid', { name: 'count_id' })
  @ForeignKey(() => CountRow, { name: 'fk_count_records_count' })
  countId!: string;
  @Column('integer')
  round!: number;
  @Column('bigint', { name: 'counted_base' })
  countedBase!: string;
  @Column('boolean')
  complete!: boolean;
  @Column('boolean')
  correction!: boolean;
  @Column('bigint', { name: 'balance_base' })
  balanceBase!: string;
  @Column('bigint', { name: 'available_base' })
  availableBase!: string;
  @Column('timestamptz', { name: 'counted_at' })
  countedAt!: Date;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}

/** Every change of state of a count: who, when, why and for which lines. Append-only. */
@Entity('count_decisions')
@Index('ix_count_decisions_count', ['countId'])
export class CountDecisionRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_count_decisions' })
  id!: string;
  @Column('uuid', { name: 'count_id' })
  @ForeignKey(() => CountRow, { name: 'fk_count_decisions_count' })
  countId!: string;
  @Column('text')
  event!: string;
  @Column('text', { name: 'to_state' })
  toState!: string;
  @Column('uuid', { name: 'line_ids', array: true })
  lineIds!: string[];
  @Column('text', { nullable: true })
  reason!: string | null;
  @Column('text', { name: 'decided_by' })
  decidedBy!: string;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', default: () => 'clock_timestamp()' })
  decidedAt!: Date;
}

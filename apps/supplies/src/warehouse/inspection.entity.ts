import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';

/** How goods are inspected in a depot, from a moment on; the latest row holds. Append-only. */
@Entity('inspection_policies')
@Index('ix_inspection_policies_depot', ['depotId', 'setAt'])
@Check('ck_inspection_policies_hours', 'within_hours BETWEEN 1 AND 2160')
export class InspectionPolicyRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_inspection_policies' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_inspection_policies_depot' })
  depotId!: string;
  @Column('boolean', { name: 'two_people' })
  twoPeople!: boolean;
  @Column('integer', { name: 'within_hours' })
  withinHours!: number;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('uuid', { name: 'set_by_id' })
  setById!: string;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

/** Pieces of one lot in quarantine that wait to be looked at, and what was found. */
@Entity('inspections')
@Index('ix_inspections_open', ['depotId', 'lotId'], { where: `state = 'open'` })
@Index('ix_inspections_depot', ['depotId', 'openedAt'])
@Index('ix_inspections_receipt', ['receiptMovementId'], { where: 'receipt_movement_id IS NOT NULL' })
@Check('ck_inspections_state', `state IN ('open', 'passed', 'failed', 'partly', 'withdrawn')`)
@Check('ck_inspections_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
@Check('ck_inspections_closed', `(state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)`)
@Check(
  'ck_inspections_result',
  `CASE state WHEN 'passed' THEN accepted_base = quantity_base AND rejected_base = 0
              WHEN 'failed' THEN accepted_base = 0 AND rejected_base = quantity_base
              WHEN 'partly' THEN accepted_base > 0 AND rejected_base > 0
                                 AND accepted_base + rejected_base = quantity_base
              ELSE accepted_base IS NULL AND rejected_base IS NULL END`,
)
@Check('ck_inspections_movement', 'movement_id IS NULL OR accepted_base > 0')
@Check('ck_inspections_rejection', '(coalesce(rejected_base, 0) > 0) = (rejection_reason IS NOT NULL)')
export class InspectionRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_inspections' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_inspections_depot' })
  depotId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_inspections_lot' })
  lotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text')
  state!: string;
  /** The receipt that brought the pieces; null for goods that lay in quarantine for another reason. */
  @Column('uuid', { name: 'receipt_movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_inspections_receipt' })
  receiptMovementId!: string | null;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'opened_by' })
  openedBy!: string;
  @Column('uuid', { name: 'opened_by_id' })
  openedById!: string;
  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' })
  openedAt!: Date;
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;
  @Column('bigint', { name: 'accepted_base', nullable: true })
  acceptedBase!: string | null;
  @Column('bigint', { name: 'rejected_base', nullable: true })
  rejectedBase!: string | null;
  @Column('text', { name: 'rejection_reason', nullable: true })
  rejectionReason!: string | null;
  @Column('text', { nullable: true })
  defects!: string | null;
  /** The put-away of what was accepted. */
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_inspections_movement' })
  movementId!: string | null;
  @Column('text', { name: 'closed_by', nullable: true })
  closedBy!: string | null;
  @Column('uuid', { name: 'closed_by_id', nullable: true })
  closedById!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}

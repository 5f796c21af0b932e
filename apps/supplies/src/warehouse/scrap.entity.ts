import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';

/** Pieces of one lot that somebody wants to scrap, with the appraisal, and what another person decided. */
@Entity('scrap_proposals')
@Index('ix_scrap_proposals_open', ['depotId', 'lotId'], { where: `state = 'proposed'` })
@Index('ix_scrap_proposals_depot', ['depotId', 'proposedAt'])
@Check('ck_scrap_proposals_state', `state IN ('proposed', 'approved', 'rejected')`)
@Check('ck_scrap_proposals_reason', `reason IN ('expired', 'damaged', 'failed-test', 'obsolete')`)
@Check('ck_scrap_proposals_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
@Check('ck_scrap_proposals_values', 'residual_value_fen >= 0 AND book_value_fen >= 0')
@Check('ck_scrap_proposals_appraisers', 'cardinality(appraisers) BETWEEN 1 AND 10')
@Check(
  'ck_scrap_proposals_decided',
  `(state = 'proposed') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)`,
)
@Check('ck_scrap_proposals_four_eyes', 'decided_by_id <> proposed_by_id')
@Check('ck_scrap_proposals_movement', `movement_id IS NULL OR state <> 'proposed'`)
export class ScrapProposalRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_scrap_proposals' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_scrap_proposals_depot' })
  depotId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_scrap_proposals_lot' })
  lotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text')
  state!: string;
  @Column('text')
  reason!: string;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('bigint', { name: 'residual_value_fen' })
  residualValueFen!: string;
  @Column('bigint', { name: 'book_value_fen', nullable: true })
  bookValueFen!: string | null;
  @Column('text', { array: true })
  appraisers!: string[];
  @Column('text', { name: 'appraisal_method' })
  appraisalMethod!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  /** The movement that took free pieces into quarantine for the proposal. */
  @Column('uuid', { name: 'held_movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_scrap_proposals_held' })
  heldMovementId!: string | null;
  @Column('text', { name: 'proposed_by' })
  proposedBy!: string;
  @Column('uuid', { name: 'proposed_by_id' })
  proposedById!: string;
  @Column('timestamptz', { name: 'proposed_at', default: () => 'now()' })
  proposedAt!: Date;
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
  @Column('text', { name: 'decision_note', nullable: true })
  decisionNote!: string | null;
  /** The scrapping; of a rejected proposal the put-away of what had been free before, if there was any. */
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_scrap_proposals_movement' })
  movementId!: string | null;
}

/** Pieces from quarantine that went back to their supplier or donor. Append-only. */
@Entity('scrap_send_backs')
@Index('ix_scrap_send_backs_depot', ['depotId', 'recordedAt'])
@Check('ck_scrap_send_backs_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
export class SendBackRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_scrap_send_backs' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_scrap_send_backs_depot' })
  depotId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_scrap_send_backs_lot' })
  lotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text', { name: 'sent_to' })
  sentTo!: string;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  @Column('uuid', { name: 'movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_scrap_send_backs_movement' })
  movementId!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

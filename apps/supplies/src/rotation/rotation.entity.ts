import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';
import { TransferRow } from '../transfers/transfer.entity';

/** When goods of a class have to be rotated, from a day on, in a region and at a tier. Append-only configuration. */
@Entity('rotation_thresholds')
@Index('ix_rotation_thresholds_class', ['itemClass', 'classValue'])
@Check('ck_rotation_thresholds_class', `item_class IN ('item', 'category', 'rule')`)
@Check('ck_rotation_thresholds_tier', `tier IN ('any', 'province', 'city', 'county', 'township', 'village')`)
@Check('ck_rotation_thresholds_region_code', regionCodeCheck('region_code'))
@Check('ck_rotation_thresholds_measure', `measure IN ('days', 'share')`)
@Check(
  'ck_rotation_thresholds_windows',
  `late_before >= 0 AND act_before >= late_before AND notice_before >= act_before
   AND notice_before <= CASE measure WHEN 'share' THEN 1000 ELSE 3650 END`,
)
@Check('ck_rotation_thresholds_basis', `basis = 'estimate' OR (basis = 'sourced' AND source IS NOT NULL)`)
export class RotationThresholdRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rotation_thresholds' })
  id!: string;
  @Column('text', { name: 'item_class' })
  itemClass!: string;
  @Column('text', { name: 'class_value' })
  classValue!: string;
  @Column('text')
  tier!: string;
  /** null holds everywhere; a row of a region nearer to the depot goes before it. */
  @Column('text', { name: 'region_code', nullable: true })
  regionCode!: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('text')
  measure!: string;
  @Column('integer', { name: 'notice_before' })
  noticeBefore!: number;
  @Column('integer', { name: 'act_before' })
  actBefore!: number;
  @Column('integer', { name: 'late_before' })
  lateBefore!: number;
  @Column('text')
  basis!: string;
  @Column('text', { nullable: true })
  source!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id', nullable: true })
  recordedById!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** The duty to rotate one lot in one depot. At most one is open per depot and lot. */
@Entity('rotation_orders')
@Index('uq_rotation_orders_open', ['depotId', 'lotId'], {
  unique: true,
  where: `state <> 'closed' AND state <> 'cancelled'`,
})
@Index('ix_rotation_orders_lot', ['lotId', 'depotId'])
@Index('ix_rotation_orders_item', ['depotId', 'itemCode'])
@Check(
  'ck_rotation_orders_state',
  `state IN ('open', 'planned', 'in-progress', 'awaiting-replenishment', 'closed', 'cancelled')`,
)
@Check('ck_rotation_orders_standing', `standing IN ('none', 'notice', 'due', 'overdue', 'expired')`)
@Check('ck_rotation_orders_quantity', 'quantity_base > 0')
@Check(
  'ck_rotation_orders_end',
  `(state IN ('closed', 'cancelled')) = (ended_at IS NOT NULL)
   AND (ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_by_id IS NULL)`,
)
@Check(
  'ck_rotation_orders_cancel_asked',
  `(cancel_reason IS NULL) = (cancel_asked_by_id IS NULL) AND (cancel_reason IS NULL) = (cancel_asked_at IS NULL)
   AND (cancel_reason IS NULL) = (cancel_asked_by IS NULL)`,
)
@Check(
  'ck_rotation_orders_cancelled',
  `state <> 'cancelled' OR (cancel_reason IS NOT NULL AND cancel_asked_by_id <> ended_by_id)`,
)
export class RotationOrderRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rotation_orders' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_rotation_orders_depot' })
  depotId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_rotation_orders_lot' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_rotation_orders_item' })
  itemCode!: string;
  @Column('uuid', { name: 'threshold_id', nullable: true })
  @ForeignKey(() => RotationThresholdRow, { name: 'fk_rotation_orders_threshold' })
  thresholdId!: string | null;
  @Column('text')
  state!: string;
  /** Of the lot when the order was opened; of a cancelled one, when it was cancelled. */
  @Column('text')
  standing!: string;
  /** As it was then; with `standing` it tells whether a lot is as it was when an order for it was cancelled. */
  @Column('date', { name: 'life_end' })
  lifeEnd!: string;
  @Column('date', { name: 'late_on' })
  lateOn!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text', { name: 'opened_by' })
  openedBy!: string;
  @Column('uuid', { name: 'opened_by_id', nullable: true })
  openedById!: string | null;
  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' })
  openedAt!: Date;
  @Column('text', { name: 'cancel_reason', nullable: true })
  cancelReason!: string | null;
  @Column('text', { name: 'cancel_asked_by', nullable: true })
  cancelAskedBy!: string | null;
  @Column('uuid', { name: 'cancel_asked_by_id', nullable: true })
  cancelAskedById!: string | null;
  @Column('timestamptz', { name: 'cancel_asked_at', nullable: true })
  cancelAskedAt!: Date | null;
  @Column('text', { name: 'ended_by', nullable: true })
  endedBy!: string | null;
  @Column('uuid', { name: 'ended_by_id', nullable: true })
  endedById!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

/** A way out that is meant for a part of an order. Append-only: a new plan is a new version. */
@Entity('rotation_plan_lines')
@Check(
  'ck_rotation_plan_lines_way',
  `way IN ('use', 'drill', 'swap', 'offer', 'transfer', 'donate', 'sell', 'extend', 'scrap')`,
)
@Check('ck_rotation_plan_lines_quantity', 'quantity_base > 0')
export class RotationPlanLineRow {
  @PrimaryColumn('uuid', { name: 'order_id', primaryKeyConstraintName: 'pk_rotation_plan_lines' })
  @ForeignKey(() => RotationOrderRow, { name: 'fk_rotation_plan_lines_order' })
  orderId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rotation_plan_lines' })
  version!: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rotation_plan_lines' })
  position!: number;
  @Column('text')
  way!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('date', { name: 'do_by', nullable: true })
  doBy!: string | null;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('text', { name: 'planned_by' })
  plannedBy!: string;
  @Column('uuid', { name: 'planned_by_id' })
  plannedById!: string;
  @Column('timestamptz', { name: 'planned_at', default: () => 'now()' })
  plannedAt!: Date;
}

/** An appraisal that asks to extend a lot's life or to scrap pieces; another person decides. */
@Entity('rotation_proposals')
@Index('ix_rotation_proposals_order', ['orderId'])
@Check(
  'ck_rotation_proposals_way',
  `way = 'extend' AND new_expiry_date IS NOT NULL AND document IS NOT NULL AND quantity_base IS NULL
     AND from_state IS NULL
   OR way = 'scrap' AND new_expiry_date IS NULL AND quantity_base > 0 AND from_state IN ('available', 'quarantine')`,
)
@Check('ck_rotation_proposals_state', `state IN ('proposed', 'approved', 'rejected')`)
@Check(
  'ck_rotation_proposals_decided',
  `(state = 'proposed') = (decided_at IS NULL)
   AND (decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)`,
)
@Check('ck_rotation_proposals_four_eyes', 'decided_by_id <> proposed_by_id')
export class RotationProposalRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rotation_proposals' })
  id!: string;
  @Column('uuid', { name: 'order_id' })
  @ForeignKey(() => RotationOrderRow, { name: 'fk_rotation_proposals_order' })
  orderId!: string;
  @Column('text')
  way!: string;
  @Column('bigint', { name: 'quantity_base', nullable: true })
  quantityBase!: string | null;
  @Column('text', { name: 'from_state', nullable: true })
  fromState!: string | null;
  @Column('date', { name: 'new_expiry_date', nullable: true })
  newExpiryDate!: string | null;
  @Column('text')
  appraiser!: string;
  @Column('text')
  method!: string;
  @Column('text')
  finding!: string;
  @Column('text', { nullable: true })
  document!: string | null;
  @Column('text')
  state!: string;
  @Column('text', { name: 'proposed_by' })
  proposedBy!: string;
  @Column('uuid', { name: 'proposed_by_id' })
  proposedById!: string;
  @Column('timestamptz', { name: 'proposed_at', default: () => 'now()' })
  proposedAt!: Date;
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
  @Column('text', { name: 'decision_note', nullable: true })
  decisionNote!: string | null;
}

/** A new last day of a lot, after an appraisal and with the word of two people. Append-only. */
@Entity('lot_extensions')
@Unique('uq_lot_extensions_proposal', ['proposalId'])
@Index('ix_lot_extensions_lot', ['lotId'])
@Check('ck_lot_extensions_later', 'new_expiry_date > old_life_end')
@Check('ck_lot_extensions_four_eyes', 'approved_by_id <> proposed_by_id')
export class LotExtensionRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_lot_extensions' })
  id!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_lot_extensions_lot' })
  lotId!: string;
  @Column('uuid', { name: 'proposal_id' })
  @ForeignKey(() => RotationProposalRow, { name: 'fk_lot_extensions_proposal' })
  proposalId!: string;
  @Column('date', { name: 'old_life_end' })
  oldLifeEnd!: string;
  @Column('date', { name: 'new_expiry_date' })
  newExpiryDate!: string;
  @Column('text')
  appraiser!: string;
  @Column('text')
  method!: string;
  @Column('text')
  document!: string;
  @Column('uuid', { name: 'proposed_by_id' })
  proposedById!: string;
  @Column('text', { name: 'approved_by' })
  approvedBy!: string;
  @Column('uuid', { name: 'approved_by_id' })
  approvedById!: string;
  @Column('timestamptz', { name: 'approved_at', default: () => 'now()' })
  approvedAt!: Date;
}

/** What was done with goods of an order. Append-only; a movement that was wrong is reversed in the ledger. */
@Entity('rotation_actions')
@Index('ix_rotation_actions_order', ['orderId'])
@Index('uq_rotation_actions_movement', ['movementId'], { unique: true, where: 'movement_id IS NOT NULL' })
@Index('uq_rotation_actions_transfer', ['orderId', 'transferId'], { unique: true, where: 'transfer_id IS NOT NULL' })
@Check('ck_rotation_actions_way', `way IN ('use', 'drill', 'swap', 'transfer', 'donate', 'sell', 'extend', 'scrap')`)
@Check('ck_rotation_actions_quantity', 'quantity_base > 0')
@Check('ck_rotation_actions_price', 'price_fen >= 0')
@Check(
  'ck_rotation_actions_proof',
  `CASE way WHEN 'transfer' THEN transfer_id IS NOT NULL WHEN 'extend' THEN extension_id IS NOT NULL
   ELSE movement_id IS NOT NULL END`,
)
@Check('ck_rotation_actions_counterparty', `way NOT IN ('swap', 'donate', 'sell') OR counterparty IS NOT NULL`)
@Check('ck_rotation_actions_sale', `way <> 'sell' OR price_fen IS NOT NULL`)
export class RotationActionRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rotation_actions' })
  id!: string;
  @Column('uuid', { name: 'order_id' })
  @ForeignKey(() => RotationOrderRow, { name: 'fk_rotation_actions_order' })
  orderId!: string;
  @Column('text')
  way!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_rotation_actions_movement' })
  movementId!: string | null;
  /** The receipt of what the supplier gave for swapped goods, where it came at once. */
  @Column('uuid', { name: 'replacement_movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_rotation_actions_replacement' })
  replacementMovementId!: string | null;
  @Column('uuid', { name: 'transfer_id', nullable: true })
  @ForeignKey(() => TransferRow, { name: 'fk_rotation_actions_transfer' })
  transferId!: string | null;
  @Column('uuid', { name: 'extension_id', nullable: true })
  @ForeignKey(() => LotExtensionRow, { name: 'fk_rotation_actions_extension' })
  extensionId!: string | null;
  @Column('text', { nullable: true })
  counterparty!: string | null;
  /** For all pieces together. */
  @Column('bigint', { name: 'price_fen', nullable: true })
  priceFen!: string | null;
  @Column('text', { nullable: true })
  document!: string | null;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** What one base unit of an item costs to buy, from a day on. Append-only. */
@Entity('item_prices')
@Index('ix_item_prices_item', ['itemCode', 'validFrom'])
@Check('ck_item_prices_price', 'price_fen >= 0')
@Check('ck_item_prices_region_code', regionCodeCheck('region_code'))
@Check('ck_item_prices_basis', `basis = 'estimate' OR (basis IN ('sourced', 'contract') AND source IS NOT NULL)`)
export class ItemPriceRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_item_prices' })
  id!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_item_prices_item' })
  itemCode!: string;
  /** null holds everywhere; a price of a region nearer to the depot goes before it. */
  @Column('text', { name: 'region_code', nullable: true })
  regionCode!: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('bigint', { name: 'price_fen' })
  priceFen!: string;
  @Column('text')
  basis!: string;
  @Column('text', { nullable: true })
  source!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id', nullable: true })
  recordedById!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

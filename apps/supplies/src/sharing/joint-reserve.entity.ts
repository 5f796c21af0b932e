import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow } from '../stock/stock.entity';
import { DRAW_STATES } from './domain/draw-state';

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** One stock of an item in a depot that several regions or departments own in shares. */
@Entity('joint_reserves')
@Unique('uq_joint_reserves_number', ['number'])
@Index('ix_joint_reserves_depot', ['depotId', 'itemCode'])
@Check(
  'ck_joint_reserves_basis',
  `share_basis IN ('percent', 'pieces') AND whole_share > 0 AND (share_basis <> 'percent' OR whole_share = 100)`,
)
@Check('ck_joint_reserves_dates', 'valid_to >= valid_from')
export class JointReserveRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_joint_reserves' })
  id!: string;
  @Column('text')
  number!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_joint_reserves_depot' })
  depotId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_joint_reserves_item' })
  itemCode!: string;
  @Column('text', { name: 'share_basis' })
  shareBasis!: string;
  /** What the shares sum to: 100, or pieces. */
  @Column('bigint', { name: 'whole_share' })
  wholeShare!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  /** The last day on which it is held jointly. */
  @Column('date', { name: 'valid_to' })
  validTo!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** An owner with its share, what it may draw and who signs for it, and its part of the costs. Append-only. */
@Entity('joint_reserve_owners')
@Unique('uq_joint_reserve_owners_position', ['reserveId', 'position'])
@Unique('uq_joint_reserve_owners_owner', ['reserveId', 'regionCode', 'organisationId'])
@Check('ck_joint_reserve_owners_region_code', regionCodeCheck('region_code'))
@Check('ck_joint_reserve_owners_share', 'share > 0 AND draw_limit_base >= 0')
@Check('ck_joint_reserve_owners_signed_by', `signed_by IN ('stock-manager', 'approver')`)
@Check('ck_joint_reserve_owners_cost', 'cost_percent BETWEEN 0 AND 100')
export class JointReserveOwnerRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_joint_reserve_owners' })
  id!: string;
  @Column('uuid', { name: 'reserve_id' })
  @ForeignKey(() => JointReserveRow, { name: 'fk_joint_reserve_owners_reserve' })
  reserveId!: string;
  @Column('integer')
  position!: number;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text')
  name!: string;
  @Column('bigint')
  share!: string;
  /** The most that this owner may draw while the reserve lasts. */
  @Column('bigint', { name: 'draw_limit_base' })
  drawLimitBase!: string;
  @Column('text', { name: 'signed_by' })
  signedBy!: string;
  @Column('integer', { name: 'cost_percent' })
  costPercent!: number;
}

/** A lot that is held jointly as long as the reserve lasts. Append-only. */
@Entity('joint_reserve_lots')
@Index('ix_joint_reserve_lots_reserve', ['reserveId'])
@Check('ck_joint_reserve_lots_quantity', 'quantity_base > 0')
export class JointReserveLotRow {
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_joint_reserve_lots' })
  @ForeignKey(() => LotRow, { name: 'fk_joint_reserve_lots_lot' })
  lotId!: string;
  @PrimaryColumn('uuid', { name: 'reserve_id', primaryKeyConstraintName: 'pk_joint_reserve_lots' })
  @ForeignKey(() => JointReserveRow, { name: 'fk_joint_reserve_lots_reserve' })
  reserveId!: string;
  /** What lay in the depot when the lot was put in. */
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** What an owner takes of the joint stock into a depot of its own. */
@Entity('joint_reserve_draws')
@Index('ix_joint_reserve_draws_reserve', ['reserveId', 'ownerId'])
@Check('ck_joint_reserve_draws_state', `state IN (${listOf(DRAW_STATES)})`)
@Check('ck_joint_reserve_draws_quantity', 'quantity_base > 0')
@Check('ck_joint_reserve_draws_signed', `state NOT IN ('on-the-road', 'received') OR decided_by_id IS NOT NULL`)
@Check('ck_joint_reserve_draws_four_eyes', 'decided_by_id <> requested_by_id')
export class JointReserveDrawRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_joint_reserve_draws' })
  id!: string;
  @Column('uuid', { name: 'reserve_id' })
  @ForeignKey(() => JointReserveRow, { name: 'fk_joint_reserve_draws_reserve' })
  reserveId!: string;
  @Column('uuid', { name: 'owner_id' })
  @ForeignKey(() => JointReserveOwnerRow, { name: 'fk_joint_reserve_draws_owner' })
  ownerId!: string;
  @Column('text')
  state!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('uuid', { name: 'to_depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_joint_reserve_draws_to_depot' })
  toDepotId!: string;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'requested_by' })
  requestedBy!: string;
  @Column('uuid', { name: 'requested_by_id' })
  requestedById!: string;
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' })
  requestedAt!: Date;
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
}

/** What a joint reserve cost in a period. Append-only. */
@Entity('joint_reserve_costs')
@Index('ix_joint_reserve_costs_reserve', ['reserveId'])
@Check('ck_joint_reserve_costs_kind', `kind IN ('holding', 'rotation', 'transport', 'other')`)
@Check('ck_joint_reserve_costs_amount', 'amount_fen > 0')
@Check('ck_joint_reserve_costs_period', 'period_to >= period_from')
export class JointReserveCostRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_joint_reserve_costs' })
  id!: string;
  @Column('uuid', { name: 'reserve_id' })
  @ForeignKey(() => JointReserveRow, { name: 'fk_joint_reserve_costs_reserve' })
  reserveId!: string;
  @Column('text')
  kind!: string;
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
  @Column('date', { name: 'period_from' })
  periodFrom!: string;
  @Column('date', { name: 'period_to' })
  periodTo!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** What an owner pays of a cost; the shares sum to it. Append-only. */
@Entity('joint_reserve_cost_shares')
@Check('ck_joint_reserve_cost_shares_amount', 'amount_fen >= 0')
export class JointReserveCostShareRow {
  @PrimaryColumn('uuid', { name: 'cost_id', primaryKeyConstraintName: 'pk_joint_reserve_cost_shares' })
  @ForeignKey(() => JointReserveCostRow, { name: 'fk_joint_reserve_cost_shares_cost' })
  costId!: string;
  @PrimaryColumn('uuid', { name: 'owner_id', primaryKeyConstraintName: 'pk_joint_reserve_cost_shares' })
  @ForeignKey(() => JointReserveOwnerRow, { name: 'fk_joint_reserve_cost_shares_owner' })
  ownerId!: string;
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
}

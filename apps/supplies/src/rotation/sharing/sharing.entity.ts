import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow, ItemRow } from '../../catalogue/catalogue.entity';
import { LotRow } from '../../stock/stock.entity';
import { TransferRow } from '../../transfers/transfer.entity';
import { RotationOrderRow } from '../rotation.entity';

/** Goods that a place will use on days to come, and that may be near the end of their life. */
@Entity('rotation_demands')
@Index('ix_rotation_demands_open', ['itemCode'], { where: 'ended_at IS NULL' })
@Check('ck_rotation_demands_purpose', `purpose IN ('drill', 'training', 'consumption', 'relief')`)
@Check('ck_rotation_demands_quantity', 'taken_base >= 0 AND taken_base <= quantity_base AND quantity_base > 0')
@Check('ck_rotation_demands_dates', 'needed_until >= needed_from')
@Check('ck_rotation_demands_state', `state IN ('open', 'met', 'withdrawn')`)
@Check('ck_rotation_demands_met', `(state = 'met') = (taken_base = quantity_base)`)
@Check('ck_rotation_demands_end', `(state = 'open') = (ended_at IS NULL)`)
export class RotationDemandRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rotation_demands' })
  id!: string;
  /** Where the goods are to come. */
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_rotation_demands_depot' })
  depotId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_rotation_demands_item' })
  itemCode!: string;
  @Column('text')
  purpose!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('bigint', { name: 'taken_base', default: 0 })
  takenBase!: string;
  @Column('date', { name: 'needed_from' })
  neededFrom!: string;
  @Column('date', { name: 'needed_until' })
  neededUntil!: string;
  @Column('text')
  state!: string;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('text', { name: 'declared_by' })
  declaredBy!: string;
  @Column('uuid', { name: 'declared_by_id' })
  declaredById!: string;
  @Column('timestamptz', { name: 'declared_at', default: () => 'now()' })
  declaredAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

/** Pieces of a lot that its place offers to others. At most one offer is open per lot and depot. */
@Entity('rotation_offers')
@Index('uq_rotation_offers_open', ['depotId', 'lotId'], { unique: true, where: 'ended_at IS NULL' })
@Check('ck_rotation_offers_quantity', 'taken_base >= 0 AND taken_base <= quantity_base AND quantity_base > 0')
@Check('ck_rotation_offers_state', `state IN ('open', 'taken', 'withdrawn')`)
@Check('ck_rotation_offers_taken', `state <> 'taken' OR taken_base = quantity_base`)
@Check('ck_rotation_offers_end', `(state = 'open') = (ended_at IS NULL)`)
export class RotationOfferRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rotation_offers' })
  id!: string;
  @Column('uuid', { name: 'order_id', nullable: true })
  @ForeignKey(() => RotationOrderRow, { name: 'fk_rotation_offers_order' })
  orderId!: string | null;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_rotation_offers_depot' })
  depotId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_rotation_offers_lot' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_rotation_offers_item' })
  itemCode!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('bigint', { name: 'taken_base', default: 0 })
  takenBase!: string;
  @Column('date', { name: 'offered_until' })
  offeredUntil!: string;
  @Column('text')
  state!: string;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('text', { name: 'offered_by' })
  offeredBy!: string;
  @Column('uuid', { name: 'offered_by_id' })
  offeredById!: string;
  @Column('timestamptz', { name: 'offered_at', default: () => 'now()' })
  offeredAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

/** A part of an offer that another place takes: a transfer once it is ordered. */
@Entity('rotation_acceptances')
@Index('ix_rotation_acceptances_offer', ['offerId'])
@Index('ix_rotation_acceptances_transfer', ['transferId'], { where: 'transfer_id IS NOT NULL' })
@Check('ck_rotation_acceptances_quantity', 'quantity_base > 0')
@Check('ck_rotation_acceptances_state', `state IN ('accepted', 'transferred', 'fallen-through')`)
@Check('ck_rotation_acceptances_transfer', `state <> 'transferred' OR transfer_id IS NOT NULL`)
@Check('ck_rotation_acceptances_end', `(state = 'accepted') = (ended_at IS NULL)`)
export class RotationAcceptanceRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rotation_acceptances' })
  id!: string;
  @Column('uuid', { name: 'offer_id' })
  @ForeignKey(() => RotationOfferRow, { name: 'fk_rotation_acceptances_offer' })
  offerId!: string;
  @Column('uuid', { name: 'demand_id', nullable: true })
  @ForeignKey(() => RotationDemandRow, { name: 'fk_rotation_acceptances_demand' })
  demandId!: string | null;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_rotation_acceptances_depot' })
  depotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('date', { name: 'arrives_on' })
  arrivesOn!: string;
  @Column('text')
  state!: string;
  @Column('uuid', { name: 'transfer_id', nullable: true })
  @ForeignKey(() => TransferRow, { name: 'fk_rotation_acceptances_transfer' })
  transferId!: string | null;
  @Column('text', { name: 'accepted_by' })
  acceptedBy!: string;
  @Column('uuid', { name: 'accepted_by_id' })
  acceptedById!: string;
  @Column('timestamptz', { name: 'accepted_at', default: () => 'now()' })
  acceptedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

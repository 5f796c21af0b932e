import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow } from '../catalogue/catalogue.entity';
import { LotRow } from '../stock/stock.entity';

/** A promise of goods to one allocation line, or the tombstone of one that was released before it came. */
@Entity('reservations')
@Index('ix_reservations_allocation', ['allocationId'])
@Check('ck_reservations_state', `state IN ('soft', 'firm', 'issued', 'released', 'refused')`)
@Check('ck_reservations_held', `state NOT IN ('soft', 'firm') OR (expires_at IS NOT NULL AND item_code IS NOT NULL)`)
@Check('ck_reservations_end', `(state = 'released') = (end_cause IS NOT NULL)`)
@Check('ck_reservations_end_cause', `end_cause IN ('released', 'expired')`)
@Check('ck_reservations_refusal', `(state = 'refused') = (refusal_code IS NOT NULL AND refusal_reason IS NOT NULL)`)
export class ReservationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_reservations' })
  id!: string;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  @Column('uuid', { name: 'line_id' })
  lineId!: string;
  /** null for a tombstone: nothing was ever asked for. */
  @Column('text', { name: 'item_code', nullable: true })
  itemCode!: string | null;
  @Column('text')
  state!: string;
  @Column('date', { name: 'usable_until', nullable: true })
  usableUntil!: string | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;
  @Column('text', { name: 'end_cause', nullable: true })
  endCause!: string | null;
  @Column('text', { name: 'refusal_code', nullable: true })
  refusalCode!: string | null;
  @Column('text', { name: 'refusal_reason', nullable: true })
  refusalReason!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

/** What was asked of which depot, and whether the depot fell short. */
@Entity('reservation_sources')
@Check('ck_reservation_sources_quantity', 'quantity_base > 0')
export class ReservationSourceRow {
  @PrimaryColumn('uuid', { name: 'reservation_id', primaryKeyConstraintName: 'pk_reservation_sources' })
  @ForeignKey(() => ReservationRow, { name: 'fk_reservation_sources_reservation' })
  reservationId!: string;
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_reservation_sources' })
  depotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('boolean')
  short!: boolean;
}

/** Pieces of one lot put aside in a depot; what was neither issued nor released is still held. */
@Entity('reservation_shares')
@Index('ix_reservation_shares_open', ['depotId', 'lotId'], { where: 'issued_base + released_base < quantity_base' })
@Check(
  'ck_reservation_shares_open',
  `quantity_base > 0 AND issued_base >= 0 AND released_base >= 0 AND issued_base + released_base <= quantity_base`,
)
export class ReservationShareRow {
  @PrimaryColumn('uuid', { name: 'reservation_id', primaryKeyConstraintName: 'pk_reservation_shares' })
  @ForeignKey(() => ReservationRow, { name: 'fk_reservation_shares_reservation' })
  reservationId!: string;
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_reservation_shares' })
  @ForeignKey(() => DepotRow, { name: 'fk_reservation_shares_depot' })
  depotId!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_reservation_shares' })
  @ForeignKey(() => LotRow, { name: 'fk_reservation_shares_lot' })
  lotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('bigint', { name: 'issued_base', default: 0 })
  issuedBase!: string;
  @Column('bigint', { name: 'released_base', default: 0 })
  releasedBase!: string;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { ReservationRow } from '../reservations/reservation.entity';
import { SiteRow } from '../sites/site.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';

/** What a keeper has to hand over for one shipment: goods of one depot for one site. */
@Entity('issue_orders')
@Index('ix_issue_orders_allocation', ['allocationId'])
@Index('ix_issue_orders_site', ['siteId'])
@Index('ix_issue_orders_depot', ['depotId', 'state'])
@Check('ck_issue_orders_state', `state IN ('open', 'confirmed', 'cancelled')`)
@Check('ck_issue_orders_closed', `(state = 'open') = (closed_at IS NULL)`)
@Check(
  'ck_issue_orders_confirmed',
  `(state = 'confirmed') = (movement_id IS NOT NULL) AND (state = 'confirmed') = (confirmed_by IS NOT NULL)`,
)
export class IssueOrderRow {
  @PrimaryColumn('uuid', { name: 'shipment_id', primaryKeyConstraintName: 'pk_issue_orders' })
  shipmentId!: string;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  @Column('uuid', { name: 'incident_id' })
  incidentId!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_issue_orders_depot' })
  depotId!: string;
  @Column('uuid', { name: 'site_id' })
  @ForeignKey(() => SiteRow, { name: 'fk_issue_orders_site' })
  siteId!: string;
  @Column('text', { name: 'use_order' })
  useOrder!: string;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'ordered_at', default: () => 'now()' })
  orderedAt!: Date;
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
  @Column('text', { name: 'confirmed_by', nullable: true })
  confirmedBy!: string | null;
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_issue_orders_movement' })
  movementId!: string | null;
}

@Entity('issue_order_lines')
@Index('ix_issue_order_lines_reservation', ['reservationId'])
@Check('ck_issue_order_lines_quantity', 'quantity_base > 0')
@Check('ck_issue_order_lines_state', `state IN ('open', 'issued', 'cancelled')`)
export class IssueOrderLineRow {
  @PrimaryColumn('uuid', { name: 'shipment_id', primaryKeyConstraintName: 'pk_issue_order_lines' })
  @ForeignKey(() => IssueOrderRow, { name: 'fk_issue_order_lines_order' })
  shipmentId!: string;
  @PrimaryColumn('uuid', { name: 'reservation_id', primaryKeyConstraintName: 'pk_issue_order_lines' })
  @ForeignKey(() => ReservationRow, { name: 'fk_issue_order_lines_reservation' })
  reservationId!: string;
  @Column('uuid', { name: 'line_id' })
  lineId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_issue_order_lines_item' })
  itemCode!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text')
  state!: string;
}

/** The vehicle and driver the keeper hands the goods to. */
@Entity('issue_order_trips')
export class IssueOrderTripRow {
  @PrimaryColumn('uuid', { name: 'shipment_id', primaryKeyConstraintName: 'pk_issue_order_trips' })
  @ForeignKey(() => IssueOrderRow, { name: 'fk_issue_order_trips_order' })
  shipmentId!: string;
  @PrimaryColumn('uuid', { name: 'trip_id', primaryKeyConstraintName: 'pk_issue_order_trips' })
  tripId!: string;
  @Column('text')
  plate!: string;
  @Column('text', { name: 'driver_name' })
  driverName!: string;
}

/** Who let a lot leave that may not be issued, under which use order. Append-only. */
@Entity('issue_overrides')
export class IssueOverrideRow {
  @PrimaryColumn('uuid', { name: 'shipment_id', primaryKeyConstraintName: 'pk_issue_overrides' })
  @ForeignKey(() => IssueOrderRow, { name: 'fk_issue_overrides_order' })
  shipmentId!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_issue_overrides' })
  @ForeignKey(() => LotRow, { name: 'fk_issue_overrides_lot' })
  lotId!: string;
  @Column('text', { name: 'use_order' })
  useOrder!: string;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'approved_by' })
  approvedBy!: string;
  @Column('uuid', { name: 'approved_by_id' })
  approvedById!: string;
  @Column('timestamptz', { name: 'approved_at', default: () => 'now()' })
  approvedAt!: Date;
}

/** What one trip handed over at a site. Append-only. */
@Entity('deliveries')
@Index('ix_deliveries_shipment', ['shipmentId'])
@Index('ix_deliveries_movement', ['movementId'], { where: 'movement_id IS NOT NULL' })
export class DeliveryRow {
  @PrimaryColumn('uuid', { name: 'trip_id', primaryKeyConstraintName: 'pk_deliveries' })
  tripId!: string;
  @Column('uuid', { name: 'shipment_id' })
  @ForeignKey(() => IssueOrderRow, { name: 'fk_deliveries_order' })
  shipmentId!: string;
  @Column('uuid', { name: 'site_id' })
  @ForeignKey(() => SiteRow, { name: 'fk_deliveries_site' })
  siteId!: string;
  /** null when nothing but missing pieces was reported: then no quantity moved. */
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_deliveries_movement' })
  movementId!: string | null;
  @Column('text', { name: 'receiver_name' })
  receiverName!: string;
  @Column('timestamptz', { name: 'delivered_at' })
  deliveredAt!: Date;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

@Entity('delivery_lines')
@Check('ck_delivery_lines_counts', 'received_base >= 0 AND damaged_base >= 0 AND lost_base >= 0 AND missing_base >= 0')
export class DeliveryLineRow {
  @PrimaryColumn('uuid', { name: 'trip_id', primaryKeyConstraintName: 'pk_delivery_lines' })
  @ForeignKey(() => DeliveryRow, { name: 'fk_delivery_lines_delivery' })
  tripId!: string;
  @PrimaryColumn('uuid', { name: 'line_id', primaryKeyConstraintName: 'pk_delivery_lines' })
  lineId!: string;
  @Column('text', { name: 'item_code' })
  itemCode!: string;
  @Column('bigint', { name: 'received_base' })
  receivedBase!: string;
  @Column('bigint', { name: 'damaged_base' })
  damagedBase!: string;
  @Column('bigint', { name: 'lost_base' })
  lostBase!: string;
  @Column('bigint', { name: 'missing_base' })
  missingBase!: string;
}

import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssignmentRow } from '../assignments/assignment.entity';
import { VehicleRow } from '../fleet/vehicle.entity';
import { TRIP_STATES } from './domain/trip-state';

/** Row shapes of trips, of what they carry, and of the bookings that promise a vehicle to one trip at a time. */

const STATES = TRIP_STATES.map((state) => `'${state}'`).join(', ');

@Entity('trips')
@Check('ck_trips_state', `state IN (${STATES})`)
@Check('ck_trips_purpose', 'shipment_id IS NOT NULL OR line_id IS NOT NULL')
@Check(
  'ck_trips_origin',
  'num_nulls(origin_depot_id, origin_name, origin_region_code, origin_latitude, origin_longitude) = CASE WHEN shipment_id IS NULL THEN 5 ELSE 0 END',
)
@Check('ck_trips_ended', `(ended_at IS NOT NULL) = (state IN ('completed', 'cancelled'))`)
@Check('ck_trips_departed', `departed_at IS NOT NULL OR state IN ('assigned', 'loaded', 'cancelled')`)
@Check('ck_trips_delivered', `(delivered_at IS NULL) = (receiver_name IS NULL)`)
@Check('ck_trips_seconds', 'approach_seconds >= 0 AND carriage_seconds >= 0')
@Index('ix_trips_assignment_id', ['assignmentId'])
@Index('ix_trips_allocation_id', ['allocationId'])
@Index('ix_trips_shipment_id', ['shipmentId'], { where: 'shipment_id IS NOT NULL' })
@Index('ix_trips_vehicle_id', ['vehicleId'])
@Index('ix_trips_driver_username', ['driverUsername'])
export class TripRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_trips' })
  id!: string;
  @Column('uuid', { name: 'assignment_id' })
  @ForeignKey(() => AssignmentRow, { name: 'fk_trips_assignment' })
  assignmentId!: string;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  @Column('uuid', { name: 'vehicle_id' })
  @ForeignKey(() => VehicleRow, { name: 'fk_trips_vehicle' })
  vehicleId!: string;
  /** Personal: as it was at the booking. */
  @Column('text', { name: 'driver_name' })
  driverName!: string;
  /** Personal: as it was at the booking. */
  @Column('text', { name: 'driver_username', nullable: true })
  driverUsername!: string | null;
  /** The goods it carries, or null for a vehicle that was asked for without goods. */
  @Column('uuid', { name: 'shipment_id', nullable: true })
  shipmentId!: string | null;
  /** The allocation line that asked for the vehicle itself, if one did. */
  @Column('uuid', { name: 'line_id', nullable: true })
  lineId!: string | null;
  @Column('uuid', { name: 'origin_depot_id', nullable: true })
  originDepotId!: string | null;
  @Column('text', { name: 'origin_name', nullable: true })
  originName!: string | null;
  @Column('text', { name: 'origin_region_code', nullable: true })
  originRegionCode!: string | null;
  @Column('double precision', { name: 'origin_latitude', nullable: true })
  originLatitude!: number | null;
  @Column('double precision', { name: 'origin_longitude', nullable: true })
  originLongitude!: number | null;
  /** Estimated: from the vehicle's place to the goods. */
  @Column('integer', { name: 'approach_seconds' })
  approachSeconds!: number;
  /** Estimated: from the goods to the site. */
  @Column('integer', { name: 'carriage_seconds' })
  carriageSeconds!: number;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'booked_at' })
  bookedAt!: Date;
  @Column('timestamptz', { name: 'loaded_at', nullable: true })
  loadedAt!: Date | null;
  @Column('timestamptz', { name: 'departed_at', nullable: true })
  departedAt!: Date | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null;
  /** Personal. */
  @Column('text', { name: 'receiver_name', nullable: true })
  receiverName!: string | null;
  @Column('timestamptz', { name: 'turned_back_at', nullable: true })
  turnedBackAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
  /** Why it was cancelled or turned back. */
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
}

@Entity('trip_loads')
@Check('ck_trip_loads_quantity', 'quantity_base > 0')
@Check('ck_trip_loads_size', 'weight_grams >= 0 AND volume_cubic_centimetres >= 0')
@Check('ck_trip_loads_loaded', 'loaded_base BETWEEN 0 AND quantity_base')
@Check(
  'ck_trip_loads_delivered',
  'num_nulls(received_base, damaged_base, lost_base, missing_base) = 4 OR (num_nulls(loaded_base, received_base, damaged_base, lost_base, missing_base) = 0 AND least(received_base, damaged_base, lost_base, missing_base) >= 0 AND received_base + damaged_base + lost_base + missing_base = loaded_base)',
)
export class TripLoadRow {
  @PrimaryColumn('uuid', { name: 'trip_id', primaryKeyConstraintName: 'pk_trip_loads' })
  @ForeignKey(() => TripRow, { name: 'fk_trip_loads_trip' })
  tripId!: string;
  @PrimaryColumn('uuid', { name: 'line_id', primaryKeyConstraintName: 'pk_trip_loads' })
  lineId!: string;
  @Column('text', { name: 'item_code' })
  itemCode!: string;
  /** As planned. */
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  /** Of one base unit. */
  @Column('bigint', { name: 'weight_grams' })
  weightGrams!: string;
  /** Of one base unit. */
  @Column('bigint', { name: 'volume_cubic_centimetres' })
  volumeCubicCentimetres!: string;
  /** As issued by the keeper; null before. */
  @Column('bigint', { name: 'loaded_base', nullable: true })
  loadedBase!: string | null;
  @Column('bigint', { name: 'received_base', nullable: true })
  receivedBase!: string | null;
  @Column('bigint', { name: 'damaged_base', nullable: true })
  damagedBase!: string | null;
  @Column('bigint', { name: 'lost_base', nullable: true })
  lostBase!: string | null;
  @Column('bigint', { name: 'missing_base', nullable: true })
  missingBase!: string | null;
}

@Entity('bookings')
@Exclusion('ex_bookings_one_per_vehicle', 'USING gist (vehicle_id WITH =, during WITH &&)')
@Index('ix_bookings_open', ['vehicleId'], { where: 'upper_inf(during)' })
export class BookingRow {
  @PrimaryColumn('uuid', { name: 'trip_id', primaryKeyConstraintName: 'pk_bookings' })
  @ForeignKey(() => TripRow, { name: 'fk_bookings_trip' })
  tripId!: string;
  @Column('uuid', { name: 'vehicle_id' })
  @ForeignKey(() => VehicleRow, { name: 'fk_bookings_vehicle' })
  vehicleId!: string;
  /** Without an upper bound until the trip has ended. */
  @Column('tstzrange')
  during!: string;
}

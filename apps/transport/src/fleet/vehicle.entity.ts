import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';

/** Row shapes of the fleet: kinds of vehicles, carriers and their vehicles. */

@Entity('vehicle_types')
@Check('ck_vehicle_types_code', `code ~ '^[A-Z]{3}-[0-9]{2}$'`)
@Check('ck_vehicle_types_payload', 'payload_kilograms >= 0')
@Check('ck_vehicle_types_volume', 'volume_cubic_centimetres >= 0')
@Check('ck_vehicle_types_seats', 'seats >= 0')
@Check('ck_vehicle_types_speed', 'speed_kmh > 0')
export class VehicleTypeRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_vehicle_types' })
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text')
  mode!: string;
  @Column('integer', { name: 'payload_kilograms' })
  payloadKilograms!: number;
  @Column('bigint', { name: 'volume_cubic_centimetres' })
  volumeCubicCentimetres!: string;
  @Column('integer')
  seats!: number;
  /** On a normal road. */
  @Column('integer', { name: 'speed_kmh' })
  speedKmh!: number;
  @Column('text')
  terrain!: string;
  @Column('text', { name: 'loading_need' })
  loadingNeed!: string;
  @Column('text', { name: 'driver_licence' })
  driverLicence!: string;
  @Column('text', { name: 'dangerous_goods' })
  dangerousGoods!: string;
  @Column('text', { name: 'toll_rule' })
  tollRule!: string;
  /** Whether the figures are known or estimated. */
  @Column('text', { name: 'capacity_basis' })
  capacityBasis!: string;
  @Column('boolean', { name: 'carries_goods' })
  carriesGoods!: boolean;
  @Column('boolean', { name: 'main_roads_only' })
  mainRoadsOnly!: boolean;
}

@Entity('carriers')
@Unique('uq_carriers_code', ['code'])
@Check('ck_carriers_sourcing', `sourcing IN ('own', 'contract', 'requisition')`)
@Check('ck_carriers_region_code', regionCodeCheck('region_code'))
export class CarrierRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_carriers' })
  id!: string;
  @Column('text')
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text')
  sourcing!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('boolean')
  synthetic!: boolean;
}

@Entity('vehicles')
@Unique('uq_vehicles_plate', ['plate'])
@Check('ck_vehicles_region_code', regionCodeCheck('region_code'))
@Check('ck_vehicles_latitude', 'latitude BETWEEN -90 AND 90')
@Check('ck_vehicles_longitude', 'longitude BETWEEN -180 AND 180')
@Check('ck_vehicles_unavailable_reason', 'available = (unavailable_reason IS NULL)')
@Index('ix_vehicles_region_code_prefix', { synchronize: false })
@Index('ix_vehicles_type_code', ['typeCode'])
@Index('ix_vehicles_carrier_id', ['carrierId'])
export class VehicleRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_vehicles' })
  id!: string;
  @Column('text')
  plate!: string;
  @Column('text', { name: 'type_code' })
  @ForeignKey(() => VehicleTypeRow, { name: 'fk_vehicles_type' })
  typeCode!: string;
  @Column('uuid', { name: 'carrier_id' })
  @ForeignKey(() => CarrierRow, { name: 'fk_vehicles_carrier' })
  carrierId!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  /** Where it is based, WGS 84 degrees. */
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  /** Personal. */
  @Column('text', { name: 'driver_name' })
  driverName!: string;
  /** Personal: the account of the driver, if there is one. */
  @Column('text', { name: 'driver_username', nullable: true })
  driverUsername!: string | null;
  @Column('boolean')
  available!: boolean;
  @Column('text', { name: 'unavailable_reason', nullable: true })
  unavailableReason!: string | null;
  @Column('boolean')
  synthetic!: boolean;
}

import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Copies of other services' facts, made from their events. `sequence` is the number of the event a row comes from: an
 * older event never replaces a newer one.
 */

@Entity('projected_items')
export class ProjectedItemRow {
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_projected_items' })
  itemCode!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text')
  category!: string;
  @Column('text')
  unit!: string;
  @Column('boolean')
  recoverable!: boolean;
  @Column('boolean')
  perishable!: boolean;
  @Column('integer', { name: 'weight_grams' })
  weightGrams!: number;
  @Column('integer', { name: 'volume_cubic_centimetres' })
  volumeCubicCentimetres!: number;
  @Column('bigint')
  sequence!: string;
}

@Entity('projected_depots')
@Index('ix_projected_depots_region_code_prefix', { synchronize: false })
export class ProjectedDepotRow {
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_projected_depots' })
  depotId!: string;
  @Column('text')
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text')
  tier!: string;
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  @Column('bigint')
  sequence!: string;
}

/** Reserve standards by the day they begin; the latest that has begun is the floor. */
@Entity('projected_floors')
@Check('ck_projected_floors_not_negative', 'floor_base >= 0')
export class ProjectedFloorRow {
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_projected_floors' })
  depotId!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_projected_floors' })
  itemCode!: string;
  @PrimaryColumn('date', { name: 'valid_from', primaryKeyConstraintName: 'pk_projected_floors' })
  validFrom!: string;
  @Column('bigint', { name: 'floor_base' })
  floorBase!: string;
  @Column('bigint')
  sequence!: string;
}

/** Free stock as the sum of the movements seen so far; it may be negative while an earlier one is still on its way. */
@Entity('projected_stock')
@Index('ix_projected_stock_item_code', ['itemCode'])
export class ProjectedStockRow {
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_projected_stock' })
  depotId!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_projected_stock' })
  itemCode!: string;
  /** `infinity` for goods that do not expire. */
  @PrimaryColumn('date', { name: 'expiry_date', primaryKeyConstraintName: 'pk_projected_stock' })
  expiryDate!: string;
  @Column('bigint', { name: 'available_base' })
  availableBase!: string;
}

@Entity('projected_teams')
@Index('ix_projected_teams_type_code', ['typeCode'])
export class ProjectedTeamRow {
  @PrimaryColumn('uuid', { name: 'team_id', primaryKeyConstraintName: 'pk_projected_teams' })
  teamId!: string;
  @Column('text')
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text', { name: 'type_code' })
  typeCode!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  @Column('integer')
  strength!: number;
  @Column('bigint')
  sequence!: string;
}

@Entity('projected_vehicles')
@Index('ix_projected_vehicles_type_code', ['typeCode'])
export class ProjectedVehicleRow {
  @PrimaryColumn('uuid', { name: 'vehicle_id', primaryKeyConstraintName: 'pk_projected_vehicles' })
  vehicleId!: string;
  @Column('text')
  plate!: string;
  @Column('text', { name: 'type_code' })
  typeCode!: string;
  @Column('uuid', { name: 'carrier_id' })
  carrierId!: string;
  @Column('text')
  sourcing!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  @Column('integer', { name: 'payload_kilograms' })
  payloadKilograms!: number;
  @Column('bigint', { name: 'volume_cubic_centimetres' })
  volumeCubicCentimetres!: string;
  @Column('integer', { name: 'speed_kmh' })
  speedKmh!: number;
  @Column('boolean')
  available!: boolean;
  @Column('bigint')
  sequence!: string;
}

/** When the latest event of each service was made; answers from projections say how old they are by it. */
@Entity('projection_states')
export class ProjectionStateRow {
  /** `/supplies`, `/teams` or `/transport`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_projection_states' })
  source!: string;
  @Column('timestamptz', { name: 'last_event_at' })
  lastEventAt!: Date;
}

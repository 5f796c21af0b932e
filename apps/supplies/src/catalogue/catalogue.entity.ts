import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';

/** A kind of goods, named by our own code. */
@Entity('items')
@Check('ck_items_code', `code ~ '^[A-Z]{3}-[0-9]{3}$'`)
@Check('ck_items_size', 'weight_grams >= 0 AND volume_cubic_centimetres >= 0')
export class ItemRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_items' })
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text')
  category!: string;
  @Column('text')
  unit!: string;
  @Column('boolean')
  perishable!: boolean;
  @Column('boolean')
  recoverable!: boolean;
  @Column('integer', { name: 'shelf_life_months', nullable: true })
  shelfLifeMonths!: number | null;
  @Column('text', { name: 'shelf_life_basis' })
  shelfLifeBasis!: string;
  @Column('text', { name: 'rotation_rule' })
  rotationRule!: string;
  @Column('integer', { name: 'inspect_every_months', nullable: true })
  inspectEveryMonths!: number | null;
  @Column('text', { name: 'hazard_class' })
  hazardClass!: string;
  @Column('bigint', { name: 'weight_grams' })
  weightGrams!: string;
  @Column('bigint', { name: 'volume_cubic_centimetres' })
  volumeCubicCentimetres!: string;
  @Column('text', { name: 'size_basis' })
  sizeBasis!: string;
  @Column('text', { name: 'plan_reference' })
  planReference!: string;
}

/** A depot or storage point. */
@Entity('depots')
@Unique('uq_depots_code', ['code'])
@Index('ix_depots_region_code', { synchronize: false })
@Check('ck_depots_region_code', regionCodeCheck('region_code'))
@Check('ck_depots_tier', `tier IN ('province', 'city', 'county', 'township', 'village')`)
@Check('ck_depots_kind', `kind IN ('warehouse', 'point')`)
@Check('ck_depots_position', 'latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180')
export class DepotRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_depots' })
  id!: string;
  @Column('text')
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text')
  tier!: string;
  @Column('text')
  kind!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  @Column('text', { name: 'position_basis' })
  positionBasis!: string;
  @Column('boolean')
  remote!: boolean;
  @Column('boolean')
  synthetic!: boolean;
}

/** What a depot has to keep of an item from a day on; the latest day that has come is in force. */
@Entity('reserve_standards')
@Check('ck_reserve_standards_floor', 'floor_base >= 0')
export class ReserveStandardRow {
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_reserve_standards' })
  @ForeignKey(() => DepotRow, { name: 'fk_reserve_standards_depot' })
  depotId!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_reserve_standards' })
  @ForeignKey(() => ItemRow, { name: 'fk_reserve_standards_item' })
  itemCode!: string;
  @PrimaryColumn('date', { name: 'valid_from', primaryKeyConstraintName: 'pk_reserve_standards' })
  validFrom!: string;
  @Column('bigint', { name: 'floor_base' })
  floorBase!: string;
  @Column('text')
  basis!: string;
}

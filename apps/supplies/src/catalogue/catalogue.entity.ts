import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import {
  CAPACITY_RULES,
  DEPOT_KINDS,
  DEPOT_OWNER_KINDS,
  OPENING_STATES,
  POSITION_BASES,
} from '../depots/domain/depot-entry';
import { BASES, ROTATION_RULES } from './domain/item-entry';

const listed = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** A code of GB/T 38565-2020 as a department imported it. None comes with the product. */
@Entity('item_standard_codes')
@Check('ck_item_standard_codes_code', `code ~ '^[123]((0[1-9]|[1-9][0-9])){3}$'`)
export class ItemStandardCodeRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_item_standard_codes' })
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text')
  source!: string;
  @Column('text', { name: 'imported_by' })
  importedBy!: string;
  @Column('uuid', { name: 'imported_by_id' })
  importedById!: string;
  @Column('timestamptz', { name: 'imported_at' })
  importedAt!: Date;
}

/** A kind of goods, named by our own code. */
@Entity('items')
@Check('ck_items_code', `code ~ '^[A-Z]{3}-[0-9]{3}$'`)
@Check('ck_items_size', 'weight_grams >= 0 AND volume_cubic_centimetres >= 0')
@Check('ck_items_rotation_rule', `rotation_rule IN (${listed(ROTATION_RULES)})`)
@Check('ck_items_rotation_basis', `rotation_basis IN (${listed(BASES)})`)
@Check('ck_items_months', 'shelf_life_months > 0 AND inspect_every_months > 0')
@Check('ck_items_version', 'version > 0')
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
  @Column('text', { name: 'shelf_life_source', default: '' })
  shelfLifeSource!: string;
  @Column('text', { name: 'rotation_source', default: '' })
  rotationSource!: string;
  @Column('text', { name: 'rotation_basis', default: 'estimate' })
  rotationBasis!: string;
  @Column('text', { name: 'size_source', default: '' })
  sizeSource!: string;
  @Column('text', { name: 'standard_code', nullable: true })
  @ForeignKey(() => ItemStandardCodeRow, { name: 'fk_items_standard_code' })
  standardCode!: string | null;
  /** Counts the changes of the entry; a change names the one it was made from. */
  @Column('integer', { default: 1 })
  version!: number;
}

/** A depot or storage point. */
@Entity('depots')
@Unique('uq_depots_code', ['code'])
@Index('ix_depots_region_code', { synchronize: false })
@Check('ck_depots_region_code', regionCodeCheck('region_code'))
@Check('ck_depots_tier', `tier IN ('province', 'city', 'county', 'township', 'village')`)
@Check('ck_depots_kind', `kind IN (${listed(DEPOT_KINDS)})`)
@Check(
  'ck_depots_tier_region',
  `tier = CASE char_length(region_code)
     WHEN 2 THEN 'province' WHEN 4 THEN 'city' WHEN 6 THEN 'county' WHEN 9 THEN 'township' ELSE 'village' END`,
)
@Check('ck_depots_position_basis', `position_basis IN (${listed(POSITION_BASES)})`)
@Check('ck_depots_owner_kind', `owner_kind IN (${listed(DEPOT_OWNER_KINDS)})`)
@Check('ck_depots_owner', '(owner_name IS NULL) = (owner_kind IS NULL)')
@Check('ck_depots_capacity', 'capacity_cubic_centimetres > 0 AND capacity_grams > 0')
@Check('ck_depots_capacity_rule', `capacity_rule IN (${listed(CAPACITY_RULES)})`)
@Check('ck_depots_state', `state IN (${listed(OPENING_STATES)})`)
@Check('ck_depots_shelter', `(kind = 'shelter') = (shelter_places IS NOT NULL) AND shelter_places > 0`)
@Check(
  'ck_depots_pre_positioning',
  `pre_positioning_need = (pre_positioning_reason IS NOT NULL)
   AND pre_positioning_need = (pre_positioning_source IS NOT NULL)
   AND pre_positioning_need = (pre_positioning_since IS NOT NULL)`,
)
@Check('ck_depots_version', 'version > 0')
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
  @Column('text', { name: 'owner_name', nullable: true })
  ownerName!: string | null;
  @Column('text', { name: 'owner_kind', nullable: true })
  ownerKind!: string | null;
  @Column('bigint', { name: 'capacity_cubic_centimetres', nullable: true })
  capacityCubicCentimetres!: string | null;
  @Column('bigint', { name: 'capacity_grams', nullable: true })
  capacityGrams!: string | null;
  @Column('text', { name: 'capacity_rule', default: 'soft' })
  capacityRule!: string;
  @Column('text', { default: 'open' })
  state!: string;
  @Column('text', { name: 'state_reason', nullable: true })
  stateReason!: string | null;
  @Column('text', { name: 'opening_hours', nullable: true })
  openingHours!: string | null;
  @Column('integer', { name: 'shelter_places', nullable: true })
  shelterPlaces!: number | null;
  /** Cut off or at high risk: goods have to lie here before something happens. */
  @Column('boolean', { name: 'pre_positioning_need', default: false })
  prePositioningNeed!: boolean;
  @Column('text', { name: 'pre_positioning_reason', nullable: true })
  prePositioningReason!: string | null;
  @Column('text', { name: 'pre_positioning_source', nullable: true })
  prePositioningSource!: string | null;
  @Column('date', { name: 'pre_positioning_since', nullable: true })
  prePositioningSince!: string | null;
  /** Counts the changes of the entry; a change names the one it was made from. */
  @Column('integer', { default: 1 })
  version!: number;
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

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { BASES } from './domain/basis';
import { RISK_LEVELS } from './domain/region-fact';
import { TEMPORARY_KINDS } from './domain/temporary-standard';

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');
const isBasis = `basis IN (${listOf(BASES)})`;
const isRisk = `risk_level IN (${listOf(RISK_LEVELS)})`;

/** What all of these rows say: where a figure comes from, and who entered it. They are appended, never changed. */
abstract class SourcedRow {
  @Column('text')
  source!: string;
  @Column('text')
  basis!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('uuid', { name: 'set_by_id', nullable: true })
  setById!: string | null;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

/** A dated rule: what regions of a tier, or one enterprise, have to keep. */
@Entity('standard_rules')
@Index('ix_standard_rules_region_code', { synchronize: false })
@Index('ix_standard_rules_line', ['lineKey', 'validFrom'])
@Check('ck_standard_rules_region_code', regionCodeCheck('region_code'))
@Check(
  'ck_standard_rules_holder',
  `tier IN ('province', 'city', 'county', 'township', 'village')
     AND enterprise_id IS NULL AND enterprise_name IS NULL
   OR tier IS NULL AND enterprise_id IS NOT NULL AND enterprise_name IS NOT NULL AND measure = 'fixed'`,
)
@Check('ck_standard_rules_target', 'num_nonnulls(item_code, category, capability) = 1')
@Check(
  'ck_standard_rules_measure',
  `measure = 'fixed' AND per_people IS NULL AND risk_level IS NULL
   OR measure = 'per-people' AND per_people > 0 AND risk_level IS NULL
   OR measure = 'risk-level' AND per_people IS NULL AND ${isRisk}`,
)
@Check('ck_standard_rules_amount', 'amount_base BETWEEN 0 AND 1000000000')
@Check('ck_standard_rules_dates', 'valid_to >= valid_from - 1')
@Check('ck_standard_rules_basis', isBasis)
export class StandardRuleRow extends SourcedRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_standard_rules' })
  id!: string;
  /** Rows with the same key are one rule over time. */
  @Column('text', { name: 'line_key' })
  lineKey!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text', { nullable: true })
  tier!: string | null;
  @Column('uuid', { name: 'enterprise_id', nullable: true })
  enterpriseId!: string | null;
  @Column('text', { name: 'enterprise_name', nullable: true })
  enterpriseName!: string | null;
  @Column('text', { name: 'item_code', nullable: true })
  @ForeignKey(() => ItemRow, { name: 'fk_standard_rules_item' })
  itemCode!: string | null;
  @Column('text', { nullable: true })
  category!: string | null;
  @Column('text', { nullable: true })
  capability!: string | null;
  @Column('text')
  measure!: string;
  @Column('bigint', { name: 'amount_base' })
  amountBase!: string;
  @Column('integer', { name: 'per_people', nullable: true })
  perPeople!: number | null;
  @Column('text', { name: 'risk_level', nullable: true })
  riskLevel!: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
  @Column('text', { name: 'approved_by', nullable: true })
  approvedBy!: string | null;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('uuid', { name: 'replaces_id', nullable: true })
  @ForeignKey(() => StandardRuleRow, { name: 'fk_standard_rules_replaces' })
  replacesId!: string | null;
}

/** What is known of a region from a day on: its people, its risk. */
@Entity('region_facts')
@Index('ix_region_facts_region_code', { synchronize: false })
@Check('ck_region_facts_region_code', regionCodeCheck('region_code'))
@Check(
  'ck_region_facts_value',
  `kind = 'population' AND population BETWEEN 0 AND 2000000000 AND risk_level IS NULL
   OR kind = 'risk-level' AND ${isRisk} AND population IS NULL`,
)
@Check('ck_region_facts_basis', isBasis)
export class RegionFactRow extends SourcedRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_region_facts' })
  id!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text')
  kind!: string;
  @Column('bigint', { nullable: true })
  population!: string | null;
  @Column('text', { name: 'risk_level', nullable: true })
  riskLevel!: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
}

/** How much of a standard may be covered by promises instead of goods in store, per cent. */
@Entity('standard_shares')
@Index('ix_standard_shares_region_code', { synchronize: false })
@Check('ck_standard_shares_region_code', regionCodeCheck('region_code'))
@Check('ck_standard_shares_mode', `mode IN ('agreement', 'enterprise', 'capacity')`)
@Check('ck_standard_shares_target', 'num_nonnulls(item_code, category) <= 1')
@Check('ck_standard_shares_percent', 'share_percent BETWEEN 0 AND 100')
@Check('ck_standard_shares_dates', 'valid_to >= valid_from - 1')
@Check('ck_standard_shares_basis', isBasis)
export class StandardShareRow extends SourcedRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_standard_shares' })
  id!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text')
  mode!: string;
  @Column('text', { name: 'item_code', nullable: true })
  @ForeignKey(() => ItemRow, { name: 'fk_standard_shares_item' })
  itemCode!: string | null;
  @Column('text', { nullable: true })
  category!: string | null;
  @Column('integer', { name: 'share_percent' })
  sharePercent!: number;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
}

/** Every floor that was ever set for a depot; `reserve_standards` holds what stands. */
@Entity('standard_floor_changes')
@Index('ix_standard_floor_changes_depot', ['depotId'])
@Check('ck_standard_floor_changes_floor', 'floor_base >= 0')
@Check('ck_standard_floor_changes_basis', isBasis)
export class StandardFloorChangeRow extends SourcedRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_standard_floor_changes' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_standard_floor_changes_depot' })
  depotId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_standard_floor_changes_item' })
  itemCode!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('bigint', { name: 'floor_base' })
  floorBase!: string;
}

/** What a place has to keep besides its standard for an event, a season or a special need. */
@Entity('temporary_standards')
@Index('ix_temporary_standards_region_code', { synchronize: false })
@Index('ix_temporary_standards_depot', ['depotId'], { where: 'depot_id IS NOT NULL' })
@Check('ck_temporary_standards_kind', `kind IN (${listOf(TEMPORARY_KINDS)})`)
@Check('ck_temporary_standards_region_code', regionCodeCheck('region_code'))
@Check('ck_temporary_standards_dates', 'valid_from <= valid_to AND fill_up_by <= valid_to AND draw_down_by > valid_to')
@Check('ck_temporary_standards_basis', isBasis)
export class TemporaryStandardRow extends SourcedRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_temporary_standards' })
  id!: string;
  @Column('text')
  kind!: string;
  @Column('text')
  name!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'depot_id', nullable: true })
  @ForeignKey(() => DepotRow, { name: 'fk_temporary_standards_depot' })
  depotId!: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('date', { name: 'valid_to' })
  validTo!: string;
  @Column('date', { name: 'fill_up_by' })
  fillUpBy!: string;
  @Column('date', { name: 'draw_down_by' })
  drawDownBy!: string;
}

@Entity('temporary_standard_items')
@Check('ck_temporary_standard_items_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
export class TemporaryStandardItemRow {
  @PrimaryColumn('uuid', { name: 'standard_id', primaryKeyConstraintName: 'pk_temporary_standard_items' })
  @ForeignKey(() => TemporaryStandardRow, { name: 'fk_temporary_standard_items_standard' })
  standardId!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_temporary_standard_items' })
  @ForeignKey(() => ItemRow, { name: 'fk_temporary_standard_items_item' })
  itemCode!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
}

/** A standard for a time that was ended before its last day. */
@Entity('temporary_standard_ends')
@Unique('uq_temporary_standard_ends_standard', ['standardId'])
export class TemporaryStandardEndRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_temporary_standard_ends' })
  id!: string;
  @Column('uuid', { name: 'standard_id' })
  @ForeignKey(() => TemporaryStandardRow, { name: 'fk_temporary_standard_ends_standard' })
  standardId!: string;
  @Column('date', { name: 'last_day' })
  lastDay!: string;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('uuid', { name: 'set_by_id', nullable: true })
  setById!: string | null;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

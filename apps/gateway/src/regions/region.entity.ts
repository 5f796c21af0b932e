import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';

/** Statistical divisions. A parent's code is the leading part of its children's codes. */
@Entity('regions')
@Check('ck_regions_region_code', regionCodeCheck('region_code'))
@Check('ck_regions_tier', `tier IN ('province', 'city', 'county', 'township', 'village')`)
@Check('ck_regions_parent', 'parent_code IS NULL OR starts_with(region_code, parent_code)')
@Index('ix_regions_region_code_prefix', { synchronize: false })
export class RegionRow {
  @PrimaryColumn('text', { name: 'region_code', primaryKeyConstraintName: 'pk_regions' })
  regionCode!: string;
  @Column('text')
  name!: string;
  @Column('text', { name: 'short_name' })
  shortName!: string;
  @Column('text')
  tier!: string;
  /** The division's own kind: 镇, 乡, 村民委员会 … */
  @Column('text')
  kind!: string;
  @Column('text', { name: 'parent_code', nullable: true })
  parentCode!: string | null;
  @ManyToOne(() => RegionRow)
  @JoinColumn({ name: 'parent_code', foreignKeyConstraintName: 'fk_regions_parent' })
  parent?: RegionRow | null;
}

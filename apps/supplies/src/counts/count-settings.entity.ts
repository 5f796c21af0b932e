import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ItemRow } from '../catalogue/catalogue.entity';

const SCOPE = `scope ~ '^([*]|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** How a class of items is counted. Configuration; the narrowest scope that covers a depot is in force there. */
@Entity('count_class_settings')
@Check('ck_count_class_settings_scope', SCOPE)
@Check('ck_count_class_settings_class', `class IN ('A', 'B', 'C')`)
@Check(
  'ck_count_class_settings_figures',
  `interval_days > 0 AND tolerance_basis_points BETWEEN 0 AND 10000 AND tolerance_base >= 0
   AND approver_above_base >= 0 AND approver_above_fen >= 0`,
)
export class CountClassSettingRow {
  /** `*` for the whole installation, or a region code for the region and everything below it. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_count_class_settings' })
  scope!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_count_class_settings' })
  class!: string;
  @Column('integer', { name: 'interval_days' })
  intervalDays!: number;
  @Column('integer', { name: 'tolerance_basis_points' })
  toleranceBasisPoints!: number;
  @Column('bigint', { name: 'tolerance_base' })
  toleranceBase!: string;
  @Column('bigint', { name: 'approver_above_base' })
  approverAboveBase!: string;
  @Column('bigint', { name: 'approver_above_fen' })
  approverAboveFen!: string;
  @Column('text')
  basis!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

/** The class of an item and the estimated value of a piece. Configuration. */
@Entity('count_item_settings')
@Check('ck_count_item_settings_scope', SCOPE)
@Check('ck_count_item_settings_class', `class IN ('A', 'B', 'C')`)
@Check('ck_count_item_settings_value', 'unit_value_fen >= 0')
export class CountItemSettingRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_count_item_settings' })
  scope!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_count_item_settings' })
  @ForeignKey(() => ItemRow, { name: 'fk_count_item_settings_item' })
  itemCode!: string;
  @Column('text')
  class!: string;
  @Column('bigint', { name: 'unit_value_fen', nullable: true })
  unitValueFen!: string | null;
  @Column('text')
  basis!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

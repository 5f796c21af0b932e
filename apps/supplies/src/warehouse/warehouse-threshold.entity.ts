import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { THRESHOLD_KINDS } from './domain/threshold';

/** From which value on a rule is stricter, in a region and below it, from a moment on. Append-only. */
@Entity('warehouse_thresholds')
@Index('ix_warehouse_thresholds_kind', ['kind', 'regionCode', 'setAt'])
@Check('ck_warehouse_thresholds_region_code', regionCodeCheck('region_code'))
@Check('ck_warehouse_thresholds_kind', `kind IN (${THRESHOLD_KINDS.map((kind) => `'${kind}'`).join(', ')})`)
@Check('ck_warehouse_thresholds_value', 'value >= 0')
export class WarehouseThresholdRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_warehouse_thresholds' })
  id!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text')
  kind!: string;
  @Column('bigint')
  value!: string;
  @Column('text')
  basis!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('uuid', { name: 'set_by_id' })
  setById!: string;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

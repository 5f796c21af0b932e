import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow, ItemRow } from '../../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../../stock/stock.entity';

const KINDS = `('run-test', 'cylinder-test', 'set-check', 'calibrate', 'inspect', 'vehicle-check')`;

/** Which test goods of a class need, and how often, from a day on. Append-only configuration. */
@Entity('equipment_test_rules')
@Index('ix_equipment_test_rules_class', ['itemClass', 'classValue'])
@Check('ck_equipment_test_rules_class', `item_class IN ('item', 'category', 'rule')`)
@Check('ck_equipment_test_rules_kind', `test_kind IN ${KINDS}`)
@Check('ck_equipment_test_rules_interval', 'interval_months BETWEEN 1 AND 240')
@Check('ck_equipment_test_rules_days', 'notice_days BETWEEN 0 AND 365 AND grace_days BETWEEN 0 AND 365')
@Check('ck_equipment_test_rules_region_code', regionCodeCheck('region_code'))
@Check('ck_equipment_test_rules_basis', `basis = 'estimate' OR (basis = 'sourced' AND source IS NOT NULL)`)
export class EquipmentTestRuleRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_equipment_test_rules' })
  id!: string;
  @Column('text', { name: 'item_class' })
  itemClass!: string;
  @Column('text', { name: 'class_value' })
  classValue!: string;
  @Column('text', { name: 'test_kind' })
  testKind!: string;
  /** False for goods that a wider rule would ask for a test they do not have. */
  @Column('boolean')
  required!: boolean;
  /** null is the interval of the catalogue. */
  @Column('integer', { name: 'interval_months', nullable: true })
  intervalMonths!: number | null;
  @Column('integer', { name: 'notice_days' })
  noticeDays!: number;
  @Column('integer', { name: 'grace_days' })
  graceDays!: number;
  @Column('text', { name: 'region_code', nullable: true })
  regionCode!: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('text')
  basis!: string;
  @Column('text', { nullable: true })
  source!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id', nullable: true })
  recordedById!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** The duty to test, or to repair, a lot in a depot. At most one is open per lot, depot and kind of test. */
@Entity('equipment_test_orders')
@Index('uq_equipment_test_orders_open', ['depotId', 'lotId', 'testKind'], {
  unique: true,
  where: 'ended_at IS NULL',
})
@Index('ix_equipment_test_orders_lot', ['lotId', 'depotId'])
@Check('ck_equipment_test_orders_kind', `test_kind IN ${KINDS}`)
@Check('ck_equipment_test_orders_state', `state IN ('open', 'held', 'repair', 'done', 'void')`)
@Check(
  'ck_equipment_test_orders_hold',
  'hold_on > due_on AND held_base >= 0 AND (hold_reason IS NULL) = (held_at IS NULL)',
)
@Check('ck_equipment_test_orders_held', `state NOT IN ('held', 'repair') OR hold_reason IS NOT NULL`)
@Check('ck_equipment_test_orders_end', `(state IN ('done', 'void')) = (ended_at IS NOT NULL)`)
export class EquipmentTestOrderRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_equipment_test_orders' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_equipment_test_orders_depot' })
  depotId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_equipment_test_orders_lot' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_equipment_test_orders_item' })
  itemCode!: string;
  @Column('text', { name: 'test_kind' })
  testKind!: string;
  @Column('text')
  state!: string;
  @Column('date', { name: 'due_on' })
  dueOn!: string;
  /** From this day on the equipment is held when it was not tested. */
  @Column('date', { name: 'hold_on' })
  holdOn!: string;
  @Column('text', { name: 'hold_reason', nullable: true })
  holdReason!: string | null;
  /** Pieces that this order took out of the free stock and that go back when it is done. */
  @Column('bigint', { name: 'held_base', default: 0 })
  heldBase!: string;
  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' })
  openedAt!: Date;
  @Column('timestamptz', { name: 'held_at', nullable: true })
  heldAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

/** A test that was done. Append-only. */
@Entity('equipment_tests')
@Index('ix_equipment_tests_lot', ['lotId', 'testKind', 'testedOn'])
@Index('ix_equipment_tests_depot', ['depotId', 'testedOn'])
@Check('ck_equipment_tests_kind', `test_kind IN ${KINDS}`)
@Check('ck_equipment_tests_result', `result IN ('passed', 'remarks', 'failed')`)
@Check('ck_equipment_tests_remarks', `result = 'passed' OR remarks IS NOT NULL`)
@Check('ck_equipment_tests_next', `(result = 'failed') = (next_due_on IS NULL) AND next_due_on > tested_on`)
export class EquipmentTestRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_equipment_tests' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_equipment_tests_depot' })
  depotId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_equipment_tests_lot' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_equipment_tests_item' })
  itemCode!: string;
  @Column('text', { name: 'test_kind' })
  testKind!: string;
  @Column('uuid', { name: 'order_id', nullable: true })
  @ForeignKey(() => EquipmentTestOrderRow, { name: 'fk_equipment_tests_order' })
  orderId!: string | null;
  @Column('date', { name: 'tested_on' })
  testedOn!: string;
  @Column('text')
  result!: string;
  /** null after a failed test. */
  @Column('date', { name: 'next_due_on', nullable: true })
  nextDueOn!: string | null;
  @Column('text')
  tester!: string;
  @Column('text', { nullable: true })
  remarks!: string | null;
  @Column('text', { nullable: true })
  document!: string | null;
  /** The movement that took the equipment out of the free stock, or put it back. */
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_equipment_tests_movement' })
  movementId!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

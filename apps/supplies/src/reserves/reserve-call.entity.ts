import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow } from '../catalogue/catalogue.entity';
import { MovementRow } from '../stock/stock.entity';
import { ReserveContractRow } from './reserve-contract.entity';

/** A call of a contract: so many pieces, by then, to there. */
@Entity('reserve_contract_calls')
@Index('ix_reserve_contract_calls_contract', ['contractId'])
@Index('ix_reserve_contract_calls_open', ['neededBy'], {
  where: `state IN ('awaiting-approval', 'called', 'confirmed', 'delivering')`,
})
@Check(
  'ck_reserve_contract_calls_state',
  `state IN ('awaiting-approval', 'called', 'confirmed', 'declined', 'delivering', 'received', 'cancelled')`,
)
@Check(
  'ck_reserve_contract_calls_quantity',
  'quantity_base > 0 AND received_base >= 0 AND released_base >= 0 AND received_base + released_base <= quantity_base',
)
@Check(
  'ck_reserve_contract_calls_open',
  `(state IN ('awaiting-approval', 'called', 'confirmed', 'delivering')) = (received_base + released_base < quantity_base)`,
)
@Check('ck_reserve_contract_calls_nothing_came', `received_base = 0 OR state IN ('delivering', 'received')`)
@Check('ck_reserve_contract_calls_region_code', regionCodeCheck('destination_region_code'))
@Check('ck_reserve_contract_calls_minimum', 'NOT breaks_minimum OR use_order IS NOT NULL')
@Check('ck_reserve_contract_calls_four_eyes', 'approved_by_id <> placed_by_id')
@Check('ck_reserve_contract_calls_late', '(late_since IS NOT NULL) = (escalation > 0)')
export class ReserveCallRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_reserve_contract_calls' })
  id!: string;
  @Column('uuid', { name: 'contract_id' })
  @ForeignKey(() => ReserveContractRow, { name: 'fk_reserve_contract_calls_contract' })
  contractId!: string;
  @Column('text')
  state!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('bigint', { name: 'received_base', default: 0 })
  receivedBase!: string;
  /** Given back to the contract: declined, cancelled, or confirmed for less. */
  @Column('bigint', { name: 'released_base', default: 0 })
  releasedBase!: string;
  @Column('timestamptz', { name: 'needed_by' })
  neededBy!: Date;
  @Column('timestamptz', { name: 'promised_by', nullable: true })
  promisedBy!: Date | null;
  @Column('uuid', { name: 'destination_depot_id', nullable: true })
  @ForeignKey(() => DepotRow, { name: 'fk_reserve_contract_calls_depot' })
  destinationDepotId!: string | null;
  @Column('text', { name: 'destination_region_code' })
  destinationRegionCode!: string;
  @Column('boolean', { name: 'breaks_minimum' })
  breaksMinimum!: boolean;
  @Column('text', { name: 'use_order', nullable: true })
  useOrder!: string | null;
  @Column('text')
  reason!: string;
  @Column('bigint', { name: 'amount_fen', nullable: true })
  amountFen!: string | null;
  /** Why an approver has to sign; null for a call below the thresholds. */
  @Column('text', { name: 'approval_reason', nullable: true })
  approvalReason!: string | null;
  @Column('text', { name: 'approved_by', nullable: true })
  approvedBy!: string | null;
  @Column('uuid', { name: 'approved_by_id', nullable: true })
  approvedById!: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true })
  approvedAt!: Date | null;
  @Column('text', { name: 'placed_by' })
  placedBy!: string;
  @Column('uuid', { name: 'placed_by_id' })
  placedById!: string;
  @Column('timestamptz', { name: 'placed_at', default: () => 'now()' })
  placedAt!: Date;
  @Column('timestamptz', { name: 'late_since', nullable: true })
  lateSince!: Date | null;
  @Column('integer', { default: 0 })
  escalation!: number;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

/** A receipt that answers a call, in part or whole. Append-only; one that is reversed counts no more. */
@Entity('reserve_contract_call_receipts')
@Index('ix_reserve_contract_call_receipts_call', ['callId'])
@Index('ix_reserve_contract_call_receipts_contract', ['contractId'])
@Check('ck_reserve_contract_call_receipts_quantity', 'quantity_base > 0')
export class ReserveCallReceiptRow {
  @PrimaryColumn('uuid', { name: 'movement_id', primaryKeyConstraintName: 'pk_reserve_contract_call_receipts' })
  @ForeignKey(() => MovementRow, { name: 'fk_reserve_contract_call_receipts_movement' })
  movementId!: string;
  @Column('uuid', { name: 'call_id' })
  @ForeignKey(() => ReserveCallRow, { name: 'fk_reserve_contract_call_receipts_call' })
  callId!: string;
  @Column('uuid', { name: 'contract_id' })
  @ForeignKey(() => ReserveContractRow, { name: 'fk_reserve_contract_call_receipts_contract' })
  contractId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('integer')
  term!: number;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}

/** From what quantity or amount on an approver signs a call, in a region and below it. Append-only. */
@Entity('reserve_contract_call_rules')
@Index('ix_reserve_contract_call_rules_region', ['regionCode', 'validFrom', 'recordedAt'])
@Check('ck_reserve_contract_call_rules_region_code', regionCodeCheck('region_code'))
@Check(
  'ck_reserve_contract_call_rules_from',
  'from_quantity_base > 0 AND from_amount_fen > 0 AND coalesce(from_quantity_base, from_amount_fen) IS NOT NULL',
)
export class ReserveCallRuleRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_reserve_contract_call_rules' })
  id!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('bigint', { name: 'from_quantity_base', nullable: true })
  fromQuantityBase!: string | null;
  @Column('bigint', { name: 'from_amount_fen', nullable: true })
  fromAmountFen!: string | null;
  @Column('text')
  basis!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'clock_timestamp()' })
  recordedAt!: Date;
}

/** Who changed what of a contract or a call of it, when and why. Append-only. */
@Entity('reserve_contract_changes')
@Index('ix_reserve_contract_changes_contract', ['contractId', 'recordedAt'])
export class ReserveContractChangeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_reserve_contract_changes' })
  id!: string;
  @Column('uuid', { name: 'contract_id' })
  @ForeignKey(() => ReserveContractRow, { name: 'fk_reserve_contract_changes_contract' })
  contractId!: string;
  @Column('uuid', { name: 'call_id', nullable: true })
  @ForeignKey(() => ReserveCallRow, { name: 'fk_reserve_contract_changes_call' })
  callId!: string | null;
  @Column('text')
  kind!: string;
  @Column('text', { nullable: true })
  reason!: string | null;
  @Column('jsonb')
  details!: Record<string, unknown>;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id', nullable: true })
  recordedById!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

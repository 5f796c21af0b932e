import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LOAN_STATES } from './domain/loan-state';
import { SharingAgreementLineRow } from './sharing-agreement.entity';

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Goods of one item that one region lends to another under a line of an agreement. */
@Entity('loans')
@Unique('uq_loans_number', ['number'])
@Index('ix_loans_lender', { synchronize: false })
@Index('ix_loans_borrower', { synchronize: false })
@Index('ix_loans_line', ['agreementLineId'])
@Check('ck_loans_state', `state IN (${listOf(LOAN_STATES)})`)
@Check(
  'ck_loans_quantities',
  'asked_base > 0 AND granted_base > 0 AND granted_base <= asked_base AND lent_base BETWEEN 0 AND granted_base',
)
@Check('ck_loans_cleared', 'given_back_base >= 0 AND settled_base >= 0 AND given_back_base + settled_base <= lent_base')
@Check('ck_loans_due', '(lent_base > 0) = (due_on IS NOT NULL)')
@Check('ck_loans_closed', `state <> 'closed' OR given_back_base + settled_base = lent_base`)
@Check('ck_loans_four_eyes', 'decided_by_id <> requested_by_id')
export class LoanRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_loans' })
  id!: string;
  @Column('text')
  number!: string;
  @Column('uuid', { name: 'agreement_line_id' })
  @ForeignKey(() => SharingAgreementLineRow, { name: 'fk_loans_agreement_line' })
  agreementLineId!: string;
  @Column('text', { name: 'lender_region_code' })
  lenderRegionCode!: string;
  @Column('text', { name: 'borrower_region_code' })
  borrowerRegionCode!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_loans_item' })
  itemCode!: string;
  @Column('text')
  state!: string;
  @Column('bigint', { name: 'asked_base' })
  askedBase!: string;
  @Column('bigint', { name: 'granted_base', nullable: true })
  grantedBase!: string | null;
  /** What left the lender: the debt that was booked. */
  @Column('bigint', { name: 'lent_base', default: 0 })
  lentBase!: string;
  @Column('bigint', { name: 'given_back_base', default: 0 })
  givenBackBase!: string;
  @Column('bigint', { name: 'settled_base', default: 0 })
  settledBase!: string;
  /** It asks for more than the agreement gives; the lender's commander decides and says why. */
  @Column('boolean', { name: 'beyond_share' })
  beyondShare!: boolean;
  @Column('uuid', { name: 'to_depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_loans_to_depot' })
  toDepotId!: string;
  @Column('text')
  reason!: string;
  @Column('date', { name: 'due_on', nullable: true })
  dueOn!: string | null;
  @Column('integer', { name: 'overdue_warnings', default: 0 })
  overdueWarnings!: number;
  @Column('text', { name: 'override_reason', nullable: true })
  overrideReason!: string | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
  @Column('text', { name: 'requested_by' })
  requestedBy!: string;
  @Column('uuid', { name: 'requested_by_id' })
  requestedById!: string;
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' })
  requestedAt!: Date;
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
}

/** Pieces that are paid for instead of given back; one side proposes, the other confirms. */
@Entity('loan_settlements')
@Index('ix_loan_settlements_loan', ['loanId'])
@Check(
  'ck_loan_settlements_amount',
  'quantity_base > 0 AND unit_price_fen >= 0 AND amount_fen = quantity_base * unit_price_fen',
)
@Check('ck_loan_settlements_state', `state IN ('proposed', 'confirmed', 'refused')`)
@Check('ck_loan_settlements_side', `proposed_for IN ('lender', 'borrower')`)
@Check('ck_loan_settlements_decided', `(state = 'proposed') = (decided_by_id IS NULL)`)
@Check('ck_loan_settlements_four_eyes', 'decided_by_id <> proposed_by_id')
export class LoanSettlementRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_loan_settlements' })
  id!: string;
  @Column('uuid', { name: 'loan_id' })
  @ForeignKey(() => LoanRow, { name: 'fk_loan_settlements_loan' })
  loanId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('bigint', { name: 'unit_price_fen' })
  unitPriceFen!: string;
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  @Column('text')
  state!: string;
  @Column('text', { name: 'proposed_for' })
  proposedFor!: string;
  @Column('text', { name: 'proposed_by' })
  proposedBy!: string;
  @Column('uuid', { name: 'proposed_by_id' })
  proposedById!: string;
  @Column('timestamptz', { name: 'proposed_at', default: () => 'now()' })
  proposedAt!: Date;
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { APPROVAL_KINDS, SIGNATORIES } from './domain/approval-rule';

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Who signs what in a region from a day on. Append-only: a new rule has a later day. */
@Entity('approval_rules')
@Unique('uq_approval_rules_day', ['kind', 'regionCode', 'validFrom'])
@Check('ck_approval_rules_kind', `kind IN (${listOf(APPROVAL_KINDS)})`)
@Check('ck_approval_rules_region_code', regionCodeCheck('region_code'))
@Check('ck_approval_rules_hours', 'answer_hours > 0 AND papers_hours > 0')
@Check('ck_approval_rules_basis', `basis IN ('sourced', 'estimate')`)
export class ApprovalRuleRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_approval_rules' })
  id!: string;
  @Column('text')
  kind!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('integer', { name: 'answer_hours' })
  answerHours!: number;
  @Column('integer', { name: 'papers_hours' })
  papersHours!: number;
  @Column('text')
  basis!: string;
  @Column('text')
  source!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('uuid', { name: 'set_by_id' })
  setById!: string;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

@Entity('approval_rule_steps')
@Check('ck_approval_rule_steps_amount', 'from_fen >= 0')
@Check('ck_approval_rule_steps_signatory', `signatory IN (${listOf(SIGNATORIES)})`)
export class ApprovalRuleStepRow {
  @PrimaryColumn('uuid', { name: 'rule_id', primaryKeyConstraintName: 'pk_approval_rule_steps' })
  @ForeignKey(() => ApprovalRuleRow, { name: 'fk_approval_rule_steps_rule' })
  ruleId!: string;
  @PrimaryColumn('bigint', { name: 'from_fen', primaryKeyConstraintName: 'pk_approval_rule_steps' })
  fromFen!: string;
  @Column('text')
  signatory!: string;
}

/**
 * A request that waits for a second person or was decided by one. In the lane `act-first` the thing is done already and
 * the pending row is the debt of its papers.
 */
@Entity('approvals')
@Index('ix_approvals_subject', ['kind', 'subjectId'])
@Index('uq_approvals_pending', ['kind', 'subjectId'], { unique: true, where: `state = 'pending'` })
@Index('ix_approvals_pending_region', { synchronize: false })
@Check('ck_approvals_kind', `kind IN (${listOf(APPROVAL_KINDS)})`)
@Check('ck_approvals_region_code', regionCodeCheck('region_code'))
@Check('ck_approvals_amount', 'amount_fen >= 0')
@Check('ck_approvals_signatory', `signatory IN (${listOf(SIGNATORIES)})`)
@Check('ck_approvals_lane', `lane IN ('ordinary', 'act-first') AND (lane = 'ordinary' OR reason IS NOT NULL)`)
@Check('ck_approvals_state', `state IN ('pending', 'approved', 'refused', 'withdrawn')`)
@Check('ck_approvals_decided', `(state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL)`)
@Check('ck_approvals_four_eyes', 'decided_by_id <> requested_by_id')
export class ApprovalRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_approvals' })
  id!: string;
  @Column('text')
  kind!: string;
  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;
  /** The number people know the thing by. */
  @Column('text', { name: 'subject_number' })
  subjectNumber!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
  @Column('text')
  signatory!: string;
  @Column('text', { name: 'rule_source' })
  ruleSource!: string;
  @Column('text')
  lane!: string;
  @Column('text')
  state!: string;
  @Column('text', { nullable: true })
  reason!: string | null;
  @Column('text', { name: 'requested_by' })
  requestedBy!: string;
  @Column('uuid', { name: 'requested_by_id' })
  requestedById!: string;
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' })
  requestedAt!: Date;
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;
  /** When it was found to be late for the first time. */
  @Column('timestamptz', { name: 'overdue_at', nullable: true })
  overdueAt!: Date | null;
  @Column('integer', { default: 0 })
  warnings!: number;
  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
  @Column('text', { name: 'paper_number', nullable: true })
  paperNumber!: string | null;
  @Column('text', { name: 'decision_note', nullable: true })
  decisionNote!: string | null;
}

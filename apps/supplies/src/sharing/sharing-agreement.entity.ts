import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { ItemRow } from '../catalogue/catalogue.entity';
import { AGREEMENT_STATES } from './domain/agreement-state';

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** What two regions promise to lend each other, and on what terms. */
@Entity('sharing_agreements')
@Unique('uq_sharing_agreements_number', ['number'])
@Index('ix_sharing_agreements_offering', { synchronize: false })
@Index('ix_sharing_agreements_answering', { synchronize: false })
@Check('ck_sharing_agreements_state', `state IN (${listOf(AGREEMENT_STATES)})`)
@Check(
  'ck_sharing_agreements_sides',
  `${regionCodeCheck('offering_region_code')} AND ${regionCodeCheck('answering_region_code')}
   AND NOT starts_with(offering_region_code, answering_region_code)
   AND NOT starts_with(answering_region_code, offering_region_code)`,
)
@Check('ck_sharing_agreements_dates', 'valid_to >= valid_from')
@Check('ck_sharing_agreements_loan_days', 'loan_days BETWEEN 1 AND 3650')
@Check('ck_sharing_agreements_discloses', `discloses IN ('quantities', 'depots')`)
@Check(
  'ck_sharing_agreements_signed',
  `state NOT IN ('in-force', 'suspended') OR (offered_by_id IS NOT NULL AND accepted_by_id IS NOT NULL)`,
)
@Check('ck_sharing_agreements_four_eyes', 'offered_by_id <> accepted_by_id')
export class SharingAgreementRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_sharing_agreements' })
  id!: string;
  @Column('text')
  number!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  @Column('text')
  state!: string;
  @Column('text', { name: 'offering_region_code' })
  offeringRegionCode!: string;
  @Column('text', { name: 'answering_region_code' })
  answeringRegionCode!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('date', { name: 'valid_to' })
  validTo!: string;
  /** What is lent is due back so many days after it left. */
  @Column('integer', { name: 'loan_days' })
  loanDays!: number;
  /** Whether the other side is told which depots the goods lie in. */
  @Column('text')
  discloses!: string;
  @Column('text', { name: 'drafted_by' })
  draftedBy!: string;
  @Column('uuid', { name: 'drafted_by_id' })
  draftedById!: string;
  @Column('timestamptz', { name: 'drafted_at', default: () => 'now()' })
  draftedAt!: Date;
  @Column('text', { name: 'offered_by', nullable: true })
  offeredBy!: string | null;
  @Column('uuid', { name: 'offered_by_id', nullable: true })
  offeredById!: string | null;
  @Column('timestamptz', { name: 'offered_at', nullable: true })
  offeredAt!: Date | null;
  @Column('text', { name: 'accepted_by', nullable: true })
  acceptedBy!: string | null;
  @Column('uuid', { name: 'accepted_by_id', nullable: true })
  acceptedById!: string | null;
  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt!: Date | null;
}

/** What one side gives of an item or a category. Append-only: other terms are another agreement. */
@Entity('sharing_agreement_lines')
@Unique('uq_sharing_agreement_lines_position', ['agreementId', 'position'])
@Check('ck_sharing_agreement_lines_goods', '(item_code IS NULL) <> (category IS NULL)')
@Check('ck_sharing_agreement_lines_share', 'share_percent BETWEEN 1 AND 100 AND max_base > 0')
@Check('ck_sharing_agreement_lines_response', 'response_hours BETWEEN 0 AND 8760')
@Check(
  'ck_sharing_agreement_lines_terms',
  `fee_fen >= 0 AND piece_price_fen >= 0 AND replacement IN ('kind', 'money', 'either')`,
)
export class SharingAgreementLineRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_sharing_agreement_lines' })
  id!: string;
  @Column('uuid', { name: 'agreement_id' })
  @ForeignKey(() => SharingAgreementRow, { name: 'fk_sharing_agreement_lines_agreement' })
  agreementId!: string;
  @Column('integer')
  position!: number;
  @Column('text', { name: 'giver_region_code' })
  giverRegionCode!: string;
  @Column('text', { name: 'item_code', nullable: true })
  @ForeignKey(() => ItemRow, { name: 'fk_sharing_agreement_lines_item' })
  itemCode!: string | null;
  @Column('text', { nullable: true })
  category!: string | null;
  /** Of what lies above the floors. */
  @Column('integer', { name: 'share_percent' })
  sharePercent!: number;
  @Column('bigint', { name: 'max_base', nullable: true })
  maxBase!: string | null;
  @Column('integer', { name: 'response_hours' })
  responseHours!: number;
  /** Per piece and day. */
  @Column('bigint', { name: 'fee_fen' })
  feeFen!: string;
  @Column('text')
  replacement!: string;
  /** The agreed price of a piece that is not given back; null when it is agreed case by case. */
  @Column('bigint', { name: 'piece_price_fen', nullable: true })
  piecePriceFen!: string | null;
}

/** Who signed, suspended or ended an agreement. Append-only. */
@Entity('sharing_agreement_changes')
@Index('ix_sharing_agreement_changes', ['agreementId'])
export class SharingAgreementChangeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_sharing_agreement_changes' })
  id!: string;
  @Column('uuid', { name: 'agreement_id' })
  @ForeignKey(() => SharingAgreementRow, { name: 'fk_sharing_agreement_changes_agreement' })
  agreementId!: string;
  @Column('text')
  event!: string;
  @Column('text')
  state!: string;
  @Column('text', { nullable: true })
  reason!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('text', { name: 'recorded_region_code' })
  recordedRegionCode!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

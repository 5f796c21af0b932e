import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow, ItemRow } from '../../catalogue/catalogue.entity';

/** What people need of an item from a day on. Append-only: a new rate has a later day. */
@Entity('demand_rates')
@Check('ck_demand_rates_rates', 'once_per_thousand_base >= 0 AND daily_per_thousand_base >= 0')
@Check('ck_demand_rates_basis', `basis IN ('sourced', 'estimate')`)
export class DemandRateRow {
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_demand_rates' })
  @ForeignKey(() => ItemRow, { name: 'fk_demand_rates_item' })
  itemCode!: string;
  @PrimaryColumn('date', { name: 'valid_from', primaryKeyConstraintName: 'pk_demand_rates' })
  validFrom!: string;
  @Column('integer', { name: 'once_per_thousand_base' })
  oncePerThousandBase!: number;
  @Column('integer', { name: 'daily_per_thousand_base' })
  dailyPerThousandBase!: number;
  @Column('text')
  basis!: string;
  @Column('text')
  source!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('timestamptz', { name: 'set_at', default: () => 'now()' })
  setAt!: Date;
}

/** What an assumed scenario would lack, as it stood when it was asked. */
@Entity('pre_assessments')
@Unique('uq_pre_assessments_number', ['number'])
@Index('ix_pre_assessments_region', { synchronize: false })
@Check('ck_pre_assessments_state', `state IN ('proposed', 'approved', 'refused')`)
@Check('ck_pre_assessments_region_code', regionCodeCheck('region_code'))
@Check('ck_pre_assessments_figures', 'days >= 0 AND amount_fen >= 0')
@Check('ck_pre_assessments_decided', `(state = 'proposed') = (decided_at IS NULL)`)
export class PreAssessmentRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_pre_assessments' })
  id!: string;
  @Column('text')
  number!: string;
  @Column('text')
  title!: string;
  @Column('text')
  state!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  /** That takes in what is bought or called. */
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_pre_assessments_depot' })
  depotId!: string;
  @Column('text')
  season!: string;
  @Column('date', { name: 'needed_by' })
  neededBy!: string;
  @Column('integer')
  days!: number;
  /** Of the purchases it proposes. */
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
  @Column('timestamptz', { name: 'assessed_at' })
  assessedAt!: Date;
  @Column('text', { name: 'assessed_by' })
  assessedBy!: string;
  @Column('uuid', { name: 'assessed_by_id' })
  assessedById!: string;
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
}

/** People assumed to be affected. Append-only. */
@Entity('pre_assessment_regions')
@Check('ck_pre_assessment_regions_region_code', regionCodeCheck('region_code'))
@Check('ck_pre_assessment_regions_people', 'people > 0')
export class PreAssessmentRegionRow {
  @PrimaryColumn('uuid', { name: 'assessment_id', primaryKeyConstraintName: 'pk_pre_assessment_regions' })
  @ForeignKey(() => PreAssessmentRow, { name: 'fk_pre_assessment_regions_assessment' })
  assessmentId!: string;
  @PrimaryColumn('text', { name: 'region_code', primaryKeyConstraintName: 'pk_pre_assessment_regions' })
  regionCode!: string;
  @Column('integer')
  people!: number;
}

/** Demand, stock and shortage of an item, with the rate that was used. Append-only. */
@Entity('pre_assessment_lines')
@Check(
  'ck_pre_assessment_lines_figures',
  `demand_base > 0 AND named_base >= 0 AND stock_base >= 0 AND ordered_base >= 0 AND callable_base >= 0
   AND short_base = greatest(0, demand_base - stock_base - ordered_base) AND uncovered_base BETWEEN 0 AND short_base`,
)
@Check('ck_pre_assessment_lines_rate', '(rate_basis IS NULL) = (rate_source IS NULL)')
export class PreAssessmentLineRow {
  @PrimaryColumn('uuid', { name: 'assessment_id', primaryKeyConstraintName: 'pk_pre_assessment_lines' })
  @ForeignKey(() => PreAssessmentRow, { name: 'fk_pre_assessment_lines_assessment' })
  assessmentId!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_pre_assessment_lines' })
  @ForeignKey(() => ItemRow, { name: 'fk_pre_assessment_lines_item' })
  itemCode!: string;
  @Column('bigint', { name: 'demand_base' })
  demandBase!: string;
  @Column('bigint', { name: 'named_base' })
  namedBase!: string;
  @Column('integer', { name: 'once_per_thousand_base', nullable: true })
  oncePerThousandBase!: number | null;
  @Column('integer', { name: 'daily_per_thousand_base', nullable: true })
  dailyPerThousandBase!: number | null;
  @Column('text', { name: 'rate_basis', nullable: true })
  rateBasis!: string | null;
  @Column('text', { name: 'rate_source', nullable: true })
  rateSource!: string | null;
  @Column('bigint', { name: 'stock_base' })
  stockBase!: string;
  /** Sent to suppliers and promised in time. */
  @Column('bigint', { name: 'ordered_base' })
  orderedBase!: string;
  @Column('bigint', { name: 'callable_base' })
  callableBase!: string;
  @Column('bigint', { name: 'short_base' })
  shortBase!: string;
  @Column('bigint', { name: 'uncovered_base' })
  uncoveredBase!: string;
  @Column('text', { name: 'uncovered_reason', nullable: true })
  uncoveredReason!: string | null;
}

/** How a shortage could be filled. Nothing of it is done before the assessment is approved. */
@Entity('pre_assessment_proposals')
@Unique('uq_pre_assessment_proposals_position', ['assessmentId', 'position'])
@ForeignKey(() => PreAssessmentLineRow, ['assessmentId', 'itemCode'], ['assessmentId', 'itemCode'], {
  name: 'fk_pre_assessment_proposals_line',
})
@Check(
  'ck_pre_assessment_proposals_kind',
  `kind IN ('advance-purchase', 'agreement-call', 'capacity-call', 'neighbour-request')`,
)
@Check('ck_pre_assessment_proposals_quantity', 'quantity_base > 0')
@Check('ck_pre_assessment_proposals_amount', `(kind = 'advance-purchase') = (amount_fen IS NOT NULL)`)
export class PreAssessmentProposalRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_pre_assessment_proposals' })
  id!: string;
  @Column('uuid', { name: 'assessment_id' })
  assessmentId!: string;
  @Column('integer')
  position!: number;
  @Column('text', { name: 'item_code' })
  itemCode!: string;
  @Column('text')
  kind!: string;
  /** The framework agreement, the reserve contract, or the neighbour's depot or agreement. */
  @Column('uuid', { name: 'source_id' })
  sourceId!: string;
  @Column('text', { name: 'source_name' })
  sourceName!: string;
  @Column('text', { name: 'document_number', nullable: true })
  documentNumber!: string | null;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('bigint', { name: 'amount_fen', nullable: true })
  amountFen!: string | null;
  @Column('timestamptz', { name: 'start_by' })
  startBy!: Date;
  @Column('timestamptz', { name: 'arrives_at' })
  arrivesAt!: Date;
  @Column('text')
  reasoning!: string;
  /** The draft order that came of it, or the call. */
  @Column('uuid', { name: 'outcome_id', nullable: true })
  outcomeId!: string | null;
}

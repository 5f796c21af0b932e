import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { ApprovalsQueries } from '../../approvals/approvals.queries';
import { regionPattern } from '../../scope';
import type {
  AffectedPeopleRequest,
  AssessmentDetailResponse,
  AssessmentLineResponse,
  AssessmentResponse,
  AssessmentsQuery,
  AssessmentsResponse,
  ProposalResponse,
} from './dto/assessment.dto';
import type { DemandRateResponse, DemandRatesQuery, DemandRatesResponse } from './dto/demand-rate.dto';

type AssessmentRow = Omit<AssessmentResponse, 'people' | 'amountFen' | 'assessedAt' | 'decidedAt'> & {
  readonly people: string;
  readonly amountFen: string;
  readonly assessedAt: Date;
  readonly decidedAt: Date | null;
  readonly total: string;
};

const SELECT = `
  SELECT assessment.id AS "assessmentId", assessment.number, assessment.title, assessment.state,
         assessment.region_code AS "regionCode", assessment.depot_id AS "depotId", depot.code AS "depotCode",
         assessment.season, assessment.needed_by::text AS "neededBy", assessment.days,
         (SELECT coalesce(sum(region.people), 0) FROM pre_assessment_regions AS region
          WHERE region.assessment_id = assessment.id) AS people,
         assessment.amount_fen AS "amountFen", assessment.assessed_at AS "assessedAt",
         assessment.assessed_by AS "assessedBy", assessment.decided_at AS "decidedAt", count(*) OVER () AS total
  FROM pre_assessments AS assessment JOIN depots AS depot ON depot.id = assessment.depot_id`;

const LINES = `
  SELECT json_build_object(
           'itemCode', line.item_code, 'nameZh', item.name_zh, 'unit', item.unit, 'demandBase', line.demand_base,
           'namedBase', line.named_base, 'oncePerThousandBase', line.once_per_thousand_base,
           'dailyPerThousandBase', line.daily_per_thousand_base, 'rateBasis', line.rate_basis,
           'rateSource', line.rate_source, 'stockBase', line.stock_base, 'orderedBase', line.ordered_base, 'callableBase', line.callable_base,
           'shortBase', line.short_base, 'uncoveredBase', line.uncovered_base,
           'uncoveredReason', line.uncovered_reason) AS line
  FROM pre_assessment_lines AS line JOIN items AS item ON item.code = line.item_code
  WHERE line.assessment_id = $1 ORDER BY line.item_code`;

const PROPOSALS = `
  SELECT id AS "proposalId", kind, item_code AS "itemCode", source_id AS "sourceId", source_name AS "sourceName",
         document_number AS "documentNumber", quantity_base::float8 AS "quantityBase", amount_fen::float8 AS "amountFen",
         start_by AS "startBy", arrives_at AS "arrivesAt", reasoning, outcome_id AS "outcomeId"
  FROM pre_assessment_proposals WHERE assessment_id = $1 ORDER BY position`;

/** Reads of pre-assessments and demand rates. */
@Injectable()
export class AssessmentsQueries {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsQueries,
  ) {}

  /** The latest first. */
  async assessments(caller: Caller, query: AssessmentsQuery): Promise<AssessmentsResponse> {
    const rows = await this.database.query<AssessmentRow>(
      `${SELECT} WHERE assessment.region_code LIKE $1 ORDER BY assessment.number DESC LIMIT $2 OFFSET $3`,
      [regionPattern(query.region ?? caller.regionCode), query.limit, query.offset],
    );
    return { items: rows.map(assessmentOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_PRE_ASSESSMENT_NOT_FOUND, also for one of another region */
  async assessment(caller: Caller, id: string): Promise<AssessmentDetailResponse> {
    const [row] = await this.database.query<AssessmentRow>(
      `${SELECT} WHERE assessment.id = $1 AND assessment.region_code LIKE $2`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_PRE_ASSESSMENT_NOT_FOUND');
    const affected = await this.database.query<AffectedPeopleRequest>(
      `SELECT region_code AS "regionCode", people FROM pre_assessment_regions WHERE assessment_id = $1 ORDER BY region_code`,
      [id],
    );
    const lines = await this.database.query<{ line: AssessmentLineResponse }>(LINES, [id]);
    const proposals = await this.database.query<
      Omit<ProposalResponse, 'startBy' | 'arrivesAt'> & { startBy: Date; arrivesAt: Date }
    >(PROPOSALS, [id]);
    return {
      ...assessmentOf(row),
      affected,
      lines: lines.map(({ line }) => line),
      proposals: proposals.map(({ startBy, arrivesAt, ...proposal }) => ({
        ...proposal,
        startBy: startBy.toISOString(),
        arrivesAt: arrivesAt.toISOString(),
      })),
      approvals: await this.approvals.ofSubject('pre-assessment', id),
    };
  }

  /** By item, the latest first. */
  async rates(query: DemandRatesQuery): Promise<DemandRatesResponse> {
    const rows = await this.database.query<DemandRateResponse & { total: string }>(
      `SELECT item_code AS "itemCode", valid_from::text AS "validFrom", once_per_thousand_base AS "oncePerThousandBase",
              daily_per_thousand_base AS "dailyPerThousandBase", basis, source, set_by AS "setBy",
              valid_from = max(valid_from) FILTER (WHERE valid_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date)
                             OVER (PARTITION BY item_code) IS TRUE AS "inForce",
              count(*) OVER () AS total
       FROM demand_rates WHERE $1::text IS NULL OR item_code = $1
       ORDER BY item_code, valid_from DESC LIMIT $2 OFFSET $3`,
      [query.item ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, ...rate }) => rate);
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }
}

const assessmentOf = ({ total: _total, ...row }: AssessmentRow): AssessmentResponse => ({
  ...row,
  people: safeInteger(row.people),
  amountFen: safeInteger(row.amountFen),
  assessedAt: row.assessedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

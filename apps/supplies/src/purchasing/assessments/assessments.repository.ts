import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../../scope';
import type { Day } from '../../stock/domain/calendar';
import type { Recorder } from '../../stock/domain/recorder';
import type { StockPosition } from './domain/cover-shortage';
import type { ItemDemand } from './domain/demand';
import type { Proposal } from './domain/propose';
import type { AssessDemandRequest, AssessmentState } from './dto/assessment.dto';

export interface AssessedLine extends ItemDemand, StockPosition {
  readonly uncoveredBase: number;
  readonly uncoveredReason: string | null;
}

export interface NewAssessment {
  readonly request: AssessDemandRequest;
  readonly place: Place;
  readonly assessedAt: Date;
  readonly assessedBy: Recorder;
  readonly amountFen: number;
  readonly lines: readonly AssessedLine[];
  readonly proposals: readonly Proposal[];
}

export interface StoredProposal extends Omit<Proposal, 'startBy' | 'arrivesAt'> {
  readonly proposalId: string;
  readonly outcomeId: string | null;
}

export interface Assessment extends Place {
  readonly id: string;
  readonly number: string;
  readonly state: AssessmentState;
  readonly depotId: string;
  readonly season: string;
  readonly neededBy: Day;
  readonly amountFen: number;
  readonly assessedBy: string;
  readonly assessedById: string;
  readonly proposals: readonly StoredProposal[];
}

type AssessmentRow = Omit<Assessment, 'amountFen' | 'proposals'> & { readonly amountFen: string };
type ProposalRow = Omit<StoredProposal, 'quantityBase' | 'amountFen'> & {
  readonly quantityBase: string;
  readonly amountFen: string | null;
};

/** Writes pre-assessments. They are locked before purchase orders, reserve contracts and approvals. */
@Injectable()
export class AssessmentsRepository {
  async insert(tx: Tx, assessment: NewAssessment): Promise<{ id: string; number: string }> {
    const id = newId();
    const { request, place, assessedAt, assessedBy, amountFen } = assessment;
    const [{ number }] = await tx.query<{ number: string }>(
      `INSERT INTO pre_assessments (id, number, title, state, region_code, organisation_id, depot_id, season, needed_by, days,
                                    amount_fen, assessed_at, assessed_by, assessed_by_id)
       VALUES ($1, 'PA-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
                   || lpad(nextval('pre_assessment_numbers')::text, 6, '0'),
               $2, 'proposed', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING number`,
      [
        ...[id, request.title, request.regionCode, place.organisationId, request.depotId, request.season],
        ...[request.neededBy, request.days, amountFen, assessedAt, assessedBy.name, assessedBy.userId],
      ],
    );
    await tx.execute(
      `INSERT INTO pre_assessment_regions (assessment_id, region_code, people)
       SELECT $1, region.* FROM unnest($2::text[], $3::integer[]) AS region`,
      [id, request.people.map(({ regionCode }) => regionCode), request.people.map(({ people }) => people)],
    );
    await insertLines(tx, id, assessment.lines);
    await insertProposals(tx, id, assessment.proposals);
    return { id, number };
  }

  /**
   * An assessment for a depot that the caller may act for, locked, with its proposals.
   * @throws DomainError SUPPLIES_PRE_ASSESSMENT_NOT_FOUND
   */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<Assessment> {
    const [row] = await tx.query<AssessmentRow>(
      `SELECT id, number, state, region_code AS "regionCode", organisation_id AS "organisationId", depot_id AS "depotId",
              season, needed_by::text AS "neededBy", amount_fen AS "amountFen", assessed_by AS "assessedBy",
              assessed_by_id AS "assessedById"
       FROM pre_assessments WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row || !mayActAt(caller, row)) throw new DomainError('SUPPLIES_PRE_ASSESSMENT_NOT_FOUND');
    const proposals = await tx.query<ProposalRow>(
      `SELECT id AS "proposalId", item_code AS "itemCode", kind, source_id AS "sourceId", source_name AS "sourceName",
              document_number AS "documentNumber", quantity_base AS "quantityBase", amount_fen AS "amountFen", reasoning,
              outcome_id AS "outcomeId"
       FROM pre_assessment_proposals WHERE assessment_id = $1 ORDER BY position`,
      [id],
    );
    return { ...row, amountFen: safeInteger(row.amountFen), proposals: proposals.map(proposalOf) };
  }

  async decide(tx: Tx, id: string, state: 'approved' | 'refused'): Promise<void> {
    await tx.execute('UPDATE pre_assessments SET state = $2, decided_at = now() WHERE id = $1', [id, state]);
  }

  async setOutcome(tx: Tx, proposalIds: readonly string[], outcomeId: string): Promise<void> {
    await tx.execute('UPDATE pre_assessment_proposals SET outcome_id = $2 WHERE id = ANY($1)', [
      proposalIds,
      outcomeId,
    ]);
  }
}

const proposalOf = (row: ProposalRow): StoredProposal => ({
  ...row,
  quantityBase: safeInteger(row.quantityBase),
  amountFen: row.amountFen === null ? null : safeInteger(row.amountFen),
});

async function insertLines(tx: Tx, id: string, lines: readonly AssessedLine[]): Promise<void> {
  await tx.execute(
    `INSERT INTO pre_assessment_lines (assessment_id, item_code, demand_base, named_base, once_per_thousand_base,
                                       daily_per_thousand_base, rate_basis, rate_source, stock_base, ordered_base,
                                       callable_base, short_base, uncovered_base, uncovered_reason)
     SELECT $1, line.* FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::integer[], $6::integer[], $7::text[],
       $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[]) AS line`,
    [
      id,
      lines.map(({ itemCode }) => itemCode),
      lines.map(({ demandBase }) => demandBase),
      lines.map(({ namedBase }) => namedBase),
      lines.map(({ rate }) => rate?.oncePerThousandBase ?? null),
      lines.map(({ rate }) => rate?.dailyPerThousandBase ?? null),
      lines.map(({ rate }) => rate?.basis ?? null),
      lines.map(({ rate }) => rate?.source ?? null),
      lines.map(({ stockBase }) => stockBase),
      lines.map(({ orderedBase }) => orderedBase),
      lines.map(({ callableBase }) => callableBase),
      lines.map(({ shortBase }) => shortBase),
      lines.map(({ uncoveredBase }) => uncoveredBase),
      lines.map(({ uncoveredReason }) => uncoveredReason),
    ],
  );
}

async function insertProposals(tx: Tx, id: string, proposals: readonly Proposal[]): Promise<void> {
  await tx.execute(
    `INSERT INTO pre_assessment_proposals (assessment_id, id, position, item_code, kind, source_id, source_name,
                                           document_number, quantity_base, amount_fen, start_by, arrives_at, reasoning)
     SELECT $1, proposal.* FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::uuid[], $7::text[],
       $8::text[], $9::bigint[], $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::text[]) AS proposal`,
    [
      id,
      proposals.map(() => newId()),
      proposals.map((_, index) => index + 1),
      proposals.map(({ itemCode }) => itemCode),
      proposals.map(({ kind }) => kind),
      proposals.map(({ sourceId }) => sourceId),
      proposals.map(({ sourceName }) => sourceName),
      proposals.map(({ documentNumber }) => documentNumber),
      proposals.map(({ quantityBase }) => quantityBase),
      proposals.map(({ amountFen }) => amountFen),
      proposals.map(({ startBy }) => startBy.toISOString()),
      proposals.map(({ arrivesAt }) => arrivesAt.toISOString()),
      proposals.map(({ reasoning }) => reasoning),
    ],
  );
}

import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { feeFen, type DebtChange } from './domain/fee';
import type {
  JourneyResponse,
  LoanDetailResponse,
  LoanResponse,
  LoansQuery,
  LoansResponse,
  SettlementResponse,
} from './dto/loan.dto';
import { eitherSide } from './reach';

interface LoanRow extends LoanResponse {
  readonly fee_fen: string;
  readonly now: Date;
  readonly total: string;
}

const TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`;
const OWED = 'loan.lent_base - loan.given_back_base - loan.settled_base';

const SELECT = `
  SELECT loan.id AS "loanId", loan.number, loan.state, line.agreement_id AS "agreementId",
         loan.lender_region_code AS "lenderRegionCode", loan.borrower_region_code AS "borrowerRegionCode",
         loan.item_code AS "itemCode", loan.asked_base::float8 AS "askedBase", loan.granted_base::float8 AS "grantedBase",
         loan.lent_base::float8 AS "lentBase", loan.given_back_base::float8 AS "givenBackBase",
         loan.settled_base::float8 AS "settledBase", (${OWED})::float8 AS "owedBase", loan.beyond_share AS "beyondShare",
         loan.reason, loan.override_reason AS "overrideReason", loan.end_reason AS "endReason",
         loan.due_on::text AS "dueOn", (${OWED} > 0 AND loan.due_on < ${TODAY}) AS overdue,
         loan.requested_by AS "requestedBy", loan.decided_by AS "decidedBy", line.fee_fen, now() AS now,
         count(*) OVER () AS total
  FROM loans AS loan JOIN sharing_agreement_lines AS line ON line.id = loan.agreement_line_id
  WHERE ${eitherSide('loan.lender_region_code', 'loan.borrower_region_code')}`;

const JOURNEYS = `
  SELECT journey.id AS "journeyId", journey.purpose, journey.state, journey.sent_at AS "sentAt",
         journey.received_at AS "receivedAt",
         json_agg(json_build_object('lotId', sent.lot_id, 'batchNumber', lot.batch_number, 'sentBase', sent.sent_base,
           'receivedBase', sent.received_base, 'damagedBase', sent.damaged_base, 'lostBase', sent.lost_base,
           'newLotId', sent.new_lot_id) ORDER BY sent.lot_id) AS lots
  FROM sharing_journeys AS journey JOIN sharing_journey_lots AS sent ON sent.journey_id = journey.id
  JOIN lots AS lot ON lot.id = sent.lot_id
  WHERE journey.subject_id = $1 GROUP BY journey.id ORDER BY journey.sent_at, journey.id LIMIT 200`;

const SETTLEMENTS = `
  SELECT id AS "settlementId", state, proposed_for AS "proposedFor", quantity_base::float8 AS "quantityBase",
         unit_price_fen::float8 AS "unitPriceFen", amount_fen::float8 AS "amountFen",
         document_number AS "documentNumber", proposed_by AS "proposedBy", decided_by AS "decidedBy"
  FROM loan_settlements WHERE loan_id = $1 ORDER BY proposed_at, id LIMIT 200`;

/** Reads of loans; both sides read the same row. */
@Injectable()
export class LoansQueries {
  constructor(private readonly database: Database) {}

  /** The latest first; what is overdue by the day on which it was due. */
  async loans(caller: Caller, query: LoansQuery): Promise<LoansResponse> {
    const rows = await this.database.query<LoanRow>(
      `${SELECT} AND ($3::text IS NULL OR loan.state = $3)
         AND (CASE $4::text WHEN 'lender' THEN loan.lender_region_code LIKE $5
              WHEN 'borrower' THEN loan.borrower_region_code LIKE $5
              ELSE loan.lender_region_code LIKE $5 OR loan.borrower_region_code LIKE $5 END)
         AND (NOT $6::boolean OR (${OWED} > 0 AND loan.due_on < ${TODAY}))
       ORDER BY CASE WHEN $6 THEN loan.due_on END, loan.number DESC LIMIT $7 OFFSET $8`,
      [
        ...[regionPattern(caller.regionCode), caller.regionCode, query.state ?? null, query.side ?? null],
        ...[query.region === undefined ? '%' : regionPattern(query.region), query.overdue, query.limit, query.offset],
      ],
    );
    return { items: rows.map(loanOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_LOAN_NOT_FOUND, also for one between other regions */
  async loan(caller: Caller, id: string): Promise<LoanDetailResponse> {
    const scope = [regionPattern(caller.regionCode), caller.regionCode, id];
    const [row] = await this.database.query<LoanRow>(`${SELECT} AND loan.id = $3`, scope);
    if (!row) throw new DomainError('SUPPLIES_LOAN_NOT_FOUND');
    const journeys = await this.database.query<
      Omit<JourneyResponse, 'sentAt' | 'receivedAt'> & { sentAt: Date; receivedAt: Date | null }
    >(JOURNEYS, [id]);
    return {
      ...loanOf(row),
      feeFen: feeFen(await this.debtChanges(id), safeInteger(row.fee_fen), chinaDay(row.now)),
      journeys: journeys.map((journey) => ({
        ...journey,
        sentAt: journey.sentAt.toISOString(),
        receivedAt: journey.receivedAt?.toISOString() ?? null,
      })),
      settlements: await this.database.query<SettlementResponse>(SETTLEMENTS, [id]),
    };
  }

  private async debtChanges(loanId: string): Promise<DebtChange[]> {
    const rows = await this.database.query<{ day: Day; change: string }>(
      `SELECT (entry.posted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS day, entry.change_base AS change
       FROM mutual_aid_entries AS entry JOIN loans AS loan ON loan.id = entry.loan_id
       WHERE entry.loan_id = $1 AND entry.region_code = loan.lender_region_code ORDER BY entry.position`,
      [loanId],
    );
    return rows.map(({ day, change }) => ({ day, changeBase: safeInteger(change) }));
  }
}

const loanOf = ({ total: _total, now: _now, fee_fen: _fee, ...loan }: LoanRow): LoanResponse => loan;

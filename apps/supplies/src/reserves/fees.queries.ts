import { Injectable } from '@nestjs/common';
import { type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type {
  FeeResponse,
  FeeTotalResponse,
  FeeTotalsQuery,
  FeeTotalsResponse,
  FeesQuery,
  FeesResponse,
} from './dto/fee.dto';

const CHINA_TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`;
/** $1 is the region, $2 the organisation of an enterprise's people, who see what they are owed, or null. */
const IN_REACH = `CASE WHEN $2::uuid IS NOT NULL THEN contract.enterprise_organisation_id = $2
                  ELSE contract.region_code LIKE $1 END`;
const STATE = `CASE WHEN fee.paid_on IS NOT NULL THEN 'paid' WHEN fee.withdrawn_reason IS NOT NULL THEN 'withdrawn'
               ELSE 'due' END`;

const LIST = `
  SELECT fee.id AS "feeId", fee.contract_id AS "contractId", contract.document_number AS "documentNumber",
         contract.counterparty_name AS "counterpartyName", contract.region_code AS "regionCode", fee.kind,
         fee.period_from::text AS "periodFrom", fee.period_to::text AS "periodTo", fee.amount_fen AS "amountFen",
         fee.due_on::text AS "dueOn", ${STATE} AS state,
         CASE WHEN fee.settled_at IS NULL THEN greatest(0, ${CHINA_TODAY} - fee.due_on) ELSE 0 END AS "overdueDays",
         fee.paid_on::text AS "paidOn", fee.payment_document AS "paymentDocument",
         fee.withdrawn_reason AS "withdrawnReason", fee.settled_by AS "settledBy", fee.note,
         fee.recorded_by AS "recordedBy", count(*) OVER () AS total
  FROM reserve_contract_fees AS fee JOIN reserve_contracts AS contract ON contract.id = fee.contract_id
  WHERE ${IN_REACH} AND ($3::uuid IS NULL OR fee.contract_id = $3) AND ($4::text IS NULL OR ${STATE} = $4)
    AND ($5::boolean IS NULL OR $5 = (fee.settled_at IS NULL AND fee.due_on < ${CHINA_TODAY}))
  ORDER BY fee.due_on, contract.document_number, fee.kind, fee.id LIMIT $6 OFFSET $7`;

const TOTALS = `
  SELECT contract.region_code AS "regionCode", extract(year FROM fee.due_on)::integer AS year, fee.kind,
         sum(fee.amount_fen) AS due, coalesce(sum(fee.amount_fen) FILTER (WHERE fee.paid_on IS NOT NULL), 0) AS paid,
         coalesce(sum(fee.amount_fen) FILTER (WHERE fee.paid_on IS NULL AND fee.due_on < ${CHINA_TODAY}), 0) AS overdue
  FROM reserve_contract_fees AS fee JOIN reserve_contracts AS contract ON contract.id = fee.contract_id
  WHERE ${IN_REACH} AND fee.withdrawn_reason IS NULL
    AND ($3::integer IS NULL OR extract(year FROM fee.due_on)::integer = $3)
  GROUP BY contract.region_code, extract(year FROM fee.due_on), fee.kind
  ORDER BY contract.region_code, year, fee.kind LIMIT 1000`;

/** Reads of holding fees and subsidies. */
@Injectable()
export class FeesQueries {
  constructor(private readonly database: Database) {}

  async fees(caller: Caller, query: FeesQuery): Promise<FeesResponse> {
    const filters = [query.contractId ?? null, query.state ?? null, query.overdue ?? null];
    const parameters = [...placeOf(caller, query.region), ...filters, query.limit, query.offset];
    const rows = await this.database.query<Omit<FeeResponse, 'amountFen'> & { amountFen: string; total: string }>(
      LIST,
      parameters,
    );
    const items = rows.map(({ total: _total, ...row }) => ({ ...row, amountFen: safeInteger(row.amountFen) }));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  async totals(caller: Caller, query: FeeTotalsQuery): Promise<FeeTotalsResponse> {
    type Row = Pick<FeeTotalResponse, 'regionCode' | 'year' | 'kind'> & { due: string; paid: string; overdue: string };
    const rows = await this.database.query<Row>(TOTALS, [...placeOf(caller, query.region), query.year ?? null]);
    const items = rows.map(({ due, paid, overdue, ...row }) => ({
      ...row,
      dueFen: safeInteger(due),
      paidFen: safeInteger(paid),
      overdueFen: safeInteger(overdue),
    }));
    return { items };
  }
}

const placeOf = (caller: Caller, region: string | undefined): [pattern: string, enterprise: string | null] => [
  regionPattern(region ?? caller.regionCode),
  caller.organisationKind === 'enterprise' ? caller.organisationId : null,
];

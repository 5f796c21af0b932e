import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type {
  AgreementChangeResponse,
  AgreementDetailResponse,
  AgreementLineResponse,
  AgreementResponse,
  AgreementsQuery,
  AgreementsResponse,
} from './dto/agreement.dto';
import { eitherSide } from './reach';

interface AgreementRow extends Omit<AgreementResponse, 'offeredAt' | 'acceptedAt'> {
  readonly offered_at: Date | null;
  readonly accepted_at: Date | null;
  readonly total: string;
}

const SELECT = `
  SELECT id AS "agreementId", number, document_number AS "documentNumber", state,
         offering_region_code AS "offeringRegionCode", answering_region_code AS "answeringRegionCode",
         valid_from::text AS "validFrom", valid_to::text AS "validTo", loan_days AS "loanDays", discloses,
         drafted_by AS "draftedBy", offered_by AS "offeredBy", offered_at, accepted_by AS "acceptedBy", accepted_at,
         count(*) OVER () AS total
  FROM sharing_agreements WHERE ${eitherSide('offering_region_code', 'answering_region_code')}`;

const LINES = `
  SELECT id AS "lineId", giver_region_code AS "giverRegionCode", item_code AS "itemCode", category,
         share_percent AS "sharePercent", max_base::float8 AS "maxBase", response_hours AS "responseHours",
         fee_fen::float8 AS "feeFen", replacement, piece_price_fen::float8 AS "piecePriceFen"
  FROM sharing_agreement_lines WHERE agreement_id = $1 ORDER BY position`;

/** Reads of sharing agreements, for both sides alike. */
@Injectable()
export class AgreementsQueries {
  constructor(private readonly database: Database) {}

  async agreements(caller: Caller, query: AgreementsQuery): Promise<AgreementsResponse> {
    const rows = await this.database.query<AgreementRow>(
      `${SELECT} AND ($3::text IS NULL OR state = $3) ORDER BY number DESC LIMIT $4 OFFSET $5`,
      [regionPattern(caller.regionCode), caller.regionCode, query.state ?? null, query.limit, query.offset],
    );
    return { items: rows.map(responseOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_SHARING_AGREEMENT_NOT_FOUND, also for one of other regions */
  async agreement(caller: Caller, id: string): Promise<AgreementDetailResponse> {
    const [row] = await this.database.query<AgreementRow>(`${SELECT} AND id = $3`, [
      regionPattern(caller.regionCode),
      caller.regionCode,
      id,
    ]);
    if (!row) throw new DomainError('SUPPLIES_SHARING_AGREEMENT_NOT_FOUND');
    const lines = await this.database.query<AgreementLineResponse>(LINES, [id]);
    const changes = await this.database.query<Omit<AgreementChangeResponse, 'recordedAt'> & { recordedAt: Date }>(
      `SELECT event, state, reason, recorded_by AS "recordedBy", recorded_region_code AS "recordedRegionCode",
              recorded_at AS "recordedAt"
       FROM sharing_agreement_changes WHERE agreement_id = $1 ORDER BY recorded_at, id LIMIT 200`,
      [id],
    );
    return {
      ...responseOf(row),
      lines,
      changes: changes.map((change) => ({ ...change, recordedAt: change.recordedAt.toISOString() })),
    };
  }
}

function responseOf({ offered_at, accepted_at, total: _total, ...row }: AgreementRow): AgreementResponse {
  return { ...row, offeredAt: offered_at?.toISOString() ?? null, acceptedAt: accepted_at?.toISOString() ?? null };
}

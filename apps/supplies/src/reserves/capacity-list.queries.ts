import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type {
  CapacityChangeRecordResponse,
  CapacityChangesResponse,
  CapacityEntryResponse,
  CapacityListOnDayQuery,
  CapacityListQuery,
  CapacityListResponse,
} from './dto/capacity-list.dto';

/** The last change of every entry up to the day; those that entered are on the list. */
const LIST = `
  SELECT enterprise_organisation_id AS "enterpriseOrganisationId", enterprise_name AS "enterpriseName",
         item_code AS "itemCode", region_code AS "regionCode", rate_per_day AS "ratePerDay",
         effective_on::text AS since, reason, source, contract_id AS "contractId", count(*) OVER () AS total
  FROM (SELECT DISTINCT ON (enterprise_organisation_id, item_code, region_code) *
        FROM enterprise_capacity_changes
        WHERE region_code LIKE $1 AND ($2::text IS NULL OR item_code = $2) AND effective_on <= $3::date
          AND ($4::uuid IS NULL OR enterprise_organisation_id = $4)
        ORDER BY enterprise_organisation_id, item_code, region_code, sequence DESC) AS latest
  WHERE change = 'entered'
  ORDER BY item_code, region_code, enterprise_name, enterprise_organisation_id LIMIT $5 OFFSET $6`;

const CHANGES = `
  SELECT change, enterprise_organisation_id AS "enterpriseOrganisationId", enterprise_name AS "enterpriseName",
         item_code AS "itemCode", region_code AS "regionCode", rate_per_day AS "ratePerDay",
         effective_on::text AS "effectiveOn", reason, source, contract_id AS "contractId",
         recorded_by AS "recordedBy", recorded_at AS "recordedAt", count(*) OVER () AS total
  FROM enterprise_capacity_changes
  WHERE region_code LIKE $1 AND ($2::text IS NULL OR item_code = $2)
    AND ($3::uuid IS NULL OR enterprise_organisation_id = $3)
  ORDER BY sequence DESC LIMIT $4 OFFSET $5`;

type Counted<Row extends { readonly ratePerDay: number | null }> = Omit<Row, 'ratePerDay'> & {
  readonly ratePerDay: string;
  readonly total: string;
};

/** Reads of the capacity list (产能清单). */
@Injectable()
export class CapacityListQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError REQUEST_INVALID for a day to come */
  async list(caller: Caller, query: CapacityListOnDayQuery): Promise<CapacityListResponse> {
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const today = dayInChina(now);
    const asOf = query.asOf ?? today;
    if (asOf > today) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/asOf', reason: 'lies in the future' }] });
    }
    const [pattern, item, enterprise] = filtersOf(caller, query);
    const parameters = [pattern, item, asOf, enterprise, query.limit, query.offset];
    const rows = await this.database.query<Counted<CapacityEntryResponse>>(LIST, parameters);
    const items = rows.map(({ total: _total, ...row }) => ({ ...row, ratePerDay: safeInteger(row.ratePerDay) }));
    return { asOf, items, total: totalOf(rows) };
  }

  /** Every entry and removal, the latest first. */
  async changes(caller: Caller, query: CapacityListQuery): Promise<CapacityChangesResponse> {
    type Row = Omit<CapacityChangeRecordResponse, 'ratePerDay' | 'recordedAt'> & {
      readonly ratePerDay: string | null;
      readonly recordedAt: Date;
      readonly total: string;
    };
    const parameters = [...filtersOf(caller, query), query.limit, query.offset];
    const rows = await this.database.query<Row>(CHANGES, parameters);
    const items = rows.map(({ total: _total, ...row }) => ({
      ...row,
      ratePerDay: row.ratePerDay === null ? null : safeInteger(row.ratePerDay),
      recordedAt: row.recordedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }
}

/** People of an enterprise see where it stands itself, wherever that is. */
function filtersOf(caller: Caller, query: CapacityListQuery): [string, string | null, string | null] {
  const isEnterprise = caller.organisationKind === 'enterprise';
  const pattern = isEnterprise ? '%' : regionPattern(query.region ?? caller.regionCode);
  return [pattern, query.item ?? null, isEnterprise ? caller.organisationId : null];
}

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);

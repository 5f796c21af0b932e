import { Injectable } from '@nestjs/common';
import { DomainError, confirmationDue, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import { CONTRACT_COLUMNS, contractOf, type ContractRow } from './contract-rows';
import { responseOf, shownContact } from './contract-response';
import type {
  ConfirmationResponse,
  ConfirmationsResponse,
  OverdueConfirmationsQuery,
  OverdueConfirmationsResponse,
} from './dto/confirmation.dto';
import type {
  ReserveContractChangeResponse,
  ReserveContractChangesResponse,
  ReserveContractResponse,
  ReserveContractsQuery,
  ReserveContractsResponse,
} from './dto/contract.dto';
import { CONTRACT_IN_REACH, reachOf } from './reach';

type Counted<Row> = Row & { readonly total: string };

const CHINA_TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`;
/** The day of `confirmationDue`, in SQL; null when nothing has to be confirmed. */
const DUE_ON = `
  ((coalesce(contract.confirmed_at, contract.activated_at) AT TIME ZONE 'Asia/Shanghai')::date
    + contract.confirm_every_days)`;

const LIST = `
  SELECT ${CONTRACT_COLUMNS}, count(*) OVER () AS total FROM reserve_contracts AS contract
  WHERE (${CONTRACT_IN_REACH})
    AND ($4::text IS NULL OR contract.region_code LIKE $4 OR EXISTS (
      SELECT 1 FROM reserve_contract_regions AS served WHERE served.contract_id = contract.id
        AND (served.region_code LIKE $4 OR starts_with($5, served.region_code))))
    AND ($6::text IS NULL OR contract.mode = $6) AND ($7::text IS NULL OR contract.state = $7)
    AND ($8::text IS NULL OR contract.item_code = $8)
    AND ($9::uuid IS NULL OR contract.enterprise_organisation_id = $9)
    AND ($10::integer IS NULL OR (contract.state <> 'ended' AND contract.valid_to <= ${CHINA_TODAY} + $10))
  ORDER BY contract.item_code, contract.valid_to, contract.document_number, contract.id LIMIT $11 OFFSET $12`;

const OVERDUE = `
  SELECT ${CONTRACT_COLUMNS}, count(*) OVER () AS total FROM reserve_contracts AS contract
  WHERE (${CONTRACT_IN_REACH}) AND contract.region_code LIKE $4 AND contract.state = 'active'
    AND ${DUE_ON} < ${CHINA_TODAY}
  ORDER BY ${DUE_ON}, contract.document_number, contract.id LIMIT $5 OFFSET $6`;

/** Reads of reserve contracts. */
@Injectable()
export class ContractsQueries {
  constructor(private readonly database: Database) {}

  async contracts(caller: Caller, query: ReserveContractsQuery): Promise<ReserveContractsResponse> {
    const { region, mode, state, item, enterprise, expiringWithinDays } = query;
    const place = region === undefined ? [null, null] : [regionPattern(region), region];
    const filters = [mode, state, item, enterprise, expiringWithinDays].map((value) => value ?? null);
    const parameters = [...reachOf(caller), ...place, ...filters, query.limit, query.offset];
    const rows = await this.database.query<Counted<ContractRow>>(LIST, parameters);
    const now = await this.now();
    return { items: rows.map((row) => responseOf(contractOf(row), caller, now)), total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_RESERVE_CONTRACT_NOT_FOUND, also for one out of the caller's reach */
  async contract(caller: Caller, id: string): Promise<ReserveContractResponse> {
    const [row] = await this.database.query<ContractRow>(
      `SELECT ${CONTRACT_COLUMNS} FROM reserve_contracts AS contract
       WHERE contract.id = $4 AND (${CONTRACT_IN_REACH})`,
      [...reachOf(caller), id],
    );
    if (!row) throw new DomainError('SUPPLIES_RESERVE_CONTRACT_NOT_FOUND');
    return responseOf(contractOf(row), caller, await this.now());
  }

  /** @throws DomainError SUPPLIES_RESERVE_CONTRACT_NOT_FOUND */
  async history(caller: Caller, id: string, page: PageQuery): Promise<ReserveContractChangesResponse> {
    await this.contract(caller, id);
    const rows = await this.database.query<
      Counted<Omit<ReserveContractChangeResponse, 'recordedAt'> & { recordedAt: Date }>
    >(
      `SELECT kind, call_id AS "callId", reason, details, recorded_by AS "recordedBy", recorded_at AS "recordedAt",
              count(*) OVER () AS total
       FROM reserve_contract_changes WHERE contract_id = $1 ORDER BY recorded_at, id LIMIT $2 OFFSET $3`,
      [id, page.limit, page.offset],
    );
    const items = rows.map(({ total: _total, ...row }) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
    return { items, total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_RESERVE_CONTRACT_NOT_FOUND */
  async confirmations(caller: Caller, id: string, page: PageQuery): Promise<ConfirmationsResponse> {
    await this.contract(caller, id);
    const rows = await this.database.query<Counted<ConfirmationRow>>(
      `SELECT id, confirmed_at, confirmed_by, by_enterprise, stock_base, rate_per_day, start_up_hours, key_inputs,
              key_inputs_level, note, recorded_by, recorded_at, count(*) OVER () AS total
       FROM reserve_contract_confirmations WHERE contract_id = $1
       ORDER BY confirmed_at DESC, recorded_at DESC, id DESC LIMIT $2 OFFSET $3`,
      [id, page.limit, page.offset],
    );
    return { items: rows.map(confirmationOf), total: totalOf(rows) };
  }

  async overdue(caller: Caller, query: OverdueConfirmationsQuery): Promise<OverdueConfirmationsResponse> {
    const region = regionPattern(query.region ?? caller.regionCode);
    const rows = await this.database.query<Counted<ContractRow>>(OVERDUE, [
      ...reachOf(caller),
      caller.organisationKind === 'enterprise' ? '%' : region,
      query.limit,
      query.offset,
    ]);
    const now = await this.now();
    const items = rows.flatMap((row) => {
      const contract = contractOf(row);
      const due = confirmationDue(contract, now);
      if (!due) return [];
      const { contractId, documentNumber, mode, regionCode, counterpartyName, itemCode } = contract;
      const { contactName, contactPhone } = shownContact(contract, caller);
      const facts = { contractId, documentNumber, mode, regionCode, counterpartyName, itemCode, ...due };
      return [{ ...facts, lastConfirmedAt: contract.confirmation?.confirmedAt ?? null, contactName, contactPhone }];
    });
    return { items, total: totalOf(rows) };
  }

  private async now(): Promise<Date> {
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    return now;
  }
}

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);

interface ConfirmationRow {
  readonly id: string;
  readonly confirmed_at: Date;
  readonly confirmed_by: string;
  readonly by_enterprise: boolean;
  readonly stock_base: string | null;
  readonly rate_per_day: string | null;
  readonly start_up_hours: number | null;
  readonly key_inputs: string | null;
  readonly key_inputs_level: ConfirmationResponse['keyInputsLevel'];
  readonly note: string | null;
  readonly recorded_by: string;
  readonly recorded_at: Date;
}

function confirmationOf(row: ConfirmationRow): ConfirmationResponse {
  return {
    confirmationId: row.id,
    confirmedAt: row.confirmed_at.toISOString(),
    confirmedBy: row.confirmed_by,
    byEnterprise: row.by_enterprise,
    stockBase: row.stock_base === null ? null : safeInteger(row.stock_base),
    ratePerDay: row.rate_per_day === null ? null : safeInteger(row.rate_per_day),
    startUpHours: row.start_up_hours,
    keyInputs: row.key_inputs,
    keyInputsLevel: row.key_inputs_level,
    note: row.note,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at.toISOString(),
  };
}

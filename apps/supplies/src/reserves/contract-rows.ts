import type { KeyInputLevel, ReserveMode, ReserveState, Restoration } from '@ledger/contracts';
import { safeInteger } from '@ledger/platform';
import type { ReserveContract } from './domain/contract';

/** The columns of a contract, of `reserve_contracts AS contract`, as PostgreSQL answers them. */
export const CONTRACT_COLUMNS = `
  contract.id, contract.document_number, contract.mode, contract.state, contract.region_code, contract.organisation_id,
  contract.counterparty_name, contract.enterprise_organisation_id, contract.item_code,
  contract.valid_from::text AS valid_from, contract.valid_to::text AS valid_to, contract.response_hours,
  contract.quantity_base, contract.minimum_base, contract.rate_per_day, contract.start_up_hours,
  contract.output_every_hours, contract.unit_price_fen, contract.restored_by, contract.confirm_every_days,
  contract.grace_days, contract.contact_name, contract.contact_phone, contract.called_base, contract.drawn_base,
  contract.term, contract.activated_at, contract.below_minimum_since, contract.confirmed_at,
  contract.confirmed_stock_base, contract.confirmed_rate_per_day, contract.confirmed_start_up_hours,
  contract.key_inputs_level, contract.taken_since_base, contract.synthetic,
  ARRAY(SELECT served.region_code FROM reserve_contract_regions AS served
        WHERE served.contract_id = contract.id ORDER BY served.region_code) AS serves`;

export interface ContractRow {
  readonly id: string;
  readonly document_number: string;
  readonly mode: ReserveMode;
  readonly state: ReserveState;
  readonly region_code: string;
  readonly organisation_id: string;
  readonly counterparty_name: string;
  readonly enterprise_organisation_id: string | null;
  readonly item_code: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly response_hours: number;
  readonly quantity_base: string;
  readonly minimum_base: string;
  readonly rate_per_day: string | null;
  readonly start_up_hours: number | null;
  readonly output_every_hours: number | null;
  readonly unit_price_fen: string | null;
  readonly restored_by: Restoration;
  readonly confirm_every_days: number | null;
  readonly grace_days: number;
  readonly contact_name: string | null;
  readonly contact_phone: string | null;
  readonly called_base: string;
  readonly drawn_base: string;
  readonly term: number;
  readonly activated_at: Date | null;
  readonly below_minimum_since: Date | null;
  readonly confirmed_at: Date | null;
  readonly confirmed_stock_base: string | null;
  readonly confirmed_rate_per_day: string | null;
  readonly confirmed_start_up_hours: number | null;
  readonly key_inputs_level: KeyInputLevel | null;
  readonly taken_since_base: string;
  readonly synthetic: boolean;
  readonly serves: string[];
}

const optionalInteger = (value: string | null): number | null => (value === null ? null : safeInteger(value));

export function contractOf(row: ContractRow): ReserveContract {
  return {
    contractId: row.id,
    documentNumber: row.document_number,
    mode: row.mode,
    state: row.state,
    regionCode: row.region_code,
    organisationId: row.organisation_id,
    serves: row.serves,
    counterpartyName: row.counterparty_name,
    enterpriseOrganisationId: row.enterprise_organisation_id,
    itemCode: row.item_code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    responseHours: row.response_hours,
    quantityBase: safeInteger(row.quantity_base),
    minimumBase: safeInteger(row.minimum_base),
    ratePerDay: optionalInteger(row.rate_per_day),
    startUpHours: row.start_up_hours,
    outputEveryHours: row.output_every_hours,
    unitPriceFen: optionalInteger(row.unit_price_fen),
    restoredBy: row.restored_by,
    confirmEveryDays: row.confirm_every_days,
    graceDays: row.grace_days,
    contactName: row.contact_name,
    contactPhone: row.contact_phone,
    calledBase: safeInteger(row.called_base),
    drawnBase: safeInteger(row.drawn_base),
    term: row.term,
    activatedAt: row.activated_at?.toISOString() ?? null,
    belowMinimumSince: row.below_minimum_since,
    confirmation: confirmationOf(row),
    synthetic: row.synthetic,
  };
}

function confirmationOf(row: ContractRow): ReserveContract['confirmation'] {
  if (row.confirmed_at === null) return null;
  return {
    confirmedAt: row.confirmed_at.toISOString(),
    stockBase: optionalInteger(row.confirmed_stock_base),
    ratePerDay: optionalInteger(row.confirmed_rate_per_day),
    startUpHours: row.confirmed_start_up_hours,
    keyInputsLevel: row.key_inputs_level,
    takenSinceBase: safeInteger(row.taken_since_base),
  };
}

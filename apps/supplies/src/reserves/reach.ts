import { DomainError, type Caller } from '@ledger/contracts';
import { mayActAt, regionPattern } from '../scope';
import type { ReserveContract } from './domain/contract';

type Parties = Pick<ReserveContract, 'regionCode' | 'organisationId' | 'enterpriseOrganisationId'>;

/** Changes a contract, calls it, pays for it: the office that concluded it, and the emergency departments above. */
export const mayManage = (caller: Caller, contract: Parties): boolean => mayActAt(caller, contract);

/** Belongs to the enterprise that keeps the goods or runs the plant. */
export const isCounterparty = (caller: Caller, contract: Parties): boolean =>
  caller.organisationId === contract.enterpriseOrganisationId;

/**
 * Speaks for the enterprise: its own people do; a stock manager or dispatcher who reached it by telephone writes down
 * what it said.
 */
export const maySpeakFor = (caller: Caller, contract: Parties): boolean =>
  isCounterparty(caller, contract) ||
  (mayManage(caller, contract) && caller.roles.some((role) => role === 'stock-manager' || role === 'dispatcher'));

/** Needs to telephone the enterprise, so sees whom to ask for. Source: plan 004 §22. */
export const maySeeContact = (caller: Caller, contract: Parties): boolean =>
  isCounterparty(caller, contract) ||
  (mayManage(caller, contract) &&
    caller.roles.some((role) => role === 'stock-manager' || role === 'dispatcher' || role === 'approver'));

/**
 * Whether a caller may read a contract: the people of its region, and of the regions it serves, because departments
 * share what they have; people of an enterprise read its own contracts only. Parameters of `reachOf` from $1 on.
 */
export const CONTRACT_IN_REACH = `
  CASE WHEN $3::uuid IS NOT NULL THEN contract.enterprise_organisation_id = $3
  ELSE contract.region_code LIKE $1 OR EXISTS (
    SELECT 1 FROM reserve_contract_regions AS served WHERE served.contract_id = contract.id
      AND (served.region_code LIKE $1 OR starts_with($2, served.region_code))) END`;

export function reachOf(caller: Caller): [pattern: string, region: string, enterprise: string | null] {
  const enterprise = caller.organisationKind === 'enterprise' ? caller.organisationId : null;
  return [regionPattern(caller.regionCode), caller.regionCode, enterprise];
}

/**
 * For what an enterprise has no business to see or do: other enterprises' contracts stand behind it.
 * @throws DomainError AUTH_ROLE_MISSING
 */
export function refuseEnterprise(caller: Caller): void {
  if (caller.organisationKind === 'enterprise') {
    throw new DomainError('AUTH_ROLE_MISSING', { detail: 'people of an enterprise see its own contracts only' });
  }
}

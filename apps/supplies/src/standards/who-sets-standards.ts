import { DomainError, type Caller } from '@ledger/contracts';

/**
 * The standards of a region bind every department and firm in it, so its emergency department sets them; floors of a
 * depot are its own organisation's matter.
 * @throws DomainError SUPPLIES_STANDARD_NOT_YOURS
 * Source: plan 004 §1 (unified command), plan 004 §22 (central management; standards).
 */
export function assertSetsStandards(caller: Caller): void {
  if (caller.organisationKind !== 'emergency') throw new DomainError('SUPPLIES_STANDARD_NOT_YOURS');
}

import { DomainError, type FieldFault } from '@ledger/contracts';
import type { ChangeableTerms, ReserveContract } from './contract';
import { termsFaults } from './contract-terms';

/**
 * The terms of a contract after a change; what is left out stays as it is. A renewal begins a new term, in which nothing
 * is drawn yet, and has to last longer than the old one.
 * @param today  in China
 * @throws DomainError in this order: SUPPLIES_RESERVE_STATE_FORBIDDEN, SUPPLIES_RESERVE_TERMS_INVALID,
 *   SUPPLIES_RESERVE_QUANTITY_CALLED
 */
export function amendTerms(
  contract: ReserveContract,
  changes: Partial<ChangeableTerms>,
  { renewed, today }: { readonly renewed: boolean; readonly today: string },
): ChangeableTerms {
  const { state } = contract;
  if (state === 'ended' || (renewed && state === 'draft')) {
    throw new DomainError('SUPPLIES_RESERVE_STATE_FORBIDDEN', { detail: `the contract is ${state}`, facts: { state } });
  }
  const terms = { ...contract, ...withoutGaps(changes) };
  const faults = [...termsFaults(terms), ...(renewed ? renewalFaults(contract, terms, today) : [])];
  if (faults.length > 0) throw new DomainError('SUPPLIES_RESERVE_TERMS_INVALID', { errors: faults });
  const spokenForBase = contract.calledBase + (renewed ? 0 : contract.drawnBase);
  if (terms.quantityBase < spokenForBase) {
    throw new DomainError('SUPPLIES_RESERVE_QUANTITY_CALLED', {
      detail: `${spokenForBase} pieces are called or drawn`,
      facts: { calledBase: contract.calledBase, drawnBase: contract.drawnBase },
    });
  }
  return terms;
}

function renewalFaults(contract: ReserveContract, terms: ChangeableTerms, today: string): FieldFault[] {
  const isLonger = terms.validTo > contract.validTo && terms.validTo >= today;
  return isLonger ? [] : [{ pointer: '/validTo', reason: 'has to lie after the last day so far, and not in the past' }];
}

/** Without the fields that a request left out, so that they do not hide what is there. */
function withoutGaps<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value != null)) as Partial<T>;
}

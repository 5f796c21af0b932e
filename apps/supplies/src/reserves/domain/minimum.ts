import { knownStockBase, type ReserveContractTerms } from '@ledger/contracts';

/** fell: announce it, once · recovered: the next fall is announced again · same: nothing to say. */
export type MinimumChange = 'fell' | 'recovered' | 'same';

/**
 * What a change means for the minimum an enterprise may not fall below. It looks at the goods in its store as far as we
 * know, so a confirmation, a delivery to us and a raised minimum are judged alike. Only an active contract is judged.
 * @param wasBelow  whether the fall is known already
 * Source: plan 004 §22 (minimum stock of key enterprises).
 */
export function minimumChange(contract: ReserveContractTerms, wasBelow: boolean): MinimumChange {
  if (contract.mode !== 'enterprise' || contract.state !== 'active') return 'same';
  const isBelow = knownStockBase(contract) < contract.minimumBase;
  if (isBelow === wasBelow) return 'same';
  return isBelow ? 'fell' : 'recovered';
}

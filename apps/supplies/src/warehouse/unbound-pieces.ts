import { DomainError } from '@ledger/contracts';
import { unboundBase, type QuarantinedLot } from './quarantine.repository';

/**
 * Refuses more pieces than lie in quarantine without a claim on them.
 * @param lot  locked by the caller; undefined when the depot never had pieces of it there
 * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE
 */
export function assertUnbound(lot: QuarantinedLot | undefined, lotId: string, askedBase: number): void {
  const availableBase = unboundBase(lot);
  if (askedBase <= availableBase) return;
  throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
    detail: `${askedBase} asked for, ${availableBase} in quarantine wait for nothing else`,
    facts: { lotId, askedBase, availableBase, boundBase: lot?.boundBase ?? 0 },
  });
}

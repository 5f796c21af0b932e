import { DomainError, tierOf, type Caller } from '@ledger/contracts';

/**
 * There is one catalogue for the whole installation, so that the same goods have the same code everywhere. It is kept by
 * the stock managers of a city or a province and by system administrators; a county asks them for what it misses.
 * @throws DomainError SUPPLIES_CATALOGUE_TIER_TOO_LOW
 * Source: plan 004 §22 (codes; standards and catalogue).
 */
export function assertKeepsCatalogue(caller: Pick<Caller, 'roles' | 'regionCode'>): void {
  const tier = tierOf(caller.regionCode);
  const highEnough = tier === 'city' || tier === 'province';
  if (caller.roles.includes('system-administrator') || (caller.roles.includes('stock-manager') && highEnough)) return;
  throw new DomainError('SUPPLIES_CATALOGUE_TIER_TOO_LOW', { facts: { tier: tier ?? null } });
}

/**
 * Ledger accounts. A posting moves an integer quantity of one lot from one account to another; inside accounts never go
 * below zero, outside accounts are where goods come from and go to. The text form is stored, printed and exported.
 */

export const DEPOT_STATES = ['available', 'reserved', 'quarantine'] as const;
export type DepotState = (typeof DEPOT_STATES)[number];

export const OUTSIDE_ACCOUNTS = [
  'supplier',
  'donor',
  'consumed',
  'lost',
  'scrapped',
  'rotated-out',
  'count-difference',
  'kitted',
] as const;
export type OutsideAccount = (typeof OUTSIDE_ACCOUNTS)[number];

export type DepotAccount = `depot:${string}:${DepotState}`;
export type TransitAccount = `transit:${string}`;
/** Goods at an incident site: usable ones, or damaged ones that wait for their return. */
export type SiteAccount = `site:${string}` | `site:${string}:damaged`;
export type Account = DepotAccount | TransitAccount | SiteAccount | OutsideAccount;

export const depotAccount = (depotId: string, state: DepotState): DepotAccount => `depot:${depotId}:${state}`;
export const transitAccount = (shipmentId: string): TransitAccount => `transit:${shipmentId}`;
export const siteAccount = (siteId: string): SiteAccount => `site:${siteId}`;
export const damagedSiteAccount = (siteId: string): SiteAccount => `site:${siteId}:damaged`;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Accounts of goods between depots: on the road and at sites. Also part of a CHECK on the tables. */
export const JOURNEY_ACCOUNT_PATTERN = new RegExp(`^(transit:${UUID}|site:${UUID}(:damaged)?)$`);

export function isInside(account: string): boolean {
  return account.includes(':');
}

/** The depot and state behind a depot account, or undefined for any other account. */
export function parseDepotAccount(account: string): { depotId: string; state: DepotState } | undefined {
  const [kind, depotId, state, ...rest] = account.split(':');
  return kind === 'depot' && depotId && DEPOT_STATES.includes(state as DepotState) && rest.length === 0
    ? { depotId, state: state as DepotState }
    : undefined;
}

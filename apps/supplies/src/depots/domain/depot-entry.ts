/** What a depot may be. A shelter is both: it stores goods, and people in it receive them. */
export const DEPOT_KINDS = ['warehouse', 'point', 'enterprise-store', 'leased', 'co-built', 'shelter'] as const;
export type DepotKind = (typeof DEPOT_KINDS)[number];

/** To whom the building belongs; the organisation that answers for the goods is another matter. */
export const DEPOT_OWNER_KINDS = [
  'government',
  'enterprise',
  'charity',
  'community',
  'armed-forces',
  'household',
] as const;
export type DepotOwnerKind = (typeof DEPOT_OWNER_KINDS)[number];

/** How a position is known: measured at the place, read in a source, guessed, or invented for a demonstration. */
export const POSITION_BASES = ['surveyed', 'sourced', 'estimate', 'synthetic'] as const;
export type PositionBasis = (typeof POSITION_BASES)[number];

/** Whether a receipt over the capacity is only warned of, or refused. */
export const CAPACITY_RULES = ['soft', 'hard'] as const;
export type CapacityRule = (typeof CAPACITY_RULES)[number];

export const OPENING_STATES = ['open', 'suspended', 'closed'] as const;
export type OpeningState = (typeof OPENING_STATES)[number];

export const RISK_LEVELS = ['low', 'medium', 'high', 'very-high'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

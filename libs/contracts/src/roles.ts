/** The roles of people and of machines that act for them. */
export const ROLES = [
  'keeper',
  'stock-manager',
  'team-manager',
  'team-member',
  'carrier',
  'driver',
  'dispatcher',
  'approver',
  'auditor',
  'security-administrator',
  'system-administrator',
  'peer-system',
] as const;
export type Role = (typeof ROLES)[number];

export const ORGANISATION_KINDS = [
  'emergency',
  'government',
  'water',
  'forestry',
  'fire',
  'health',
  'transport',
  'public-security',
  'armed-forces',
  'enterprise',
  'charity',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** Real operations or a drill; it travels in every token and event, and the two never mix. */
export const REALMS = ['real', 'drill'] as const;
export type Realm = (typeof REALMS)[number];

/** Who asks: read from the verified access token, never from the request's body. */
export interface Caller {
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly regionCode: string;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly realm: Realm;
}

import type { FieldFault } from '@ledger/contracts';

export const CONTACT_ROLES = ['commander', 'deputy', 'duty-desk'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

export const CAPABILITY_BASES = ['declared', 'assessed'] as const;
export type CapabilityBasis = (typeof CAPABILITY_BASES)[number];

/** What an entry says, as far as one part depends on another or on the lists of the register. */
export interface TeamFacts {
  readonly typeCode: string;
  readonly specialties: readonly string[];
  readonly capabilities: readonly { readonly code: string; readonly amount: number; readonly level: number }[];
  readonly contacts: readonly { readonly role: ContactRole }[];
}

/** The codes that the register knows. */
export interface KnownCodes {
  readonly typeCodes: ReadonlySet<string>;
  readonly specialties: ReadonlySet<string>;
  /** Highest level by kind of capability; 0 for kinds without levels. */
  readonly highestLevels: ReadonlyMap<string, number>;
}

/** @returns the contradictions of an entry, in the order of its fields; empty when there are none */
export function teamFaults(team: TeamFacts, known: KnownCodes): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, reason: string): void => void faults.push({ pointer, reason });
  if (!known.typeCodes.has(team.typeCode)) fault('/typeCode', 'is no kind of team that the register knows');
  team.specialties.forEach((code, index) => {
    if (!known.specialties.has(code)) fault(`/specialties/${index}`, 'is no specialty that the register knows');
  });
  const seen = new Set<string>();
  team.capabilities.forEach(({ code, level }, index) => {
    const highest = known.highestLevels.get(code);
    if (highest === undefined) fault(`/capabilities/${index}/code`, 'is no capability that the register knows');
    else if (level > highest) fault(`/capabilities/${index}/level`, `goes up to ${highest}`);
    else if (highest > 0 && level === 0) fault(`/capabilities/${index}/level`, `is required: 1 to ${highest}`);
    if (seen.has(code)) fault(`/capabilities/${index}/code`, 'is stated twice');
    seen.add(code);
  });
  const commanders = team.contacts.filter(({ role }) => role === 'commander').length;
  if (commanders > 1) fault('/contacts', 'name more than one commander');
  return faults;
}

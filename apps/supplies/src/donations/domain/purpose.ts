import { regionCovers } from '@ledger/contracts';

/** What goods can be given for. `undirected` goods are for any use and carry no binding. */
export const PURPOSE_KINDS = ['undirected', 'region', 'incident', 'group'] as const;
export type PurposeKind = (typeof PURPOSE_KINDS)[number];

/** Groups that goods can be given for: those that relief puts first, and victims as a whole. Our list, an estimate. */
export const GROUPS = ['elderly', 'children', 'disabled', 'pregnant', 'sick', 'rescuers', 'affected'] as const;
export type Group = (typeof GROUPS)[number];

/** What a donor wants goods to be used for; only the field of its kind is set. */
export interface Purpose {
  readonly kind: PurposeKind;
  readonly regionCode: string | null;
  readonly incidentId: string | null;
  readonly group: string | null;
}

export const UNDIRECTED: Purpose = { kind: 'undirected', regionCode: null, incidentId: null, group: null };

/** Where goods would go; what is not known is null. */
export interface Destination {
  readonly regionCode: string | null;
  readonly incidentId: string | null;
  readonly group: string | null;
}

/**
 * Whether goods given for a purpose may go to a destination. What is not known of the destination never fits: goods
 * that were given for something are not used up on a guess.
 * Source: plan 004 §22 (donations).
 */
export function allows(purpose: Purpose, destination: Destination): boolean {
  switch (purpose.kind) {
    case 'undirected':
      return true;
    case 'region':
      return (
        purpose.regionCode !== null &&
        destination.regionCode !== null &&
        regionCovers(purpose.regionCode, destination.regionCode)
      );
    case 'incident':
      return purpose.incidentId !== null && purpose.incidentId === destination.incidentId;
    case 'group':
      return purpose.group !== null && purpose.group === destination.group;
  }
}

/** What is wrong with a purpose, or undefined: each kind names its own field and no other. */
export function purposeFault(purpose: Purpose): string | undefined {
  const named = { region: purpose.regionCode, incident: purpose.incidentId, group: purpose.group };
  for (const [kind, value] of Object.entries(named)) {
    if (kind === purpose.kind && value === null) return `a purpose of the kind ${kind} has to name it`;
    if (kind !== purpose.kind && value !== null) return `a purpose of the kind ${purpose.kind} names no ${kind}`;
  }
  return undefined;
}

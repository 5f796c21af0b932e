/**
 * What can happen to goods. `reversible` kinds may be undone by a reversal: those a person records by hand. Steps of an
 * allocation are undone by their own compensation instead (release, take-back, return), because others act on them.
 */
const KINDS = {
  receipt: { reversible: true },
  reserve: { reversible: false },
  release: { reversible: false },
  issue: { reversible: false },
  deliver: { reversible: false },
  difference: { reversible: false },
  'hand-out': { reversible: true },
  return: { reversible: true },
  'take-back': { reversible: false },
  reversal: { reversible: false },
} as const satisfies Record<string, { reversible: boolean }>;

export type MovementKind = keyof typeof KINDS;
export const MOVEMENT_KINDS = Object.keys(KINDS) as MovementKind[];

export const isReversible = (kind: MovementKind): boolean => KINDS[kind].reversible;

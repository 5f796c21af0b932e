/**
 * What can happen to goods. `reversible` kinds may be undone by a reversal: those a person records by hand. Steps of a
 * flow (an allocation, a transfer, a loan, a count, a kit) are undone by their own opposite step instead (release,
 * take-back, return, breaking the kit), because others act on them.
 */
const KINDS = {
  receipt: { reversible: true },
  'put-away': { reversible: true },
  use: { reversible: true },
  quarantine: { reversible: true },
  rotate: { reversible: true },
  scrap: { reversible: true },
  'send-back': { reversible: true },
  count: { reversible: false },
  'transfer-out': { reversible: false },
  'transfer-in': { reversible: false },
  lend: { reversible: false },
  'give-back': { reversible: false },
  'kit-build': { reversible: false },
  'kit-break': { reversible: false },
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

/** How a lot of the item is kept usable; `seeds/README.md` describes each rule. */
export const ROTATION_RULES = [
  'FEFO',
  'FIFO',
  'FIFO-APPRAISE',
  'RUN-TEST',
  'INSPECT-ONLY',
  'CYL-TEST',
  'CALIBRATE',
  'VEHICLE',
  'AGREEMENT-ONLY',
] as const;
export type RotationRule = (typeof ROTATION_RULES)[number];

/** Read in a named source, or our own guess. */
export const BASES = ['sourced', 'estimate'] as const;
export type Basis = (typeof BASES)[number];

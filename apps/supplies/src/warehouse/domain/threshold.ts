/**
 * What a region may set for its warehouses. The defaults are estimates and hold where no region above has set a value:
 * - `scrap-approver-fen`: from this value on goods are scrapped by an approver, in fen;
 * - `transfer-loss-alone-base`: pieces that one person may write off of a transfer, in base units over all lots;
 * - `transfer-arrival-hours`: hours on the road after which a transfer is overdue, where its order names none.
 */
export const DEFAULT_THRESHOLDS = {
  'scrap-approver-fen': 200_000,
  'transfer-loss-alone-base': 10,
  'transfer-arrival-hours': 72,
} as const;

export type ThresholdKind = keyof typeof DEFAULT_THRESHOLDS;
export const THRESHOLD_KINDS = Object.keys(DEFAULT_THRESHOLDS) as ThresholdKind[];

export interface SetThreshold {
  readonly regionCode: string;
  readonly value: number;
}

/**
 * The value in force in a region: the one of the nearest region at or above it, else the default.
 * @param set  the latest value of each region that set one
 */
export function thresholdIn(regionCode: string, kind: ThresholdKind, set: readonly SetThreshold[]): number {
  const above = set.filter((each) => regionCode.startsWith(each.regionCode));
  const nearest = above.reduce<SetThreshold | undefined>(
    (best, each) => (best && best.regionCode.length >= each.regionCode.length ? best : each),
    undefined,
  );
  return nearest?.value ?? DEFAULT_THRESHOLDS[kind];
}

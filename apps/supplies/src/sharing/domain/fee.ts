import type { Day } from '../../stock/domain/calendar';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A change of what is owed: positive when goods left the lender, negative when they came back or were paid. */
export interface DebtChange {
  readonly day: Day;
  readonly changeBase: number;
}

/**
 * What the use of borrowed goods has cost: every piece that is owed costs the fee for every day begun after the day on
 * which it left, until the day on which it was cleared or today.
 * @param feeFen  integer fen per piece and day, ≥ 0
 * @returns integer fen ≥ 0
 */
export function feeFen(changes: readonly DebtChange[], fee: number, today: Day): number {
  const pieceDays = changes.reduce((sum, { day, changeBase }) => sum + changeBase * daysBetween(day, today), 0);
  return pieceDays * fee;
}

const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

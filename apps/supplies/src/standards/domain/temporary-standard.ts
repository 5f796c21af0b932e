import type { Day } from '../../stock/domain/calendar';

/** Event-site reserve, seasonal reserve, special-need reserve. Source: plan 004 §22. */
export const TEMPORARY_KINDS = ['event', 'season', 'special-need'] as const;
export type TemporaryKind = (typeof TEMPORARY_KINDS)[number];

export interface TemporaryDates {
  readonly validFrom: Day;
  /** The last day, or the earlier one on which it was ended. */
  readonly lastDay: Day;
  /** The goods have to be there by the end of this day. */
  readonly fillUpBy: Day;
  /** What is over has to be taken back by the end of this day. */
  readonly drawDownBy: Day;
}

export type TemporaryState = 'planned' | 'in-force' | 'draw-down' | 'over';

/** Where a standard for a time stands on a day; the date alone decides. */
export function stateOn({ validFrom, lastDay, drawDownBy }: TemporaryDates, day: Day): TemporaryState {
  if (day <= lastDay) return day < validFrom ? 'planned' : 'in-force';
  return day <= drawDownBy ? 'draw-down' : 'over';
}

/** Dates that contradict each other or come too late; empty when they can be kept. */
export function temporaryDateFaults(
  dates: { readonly validFrom: Day; readonly validTo: Day; readonly fillUpBy: Day; readonly drawDownBy: Day },
  today: Day,
): { pointer: string; reason: string }[] {
  const faults: { pointer: string; reason: string }[] = [];
  if (dates.validTo < dates.validFrom) faults.push({ pointer: '/validTo', reason: 'lies before the first day' });
  if (dates.validTo < today) faults.push({ pointer: '/validTo', reason: 'lies in the past' });
  if (dates.fillUpBy < today) faults.push({ pointer: '/fillUpBy', reason: 'lies in the past' });
  if (dates.fillUpBy > dates.validTo) faults.push({ pointer: '/fillUpBy', reason: 'lies after the last day' });
  if (dates.drawDownBy <= dates.validTo)
    faults.push({ pointer: '/drawDownBy', reason: 'has to lie after the last day' });
  return faults;
}

/** Where the goods of one item stand against one standard for a time. */
export interface TemporaryNeed {
  readonly quantityBase: number;
  /** In the place, issuable. */
  readonly heldBase: number;
  /** What the place has to hold while the standard is in force, all standards together. */
  readonly requiredInForceBase: number;
  /** What it has to hold after the last day. */
  readonly requiredAfterBase: number;
}

/** What has to be moved in: no more than the standard asks for, and only what the place does not hold anyway. */
export function toMoveInBase(need: TemporaryNeed, state: TemporaryState): number {
  if (state !== 'planned' && state !== 'in-force') return 0;
  return Math.min(need.quantityBase, Math.max(0, need.requiredInForceBase - need.heldBase));
}

/**
 * What has to be taken back after the last day: what was asked for and lies there beyond the standard that stays. Before
 * that day it is what would be taken back as things stand.
 */
export const toTakeBackBase = (need: TemporaryNeed): number =>
  Math.min(need.quantityBase, Math.max(0, need.heldBase - need.requiredAfterBase));

/** Whether what had to be there by the end of the fill-up day is not. */
export const isFillUpOverdue = (dates: TemporaryDates, missingBase: number, today: Day): boolean =>
  missingBase > 0 && today > dates.fillUpBy && today <= dates.lastDay;

/** Whether what had to be gone by the end of the draw-down day is not. */
export const isDrawDownOverdue = (dates: TemporaryDates, leftBase: number, today: Day): boolean =>
  leftBase > 0 && today > dates.drawDownBy;

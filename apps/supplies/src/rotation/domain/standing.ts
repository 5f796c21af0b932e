import type { Day } from '../../stock/domain/calendar';
import type { LotLife } from './lot-life';
import { addDays, daysBetween } from './months';

/** How urgent the rotation of a lot is, least first. */
export const STANDINGS = ['none', 'notice', 'due', 'overdue', 'expired'] as const;
export type Standing = (typeof STANDINGS)[number];

/** `days` before the end of life, or a `share` of the whole life in thousandths. */
export const MEASURES = ['days', 'share'] as const;
export type Measure = (typeof MEASURES)[number];

/** When the windows of a class of items open; before the end of life, noticeBefore ≥ actBefore ≥ lateBefore ≥ 0. */
export interface Threshold {
  readonly measure: Measure;
  readonly noticeBefore: number;
  readonly actBefore: number;
  readonly lateBefore: number;
}

/** The first days of the windows of one lot. */
export interface RotationWindow {
  readonly noticeOn: Day;
  readonly actOn: Day;
  /** From here on it is hardly possible any more to put the goods to use in time. */
  readonly lateOn: Day;
}

/** The days on which the windows of a lot open. Shares are rounded down to whole days: never too early. */
export function windowOf(life: LotLife, threshold: Threshold): RotationWindow {
  const wholeDays = daysBetween(life.start, life.end);
  const opensOn = (before: number): Day =>
    addDays(life.end, -(threshold.measure === 'days' ? before : Math.floor((wholeDays * before) / 1000)));
  return {
    noticeOn: opensOn(threshold.noticeBefore),
    actOn: opensOn(threshold.actBefore),
    lateOn: opensOn(threshold.lateBefore),
  };
}

/**
 * Where a lot stands on a day. Windows, not exact dates: a day on which nobody looked changes nothing. A dated lot is
 * good to the end of its date and expired from the next day on; a counted life that is over is overdue for ever, because
 * only an appraisal can say what the goods are worth.
 * @param today   the day in China, read from the database's clock at the moment of asking
 * @param window  null where no threshold is set for such goods: then only their date counts
 */
export function standingOn(today: Day, life: LotLife, window: RotationWindow | null): Standing {
  if (life.dated && today > life.end) return 'expired';
  if (window === null) return 'none';
  if (today >= window.lateOn) return 'overdue';
  if (today >= window.actOn) return 'due';
  return today >= window.noticeOn ? 'notice' : 'none';
}

/** True for goods that an order has to deal with, and that do not count towards the standard of a place. */
export const mustRotate = (standing: Standing): boolean => STANDINGS.indexOf(standing) >= STANDINGS.indexOf('due');

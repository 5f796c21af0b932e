import { startOfDay, type Day } from '../../stock/domain/calendar';

/** A calendar month, `2026-07`. Months of this form compare in time order as texts. */
export type Month = string;

const numberOf = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** How many months a span has, its first and its last one included; 0 or less for one that ends before it begins. */
export const monthsIn = (from: Month, to: Month): number => numberOf(to) - numberOf(from) + 1;

export function nextMonth(month: Month): Month {
  const next = numberOf(month) + 1;
  return `${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}`;
}

const firstDayOf = (month: Month): Day => `${month}-01`;

/** The instants between which months lie in China: the first belongs to them, the second to the month after. */
export const spanOf = (from: Month, to: Month): readonly [Date, Date] => [
  startOfDay(firstDayOf(from)),
  startOfDay(firstDayOf(nextMonth(to))),
];

import { chinaDay, type Day } from '../../stock/domain/calendar';
import type { Cell } from './cell';

const FORMS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\d)/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?!\d)/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]/,
  /^(\d{4})(\d{2})(\d{2})(?!\d)/,
];
/** Nothing, or a time of day, with the weekday that some ledgers print in between. */
const REST = /^[\sT]*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FIRST_YEAR = 1950;
const LAST_YEAR = 2149;
const MS_PER_DAY = 86_400_000;
/** Day 0 of the two calendars that spreadsheets count in. The first holds for serials after its invented 29 February 1900. */
const SERIAL_EPOCH_MS = { since1900: Date.UTC(1899, 11, 30), since1904: Date.UTC(1904, 0, 1) };

/**
 * The calendar day that a cell names. What is written is what is meant, whatever the time zone of the machine: only an
 * instant with a zone is turned into the day in China.
 * @param since1904  whether serial numbers of this file count from 1904
 * @returns undefined for anything that is not exactly one day of the years 1950 to 2149, `01/07/2026` for one
 */
export function parseDay(cell: Cell, since1904 = false): Day | undefined {
  if (typeof cell === 'number') return dayOfSerial(cell, since1904);
  if (typeof cell === 'object' && cell !== null) return 'day' in cell ? inRange(cell.day) : undefined;
  return typeof cell === 'string' ? dayOfText(cell.normalize('NFKC').trim()) : undefined;
}

function dayOfText(text: string): Day | undefined {
  if (INSTANT.test(text)) {
    const instant = new Date(text);
    return Number.isNaN(instant.getTime()) ? undefined : inRange(chinaDay(instant));
  }
  for (const form of FORMS) {
    const match = form.exec(text);
    if (match) return REST.test(text.slice(match[0].length)) ? existing(match) : undefined;
  }
  return undefined;
}

function existing([, year, month, day]: RegExpExecArray): Day | undefined {
  const isDay = Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
  return isDay ? inRange(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) : undefined;
}

/** Days of a month; none of a month that does not exist. */
function daysIn(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return DAYS_IN_MONTH[month - 1] ?? 0;
}

function dayOfSerial(serial: number, since1904: boolean): Day | undefined {
  if (!Number.isFinite(serial) || serial < 1 || serial > 100_000) return undefined;
  const epochMs = since1904 ? SERIAL_EPOCH_MS.since1904 : SERIAL_EPOCH_MS.since1900;
  return inRange(new Date(epochMs + Math.floor(serial) * MS_PER_DAY).toISOString().slice(0, 10));
}

function inRange(day: Day): Day | undefined {
  const year = Number(day.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR ? day : undefined;
}

import type { Day } from '../../stock/domain/calendar';
import { textOf, type Cell } from './cell';
import type { ImportField } from './import-kinds';
import type { FieldCells } from './mapping';
import { parseDay } from './parse-day';
import { shownValue, type RowFault, type RowFaultCode } from './row-faults';

const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;

/** Reads the fields of one row and collects what is wrong with it; nothing is guessed where a fault was found. */
export class RowReader {
  readonly faults: RowFault[] = [];

  constructor(
    private readonly cells: FieldCells,
    private readonly since1904: boolean,
  ) {}

  cell(field: ImportField): Cell {
    const cell = this.cells[field] ?? null;
    if (typeof cell === 'object' && cell !== null && 'fault' in cell) {
      this.refuse(field, cell.fault);
      return null;
    }
    return cell;
  }

  /** The text of a field; empty when there is none or it was refused. */
  text(field: ImportField, maxCharacters: number): string {
    const text = textOf(this.cell(field));
    if (UNSTORABLE.test(text)) return this.refuse(field, 'text-unstorable');
    return text.length > maxCharacters ? this.refuse(field, 'text-too-long') : text;
  }

  requiredText(field: ImportField, maxCharacters: number): string {
    const before = this.faults.length;
    const text = this.text(field, maxCharacters);
    if (text === '' && this.faults.length === before) this.refuse(field, 'required-missing');
    return text;
  }

  /** The day of a field; null when there is none or it was refused. */
  day(field: ImportField): Day | null {
    const cell = this.cell(field);
    if (cell === null) return null;
    const day = parseDay(cell, this.since1904);
    if (day === undefined) this.refuse(field, 'day-invalid');
    return day ?? null;
  }

  has(field: ImportField): boolean {
    return this.cells[field] !== undefined;
  }

  refuse(field: ImportField, code: RowFaultCode): '' {
    this.faults.push({ field, code, value: shownValue(textOf(this.cells[field])) });
    return '';
  }
}

import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import type { Cell } from './cell';
import { normalText } from './normal-text';

/** A quantity as written: `units / 10 ** decimals` of `unit`. */
export interface WrittenQuantity {
  readonly units: number;
  readonly decimals: number;
  /** Written beside the number, `12顶`; empty when it is not. */
  readonly unit: string;
}

/** How an item is counted. */
export interface Counting {
  readonly unit: string;
  /** How many base units one pack holds, by the normal text of the pack's name. */
  readonly packs: ReadonlyMap<string, number>;
}

export type QuantityFault =
  | 'quantity-not-a-number'
  | 'quantity-zero'
  | 'quantity-negative'
  | 'quantity-too-large'
  | 'quantity-fraction'
  | 'unit-unknown';

const NUMBER = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*([^\d\s.,+-][^\d]{0,19})?$/;
const MAX_DECIMALS = 6;

/**
 * Reads a number with an optional unit behind it; thousands may be set apart with commas.
 * @returns a fault for what is no plain decimal number, and for 0 and less
 */
export function parseQuantity(cell: Cell): WrittenQuantity | QuantityFault {
  const match = NUMBER.exec(numeral(cell));
  if (!match) return 'quantity-not-a-number';
  const [, sign, whole, fraction = '', unit = ''] = match;
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > MAX_DECIMALS) return 'quantity-fraction';
  const units = Number(whole.replaceAll(',', '') + decimals);
  if (units === 0) return 'quantity-zero';
  if (sign === '-') return 'quantity-negative';
  if (!Number.isSafeInteger(units)) return 'quantity-too-large';
  return { units, decimals: decimals.length, unit: unit.trim() };
}

/**
 * A written quantity in the item's base unit.
 * @param unit  from a column of its own; the one beside the number counts when this is empty
 */
export function quantityBase(written: WrittenQuantity, unit: string, counting: Counting): number | QuantityFault {
  const factor = factorOf(unit || written.unit, counting);
  if (factor === undefined) return 'unit-unknown';
  // Both factors stay below 2^53 each; the product of what is acceptable does so too.
  const scaled = written.units * factor;
  const quantity = scaled / 10 ** written.decimals;
  if (quantity > MAX_QUANTITY_BASE) return 'quantity-too-large';
  return Number.isInteger(quantity) && Number.isSafeInteger(scaled) ? quantity : 'quantity-fraction';
}

function factorOf(unit: string, { unit: baseUnit, packs }: Counting): number | undefined {
  const asked = normalText(unit);
  return asked === '' || asked === normalText(baseUnit) ? 1 : packs.get(asked);
}

/** Spreadsheets count in binary fractions: the sum 0.1 + 0.2 is 0.3 for whoever reads it there. */
function numeral(cell: Cell): string {
  if (typeof cell === 'string') return cell.normalize('NFKC').trim();
  if (typeof cell !== 'number' || Math.abs(cell) >= 1e15) return '';
  const rounded = Number(cell.toFixed(MAX_DECIMALS));
  return Math.abs(rounded) < 1e-6 ? '0' : String(rounded);
}

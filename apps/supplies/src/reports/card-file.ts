import { stringify } from 'csv-stringify/sync';
import { CARD_HEADINGS, cardCells, openingCells, type CardLine } from './domain/card-sheet';

/**
 * A card as CSV for a spreadsheet: with a byte order mark, so that Chinese text is read as such, and with texts that
 * begin like a formula made harmless.
 */
export function cardFile(card: {
  readonly openingBase: number;
  readonly from: string;
  readonly lines: readonly CardLine[];
}): Buffer {
  const rows = [[...CARD_HEADINGS], openingCells(card.from, card.openingBase), ...card.lines.map(cardCells)];
  return Buffer.from(stringify(rows, { bom: true, escape_formulas: true, record_delimiter: 'windows' }), 'utf8');
}

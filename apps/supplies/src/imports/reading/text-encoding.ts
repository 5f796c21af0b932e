import { DomainError } from '@ledger/contracts';

export const TEXT_ENCODINGS = ['utf-8', 'gb18030'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/**
 * Tells the encoding of a text: UTF-8 when every byte fits it, else GB18030, in which spreadsheets in China save CSV.
 * Anything else is refused instead of guessed at: a wrong guess would turn names into others.
 * @param pieces  gives the bytes from the beginning each time it is called
 * @throws DomainError SUPPLIES_IMPORT_ENCODING_UNKNOWN
 */
export async function detectEncoding(pieces: () => AsyncIterable<Buffer>): Promise<TextEncoding> {
  for (const encoding of TEXT_ENCODINGS) {
    if (await fits(pieces(), encoding)) return encoding;
  }
  throw new DomainError('SUPPLIES_IMPORT_ENCODING_UNKNOWN', {
    detail: 'save the sheet as "CSV UTF-8", or as a workbook (.xlsx)',
  });
}

async function fits(pieces: AsyncIterable<Buffer>, encoding: TextEncoding): Promise<boolean> {
  try {
    // A NUL stands in UTF-16 and in programs, never in a sheet.
    for await (const text of decodedText(pieces, encoding)) if (text.includes('\0')) return false;
    return true;
  } catch {
    return false;
  }
}

/** The text of a file, piece by piece; a byte-order mark at its beginning is left out. */
export async function* decodedText(pieces: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

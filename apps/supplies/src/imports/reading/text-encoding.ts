import { isUtf8 } from 'node:buffer';
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

/** A NUL stands in UTF-16 and in programs, never in a sheet. */
async function fits(pieces: AsyncIterable<Buffer>, encoding: TextEncoding): Promise<boolean> {
  if (encoding === 'utf-8') return isUtf8Throughout(pieces);
  try {
    for await (const text of decodedText(pieces, encoding)) if (text.includes('\0')) return false;
    return true;
  } catch {
    return false;
  }
}

/** The quick way for what most files are: looked at as bytes, with the character that a piece breaks off kept back. */
async function isUtf8Throughout(pieces: AsyncIterable<Buffer>): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const end = bytes.length - unfinishedBytes(bytes);
    if (!isUtf8(bytes.subarray(0, end)) || bytes.includes(0)) return false;
    rest = bytes.subarray(end);
  }
  return rest.length === 0;
}

/** How many bytes at the end begin a character that is not complete. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < bytesOfCharacter(byte) ? back : 0;
  }
  return 0;
}

/** By the first byte of a character that has more than one. */
function bytesOfCharacter(firstByte: number): number {
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : 2;
}

/** The text of a file, piece by piece; a byte-order mark at its beginning is left out. */
export async function* decodedText(pieces: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

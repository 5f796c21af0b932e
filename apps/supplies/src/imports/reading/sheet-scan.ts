import { parseRange, type MergedBlock } from '../domain/merges';

const MARKS = /<(?:(row|v|is)[ />]|mergeCell [^>]*?ref="([^"]{1,40})")/g;
/** The longest mark there is; what is cut off at the end of a piece is looked at again with the next one. */
const OVERLAP = 120;
const MAX_BLOCKS = 50_000;

export interface SheetScan {
  /** Rows with a value in any cell. */
  readonly rows: number;
  readonly blocks: readonly MergedBlock[];
}

/**
 * Looks through the text of a sheet without building its cells: how many rows hold anything, and which cells are merged.
 * Spreadsheets name the merged cells behind the rows, when it would be too late.
 */
export async function scanSheet(pieces: AsyncIterable<Buffer>): Promise<SheetScan> {
  const blocks: MergedBlock[] = [];
  let rows = 0;
  let isCounted = true;
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece.toString('latin1');
    let seen = 0;
    for (const match of text.matchAll(MARKS)) {
      seen = match.index + match[0].length;
      if (match[1] === 'row') isCounted = false;
      else if (match[1] && !isCounted) {
        rows++;
        isCounted = true;
      } else if (match[2] && blocks.length < MAX_BLOCKS) {
        const block = parseRange(match[2]);
        if (block) blocks.push(block);
      }
    }
    rest = text.slice(Math.max(seen, text.length - OVERLAP));
  }
  return { rows, blocks };
}

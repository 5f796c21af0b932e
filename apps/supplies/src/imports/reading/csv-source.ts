import { Readable } from 'node:stream';
import { DomainError } from '@ledger/contracts';
import { parse } from 'csv-parse';
import type { SheetRow } from '../domain/cell';
import { MAX_COLUMNS, ROWS_PER_BATCH, boundedCell, type RowSource } from './row-source';
import { decodedText, type TextEncoding } from './text-encoding';

const DELIMITERS = [',', '\t', ';'] as const;
/** A quote that is never closed would take in the rest of the file as one cell. */
const MAX_RECORD_CHARACTERS = 100_000;
const SLICE_BYTES = 32 * 1024;

/**
 * A file of comma-separated values, or with tabs or semicolons between them.
 * @param pieces  gives the bytes from the beginning each time it is called
 */
export class CsvSource implements RowSource {
  readonly sheets = [];
  readonly since1904 = false;

  constructor(
    private readonly pieces: () => AsyncIterable<Buffer>,
    private readonly encoding: TextEncoding,
  ) {}

  async head(_sheet: null, rows: number): Promise<SheetRow[]> {
    for await (const batch of this.batches(rows)) return batch;
    return [];
  }

  countRows(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  rows(): AsyncGenerator<SheetRow[]> {
    return this.batches(ROWS_PER_BATCH);
  }

  /** Empty lines are rows as well, so that rows are counted as a spreadsheet counts them. */
  private async *batches(size: number): AsyncGenerator<SheetRow[]> {
    // The parser reads bytes of UTF-8; what was found to be that when it came is not decoded and encoded once more.
    const bytes =
      this.encoding === 'utf-8' ? inSlices(this.pieces()) : decodedText(inSlices(this.pieces()), this.encoding);
    const text = Readable.from(bytes, { objectMode: false });
    const parser = parse({
      delimiter: await this.delimiter(),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_RECORD_CHARACTERS,
    });
    text.on('error', (error) => parser.destroy(error));
    text.pipe(parser);
    try {
      yield* batchesOf(parser as AsyncIterable<string[]>, size);
    } catch (error) {
      throw refusalOf(error);
    } finally {
      text.destroy();
    }
  }

  /** The one that stands most often in the first lines. */
  private async delimiter(): Promise<string> {
    let sample = '';
    for await (const text of decodedText(this.pieces(), this.encoding)) {
      sample = text.slice(0, 20_000);
      break;
    }
    const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: sample.split(delimiter).length }));
    return counts.reduce((one, other) => (other.count > one.count ? other : one)).delimiter;
  }
}

/** The parser makes all rows of what it is given before anybody can take one, so it is given little at a time. */
async function* inSlices(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += SLICE_BYTES) yield piece.subarray(at, at + SLICE_BYTES);
  }
}

async function* batchesOf(records: AsyncIterable<string[]>, size: number): AsyncGenerator<SheetRow[]> {
  let batch: SheetRow[] = [];
  let number = 0;
  for await (const record of records) {
    number++;
    batch.push({ number, cells: record.length > MAX_COLUMNS ? cut(record) : record });
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const cut = (record: string[]): SheetRow['cells'] => record.slice(0, MAX_COLUMNS).map(boundedCell);

function refusalOf(error: unknown): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (!code?.startsWith('CSV_')) return error;
  return new DomainError('SUPPLIES_IMPORT_UNREADABLE', {
    detail: `the text breaks off within quotes, or is no table, near line ${lines ?? 1}`,
    facts: { line: lines ?? 1 },
  });
}

import type { Tx } from '@ledger/platform';
import type { Donation, DonationLine } from './donations.repository';

/** What is printed on the goods of a line, if anything. */
export interface PrintedBatch {
  readonly line: DonationLine;
  readonly batchNumber: string | undefined;
}

/** Tries to find a number; far more than one batch of one donor ever came back. */
const MAX_TRIES = 100;

/**
 * Batch numbers that make every line a lot of its own: what is printed when nobody has given the same batch before, else
 * the printed number with that of the donation behind it; the number of the donation when nothing is printed. Two
 * donations of one batch take turns.
 * @returns one number per line, in their order
 */
export async function freshBatchNumbers(
  tx: Tx,
  { number, regionCode }: Donation,
  batches: readonly PrintedBatch[],
): Promise<string[]> {
  const own = batches.map(({ line }) => `${number}-${line.position}`);
  const wanted = batches.map(({ batchNumber }, index) => batchNumber ?? own[index]);
  for (const [index] of [...wanted.entries()].sort(([, one], [, other]) => (one < other ? -1 : 1))) {
    const key = `donation batch ${batches[index].line.itemCode} ${wanted[index]}`;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  }
  const chosen: string[] = [];
  for (const [index, { line, batchNumber }] of batches.entries()) {
    const base = batchNumber == null ? own[index] : `${batchNumber}/${own[index]}`;
    const candidates = [
      wanted[index],
      base,
      ...Array.from({ length: MAX_TRIES }, (_, count) => `${base}.${count + 2}`),
    ];
    const rows = await tx.query<{ batch_number: string }>(
      `SELECT batch_number FROM lots WHERE item_code = $1 AND origin = 'donation' AND owner_region_code = $2
         AND batch_number = ANY($3)`,
      [line.itemCode, regionCode, candidates],
    );
    const taken = new Set([...rows.map((row) => row.batch_number), ...sameItem(batches, chosen, line.itemCode)]);
    chosen.push(candidates.find((candidate) => !taken.has(candidate)) ?? `${base}.${rows.length}`);
  }
  return chosen;
}

const sameItem = (batches: readonly PrintedBatch[], chosen: readonly string[], itemCode: string): string[] =>
  chosen.filter((_, index) => batches[index].line.itemCode === itemCode);

import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Client } from 'pg';
import { BLOCK, MOVEMENTS_OF_RANGE } from '../../apps/supplies/src/chain/chain.statements';

/** What is wrong with one block or movement. */
export interface ChainFault {
  readonly kind: string;
  readonly block: string | null;
  readonly sequence?: string;
  readonly movement?: string;
}

export interface ChainResult {
  readonly isSound: boolean;
  readonly blocks: number;
  readonly movements: number;
  readonly headHash: string | null;
  readonly faults: readonly ChainFault[];
}

/** The stand-alone verifier: the same program that an auditor runs on an export. */
interface Verifier {
  readonly ChainCheck: new () => { take(line: string): void; end(head?: string): ChainResult };
}

const BLOCKS_AT_ONCE = 20;

export interface ChainOptions {
  readonly projectDir: string;
  /** The file to write the export to. */
  readonly exportTo?: string;
  /** The hash that the latest block must have. */
  readonly head?: string;
  readonly progress: (line: string) => void;
}

/** Reads the whole chain of one snapshot and hands it, line by line, to the verifier and to the export file. */
export async function checkChainOf(url: string, options: ChainOptions): Promise<ChainResult> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await checkChain(client, options);
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end();
  }
}

/** The same on a connection that has a transaction under way. */
export async function checkChain(client: Client, options: ChainOptions): Promise<ChainResult> {
  // Loaded as it is, not compiled: what checks here is what auditors get.
  const verifier = createRequire(__filename)(join(options.projectDir, 'tools/verify-chain.cjs')) as Verifier;
  const check = new verifier.ChainCheck();
  const file = options.exportTo === undefined ? undefined : createWriteStream(options.exportTo);
  let lines = 0;
  for await (const line of chainLines(client)) {
    check.take(line);
    if (file) await write(file, line);
    if (++lines % 100_000 === 0) options.progress(`${lines} lines of the chain read`);
  }
  if (file) await new Promise<void>((resolve) => file.end(() => resolve()));
  return check.end(options.head);
}

async function* chainLines(client: Client): AsyncGenerator<string> {
  for (let after = '0', previous = '0'; ;) {
    const { rows: blocks } = await client.query<{ line: string; number: string; last: string }>(
      `SELECT json_build_object('block', ${BLOCK})::text AS line, block.number, block.last_sequence AS last
       FROM ledger_blocks AS block WHERE block.number > $1 ORDER BY block.number LIMIT ${BLOCKS_AT_ONCE}`,
      [after],
    );
    if (blocks.length === 0) return;
    for (const { line, number, last } of blocks) {
      yield line;
      const { rows } = await client.query<{ line: string }>(MOVEMENTS_OF_RANGE, [previous, last]);
      for (const movement of rows) yield movement.line;
      [after, previous] = [number, last];
    }
  }
}

async function write(file: WriteStream, line: string): Promise<void> {
  if (!file.write(`${line}\n`)) await once(file, 'drain');
}

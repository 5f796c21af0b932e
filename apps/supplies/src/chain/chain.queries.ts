import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { MovementsQueries } from '../stock/movements.queries';
import { BLOCK, MOVEMENTS_OF_RANGE } from './chain.statements';
import type { ChainExportQuery, ChainStateResponse, MovementProofResponse } from './dto/chain.dto';

interface StateRow {
  readonly number: string | null;
  readonly hash: string | null;
  readonly last_sequence: string | null;
  readonly sealed_at: Date | null;
  readonly unsealed: string;
}

interface BlockRow {
  readonly line: string;
  readonly previous: string;
  readonly last: string;
}

/** Reads of the chain. */
@Injectable()
export class ChainQueries {
  constructor(
    private readonly database: Database,
    private readonly movements: MovementsQueries,
  ) {}

  async state(): Promise<ChainStateResponse> {
    const [row] = await this.database.query<StateRow>(
      `SELECT block.number, block.hash, block.last_sequence, block.sealed_at,
              (SELECT count(*) FROM movements WHERE sequence > coalesce(block.last_sequence, 0)) AS unsealed
       FROM (SELECT 1) AS one LEFT JOIN LATERAL (
         SELECT * FROM ledger_blocks ORDER BY number DESC LIMIT 1) AS block ON true`,
    );
    return {
      blocks: safeInteger(row.number ?? '0'),
      headHash: row.hash,
      sealedUntilSequence: safeInteger(row.last_sequence ?? '0'),
      sealedAt: row.sealed_at?.toISOString() ?? null,
      unsealed: safeInteger(row.unsealed),
    };
  }

  /**
   * @throws DomainError SUPPLIES_MOVEMENT_NOT_FOUND, also for one the caller may not see; SUPPLIES_MOVEMENT_NOT_SEALED;
   *   AUTH_REGION_OUT_OF_SCOPE when parts of the movement lie outside the caller's region: only the whole can be proved
   */
  async proof(caller: Caller, movementId: string): Promise<MovementProofResponse> {
    const { id, sequence, postings } = await this.movements.movement(caller, movementId);
    const [{ count }] = await this.database.query<{ count: string }>(
      'SELECT count(*) FROM postings WHERE movement_id = $1',
      [id],
    );
    if (safeInteger(count) !== postings.length) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    const [block] = await this.blocks('block.last_sequence >= $1 ORDER BY block.last_sequence LIMIT 1', [sequence]);
    if (!block) throw new DomainError('SUPPLIES_MOVEMENT_NOT_SEALED');
    const [movement] = await this.database.query<{ line: string }>(MOVEMENTS_OF_RANGE, [sequence - 1, sequence]);
    return { movementId: id, sequence, lines: [block.line, movement.line] };
  }

  /**
   * Blocks with their movements, a JSON object a line, as the stand-alone verifier reads them.
   * @throws DomainError AUTH_REGION_OUT_OF_SCOPE when goods of the ledger lie outside the caller's region: a chain is
   *   exported whole, and shows everything
   */
  async export(caller: Caller, { fromBlock, blocks }: ChainExportQuery): Promise<string> {
    const [{ outside }] = await this.database.query<{ outside: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM depots WHERE NOT starts_with(region_code, $1)) AS outside',
      [caller.regionCode],
    );
    if (outside) {
      const detail = 'the export shows the whole ledger, which holds depots outside the region of the caller';
      throw new DomainError('AUTH_REGION_OUT_OF_SCOPE', { detail });
    }
    const lines: string[] = [];
    for (const block of await this.blocks('block.number >= $1 ORDER BY block.number LIMIT $2', [fromBlock, blocks])) {
      const movements = await this.database.query<{ line: string }>(MOVEMENTS_OF_RANGE, [block.previous, block.last]);
      lines.push(block.line, ...movements.map(({ line }) => line));
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  private blocks(where: string, parameters: readonly unknown[]): Promise<BlockRow[]> {
    return this.database.query<BlockRow>(
      `SELECT json_build_object('block', ${BLOCK})::text AS line, block.last_sequence AS last,
              coalesce((SELECT earlier.last_sequence FROM ledger_blocks AS earlier
                        WHERE earlier.number = block.number - 1), 0) AS previous
       FROM ledger_blocks AS block WHERE ${where}`,
      parameters,
    );
  }
}

import type { Database } from '@ledger/platform';
import { invariants } from '../../src/database/invariants';

/** The ids of the rules that some row breaks now. */
export async function brokenInvariants(database: Pick<Database, 'query'>): Promise<string[]> {
  const broken: string[] = [];
  for (const { id, sql } of invariants) if ((await database.query(sql)).length > 0) broken.push(id);
  return broken;
}

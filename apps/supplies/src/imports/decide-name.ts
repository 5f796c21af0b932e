import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { nextState } from './domain/import-state';
import type { DecideNameRequest, DecidedNameResponse } from './dto/import.dto';
import { ImportsRepository } from './imports.repository';

export interface NameDecision {
  readonly caller: Caller;
  readonly importId: string;
  readonly number: number;
  readonly request: DecideNameRequest;
}

/** Says which item a name of a sheet means. */
@Injectable()
export class DecideNameUseCase {
  constructor(private readonly imports: ImportsRepository) {}

  /**
   * The decision is remembered for the organisation. The rows have to be checked again after it: units, packs and dates
   * are judged by the item.
   * @throws DomainError in this order: SUPPLIES_IMPORT_NOT_FOUND, SUPPLIES_IMPORT_STATE, SUPPLIES_IMPORT_NAME_NOT_FOUND,
   *   SUPPLIES_ITEM_UNKNOWN
   */
  async execute(tx: Tx, { caller, importId, number, request }: NameDecision): Promise<DecidedNameResponse> {
    const record = await this.imports.findFor(tx, caller, importId);
    const state = nextState(record.state, 'decide');
    const itemCode = request.itemCode ?? null;
    const [name] = await tx.query<{ name: string; normal_name: string }>(
      'SELECT name, normal_name FROM import_names WHERE import_id = $1 AND number = $2',
      [importId, number],
    );
    if (!name) throw new DomainError('SUPPLIES_IMPORT_NAME_NOT_FOUND');
    const known = await tx.query('SELECT 1 FROM items WHERE code = $1', [itemCode]);
    if (itemCode !== null && known.length === 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN');
    await tx.execute(`UPDATE import_names SET item_code = $3, basis = 'person' WHERE import_id = $1 AND number = $2`, [
      importId,
      number,
      itemCode,
    ]);
    await tx.execute(
      `INSERT INTO import_item_names (organisation_id, normal_name, name, item_code, decided_by, decided_by_id)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (organisation_id, normal_name) DO UPDATE
         SET name = EXCLUDED.name, item_code = EXCLUDED.item_code, decided_by = EXCLUDED.decided_by,
             decided_by_id = EXCLUDED.decided_by_id, decided_at = now()`,
      [record.organisationId, name.normal_name, name.name, itemCode, caller.displayName, caller.userId],
    );
    await this.imports.rest(tx, importId, state);
    return { id: importId, state, number, name: name.name, itemCode };
  }
}

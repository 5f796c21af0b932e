import { Injectable } from '@nestjs/common';
import { Database } from '@ledger/platform';
import { columnsOf, type Target } from './domain/target';
import type { TargetResponse } from './dto/gap.dto';

export type NameOf = (target: Target) => TargetResponse;

type Named = Pick<TargetResponse, 'nameZh' | 'nameEn' | 'unit'>;

/** Pieces of different items have no common unit. */
const PIECES = '件';

/** Names and units of what gaps are counted in. */
@Injectable()
export class TargetNames {
  constructor(private readonly database: Database) {}

  async of(targets: readonly Target[]): Promise<NameOf> {
    const columns = targets.map(columnsOf);
    const rows = await this.database.query<Named & { readonly target: Target }>(
      `SELECT 'item:' || code AS target, name_zh AS "nameZh", name_en AS "nameEn", unit FROM items WHERE code = ANY($1)
       UNION ALL
       SELECT 'capability:' || code, name_zh, name_en, unit FROM item_capability_kinds WHERE code = ANY($2)`,
      [columns.flatMap(({ itemCode }) => itemCode ?? []), columns.flatMap(({ capability }) => capability ?? [])],
    );
    const named = new Map<Target, Named>(rows.map(({ target, ...names }) => [target, names]));
    return (target) => {
      const of = columnsOf(target);
      const code = of.category ?? of.capability ?? target;
      return { ...of, ...(named.get(target) ?? { nameZh: code, nameEn: code, unit: PIECES }) };
    };
  }
}

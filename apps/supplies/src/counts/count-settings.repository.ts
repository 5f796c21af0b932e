import { Injectable } from '@nestjs/common';
import { safeInteger, type Tx } from '@ledger/platform';
import { DEFAULT_CLASS, type ClassRules, type CountClass } from './domain/tolerance';

export interface CountRules {
  readonly classes: readonly ClassRules[];
  readonly classOf: (itemCode: string) => CountClass;
  readonly unitValueFenOf: (itemCode: string) => number | null;
  readonly rulesOf: (itemCode: string) => ClassRules;
}

type ClassRow = Omit<ClassRules, 'toleranceBase' | 'approverAboveBase' | 'approverAboveFen'> & {
  readonly toleranceBase: string;
  readonly approverAboveBase: string;
  readonly approverAboveFen: string;
};

/** A region covers a depot when its code leads the depot's; `*` covers all. The longest scope wins. */
export const SCOPE_COVERS = (region: string): string => `(scope = '*' OR starts_with(${region}, scope))`;

/** Reads and writes how items are counted. Configuration, by region. */
@Injectable()
export class CountSettingsRepository {
  /** The rules in force in a region, for some items. */
  async rulesFor(tx: Tx, regionCode: string, itemCodes: readonly string[]): Promise<CountRules> {
    const classes = (
      await tx.query<ClassRow>(
        `SELECT DISTINCT ON (class) class, interval_days AS "intervalDays",
                tolerance_basis_points AS "toleranceBasisPoints", tolerance_base AS "toleranceBase",
                approver_above_base AS "approverAboveBase", approver_above_fen AS "approverAboveFen"
         FROM count_class_settings WHERE ${SCOPE_COVERS('$1')} ORDER BY class, length(scope) DESC`,
        [regionCode],
      )
    ).map(rulesOf);
    const rows = await tx.query<{ item_code: string; class: CountClass; unit_value_fen: string | null }>(
      `SELECT DISTINCT ON (item_code) item_code, class, unit_value_fen FROM count_item_settings
       WHERE ${SCOPE_COVERS('$1')} AND item_code = ANY($2) ORDER BY item_code, length(scope) DESC`,
      [regionCode, itemCodes],
    );
    const items = new Map(rows.map((row) => [row.item_code, row]));
    const classOf = (itemCode: string): CountClass => items.get(itemCode)?.class ?? DEFAULT_CLASS;
    return {
      classes,
      classOf,
      unitValueFenOf: (itemCode) => {
        const value = items.get(itemCode)?.unit_value_fen ?? null;
        return value === null ? null : safeInteger(value);
      },
      rulesOf: (itemCode) => classes.find((rules) => rules.class === classOf(itemCode)) as ClassRules,
    };
  }

  async setClass(
    tx: Tx,
    scope: string,
    rules: ClassRules,
    by: { readonly basis: string; readonly setBy: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO count_class_settings (scope, class, interval_days, tolerance_basis_points, tolerance_base,
                                         approver_above_base, approver_above_fen, basis, set_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (scope, class) DO UPDATE
         SET interval_days = EXCLUDED.interval_days, tolerance_basis_points = EXCLUDED.tolerance_basis_points,
             tolerance_base = EXCLUDED.tolerance_base, approver_above_base = EXCLUDED.approver_above_base,
             approver_above_fen = EXCLUDED.approver_above_fen, basis = EXCLUDED.basis, set_by = EXCLUDED.set_by,
             set_at = now()`,
      [
        scope,
        rules.class,
        rules.intervalDays,
        rules.toleranceBasisPoints,
        rules.toleranceBase,
        rules.approverAboveBase,
        rules.approverAboveFen,
        by.basis,
        by.setBy,
      ],
    );
  }

  async setItem(
    tx: Tx,
    scope: string,
    item: { readonly itemCode: string; readonly class: CountClass; readonly unitValueFen: number | null },
    by: { readonly basis: string; readonly setBy: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO count_item_settings (scope, item_code, class, unit_value_fen, basis, set_by)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (scope, item_code) DO UPDATE
         SET class = EXCLUDED.class, unit_value_fen = EXCLUDED.unit_value_fen, basis = EXCLUDED.basis,
             set_by = EXCLUDED.set_by, set_at = now()`,
      [scope, item.itemCode, item.class, item.unitValueFen, by.basis, by.setBy],
    );
  }
}

function rulesOf(row: ClassRow): ClassRules {
  return {
    ...row,
    toleranceBase: safeInteger(row.toleranceBase),
    approverAboveBase: safeInteger(row.approverAboveBase),
    approverAboveFen: safeInteger(row.approverAboveFen),
  };
}

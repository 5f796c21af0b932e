import { Injectable } from '@nestjs/common';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { OpeningState } from '../depots/domain/depot-entry';
import { ItemNames } from './domain/item-names';
import { normalText } from './domain/normal-text';
import type { Directory, KnownDepot, KnownItem } from './domain/stock-row';
import type { ImportRecord } from './imports.repository';

interface DepotRow {
  readonly id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly region_code: string;
  readonly state: OpeningState;
}

interface ItemRow {
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly unit: string;
  readonly perishable: boolean;
  readonly packs: Readonly<Record<string, string>> | null;
}

/** Depots and items that a sheet may name, looked up in memory. */
export interface KnownThings extends Directory {
  readonly names: ItemNames;
  hasItem(code: string): boolean;
}

/** Loads what the rows of an import may refer to, for the organisation and region it acts for. */
@Injectable()
export class KnownThingsLoader {
  constructor(private readonly database: Database) {}

  async load(record: ImportRecord): Promise<KnownThings> {
    const items = await this.items();
    const names = new ItemNames(
      items.map(({ code, name_zh, name_en }) => ({ code, names: [name_zh, name_en] })),
      await this.decisions(record),
    );
    const byCode = new Map(items.map((item) => [item.code, knownItem(item)]));
    return {
      names,
      hasItem: (code) => byCode.has(code),
      depot: depotFinder(await this.depots(record)),
      item: (code, name) => {
        const found = names.find(code, name);
        return typeof found === 'string' ? found : (byCode.get(found.code) ?? 'item-unknown');
      },
    };
  }

  /** As `mayActAt` says: all depots of the region for the emergency departments, for others their own. */
  private depots({ regionCode, organisationId, organisationKind }: ImportRecord): Promise<DepotRow[]> {
    return this.database.query<DepotRow>(
      `SELECT id, code, name_zh, name_en, region_code, state FROM depots
       WHERE region_code LIKE $1 AND ($2 OR organisation_id = $3)`,
      [regionPattern(regionCode), organisationKind === 'emergency', organisationId],
    );
  }

  private items(): Promise<ItemRow[]> {
    return this.database.query<ItemRow>(
      `SELECT item.code, item.name_zh, item.name_en, item.unit, item.perishable,
              (SELECT json_object_agg(pack.name, pack.base_units) FROM item_packs AS pack
               WHERE pack.item_code = item.code AND pack.retired_at IS NULL) AS packs
       FROM items AS item ORDER BY item.code`,
    );
  }

  private async decisions({ organisationId }: ImportRecord): Promise<Map<string, string | null>> {
    const rows = await this.database.query<{ normal_name: string; item_code: string | null }>(
      'SELECT normal_name, item_code FROM import_item_names WHERE organisation_id = $1',
      [organisationId],
    );
    return new Map(rows.map((row) => [row.normal_name, row.item_code]));
  }
}

function knownItem({ code, perishable, unit, packs }: ItemRow): KnownItem {
  const entries = Object.entries(packs ?? {}).map(([name, units]) => [normalText(name), safeInteger(units)] as const);
  return { code, perishable, counting: { unit, packs: new Map(entries) } };
}

/** By code first; a name may belong to several depots and then says nothing. */
function depotFinder(rows: readonly DepotRow[]): Directory['depot'] {
  const known = new Map<string, KnownDepot | 'depot-ambiguous'>();
  for (const row of rows) {
    for (const name of new Set([normalText(row.name_zh), normalText(row.name_en)])) {
      known.set(name, known.has(name) ? 'depot-ambiguous' : depotOf(row));
    }
  }
  for (const row of rows) known.set(normalText(row.code), depotOf(row));
  const seen = new Map<string, ReturnType<Directory['depot']>>();
  return (text) => {
    let depot = seen.get(text);
    if (depot === undefined) {
      depot = known.get(normalText(text)) ?? 'depot-unknown';
      if (seen.size < 10_000) seen.set(text, depot);
    }
    return depot;
  };
}

const depotOf = ({ id, region_code, state }: DepotRow): KnownDepot => ({ id, regionCode: region_code, state });

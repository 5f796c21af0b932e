import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, type Tx } from '@ledger/platform';
import { nextState } from './domain/import-state';
import {
  MAX_SHEETS,
  PREVIEW_ROWS,
  fingerprintAt,
  previewOf,
  proposeMapping,
  type Inspection,
  type SheetPreview,
} from './domain/inspection';
import { ImportsRepository, type ImportRecord, type Lease } from './imports.repository';
import { MappingMemory } from './mapping-memory';
import { FileSources } from './reading/file-sources';
import type { Mapping } from './domain/mapping';

/** The first look at a file: its sheets, their first rows, and what the columns seem to mean. */
@Injectable()
export class InspectImport {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
    private readonly sources: FileSources,
    private readonly memory: MappingMemory,
  ) {}

  /**
   * Headings that the organisation has mapped before keep their meaning; for others a mapping is proposed.
   * @throws DomainError SUPPLIES_IMPORT_EMPTY, and as the formats say
   */
  async run(record: ImportRecord, lease: Lease): Promise<void> {
    const inspection = await this.inspect(record);
    await this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease);
      await this.imports.setInspection(tx, record.id, inspection);
      const remembered = await this.recall(tx, record, inspection);
      const mapping = remembered ?? proposeMapping(inspection, record.kind);
      if (mapping) await this.imports.setMapping(tx, record.id, mapping, remembered ? 'remembered' : 'guessed');
      await this.imports.rest(tx, record.id, nextState(record.state, remembered ? 'recognise' : 'inspect'));
    });
  }

  private async inspect(record: ImportRecord): Promise<Inspection> {
    const { source } = await this.sources.open(record);
    const sheets: SheetPreview[] = [];
    const listed = source.sheets.length > 0 ? source.sheets : [{ name: null, hidden: false }];
    for (const { name, hidden } of listed.slice(0, MAX_SHEETS)) {
      sheets.push(previewOf({ name, hidden }, await source.head(name, PREVIEW_ROWS), record.kind));
    }
    if (sheets.every(({ rows }) => rows.length === 0)) throw new DomainError('SUPPLIES_IMPORT_EMPTY');
    return { sheets };
  }

  private async recall(tx: Tx, record: ImportRecord, { sheets }: Inspection): Promise<Mapping | undefined> {
    for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
      const known = await this.memory.recall(tx, record, fingerprintAt(sheet, sheet.headerRow));
      if (known) return { ...known, sheet: sheet.name, headerRow: sheet.headerRow };
    }
    return undefined;
  }
}

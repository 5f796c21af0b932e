import { Injectable, Inject } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, SETTINGS, type Settings } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import type { SheetRow } from './domain/cell';
import { isIgnored } from './domain/ignored-rows';
import { nextState } from './domain/import-state';
import { cellsByField, type Mapping } from './domain/mapping';
import type { ImportField } from './domain/import-kinds';
import { ImportsRepository, type ImportRecord, type Lease, type Progress } from './imports.repository';
import { KnownThingsLoader, type KnownThings } from './known-things';
import { FileSources } from './reading/file-sources';
import type { RowSource, SheetChoice } from './reading/row-source';
import { Stage } from './stage';
import { AgreementTaker, DepotTaker, ItemNameTaker, StockTaker, type SheetTaker } from './stage-sheets';
import { StagedRows } from './staged-rows.repository';
import { VerifyStaged } from './verify-staged';

/** Different names of one sheet; more of them are no names. */
const MAX_NAMES = 5_000;
/** Their values add up, so that a cell merged over several rows cannot be divided. */
const SUMMED: readonly ImportField[] = ['quantity', 'quantityIn', 'quantityOut'];

interface Counts {
  rowsRead: number;
  rowsIgnored: number;
  rowsRefused: number;
}

/** The dry run: reads the whole sheet, stages what could be posted and says what is wrong with the rest. */
@Injectable()
export class CheckImport {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
    private readonly sources: FileSources,
    private readonly things: KnownThingsLoader,
    private readonly staged: StagedRows,
    private readonly verify: VerifyStaged,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Starts from the beginning whenever it is started: what an earlier run left behind is dropped first. Nothing is
   * written to the ledger.
   * @throws DomainError SUPPLIES_IMPORT_TOO_MANY_ROWS with the count, SUPPLIES_IMPORT_TOO_MANY_NAMES,
   *   SUPPLIES_IMPORT_MAPPING_INVALID, and as the formats say; LeaseLostError
   */
  async run(record: ImportRecord, lease: Lease): Promise<void> {
    const mapping = record.mapping as Mapping;
    const [{ source, bytesRead }, things] = [await this.sources.open(record), await this.things.load(record)];
    await this.staged.clear(lease);
    const rowsInSheet = await source.countRows(mapping.sheet);
    if (rowsInSheet !== undefined) this.assertRows(rowsInSheet - 1);
    const stage = new Stage(this.database, this.imports, lease, `${record.organisationId} ${record.regionCode}`);
    const taker = await this.takerOf(record, source, things, stage);
    const total = rowsInSheet ?? record.sizeBytes;
    const counts: Counts = { rowsRead: 0, rowsIgnored: 0, rowsRefused: 0 };
    const progress = (): Progress => ({
      done: Math.min(total, rowsInSheet === undefined ? bytesRead() : counts.rowsRead),
      total,
      rowsRead: counts.rowsRead,
    });
    await this.read(source, mapping, { stage, taker, things, counts, progress });
    await stage.finish(progress());
    await this.conclude(record, lease, { taker, things, counts });
  }

  private async read(source: RowSource, mapping: Mapping, work: Work): Promise<void> {
    const { stage, things, counts } = work;
    const cells = cellsByField(mapping);
    const limit = this.settings.importMaxRows;
    for await (const batch of source.rows(choiceOf(mapping))) {
      for (const row of batch) {
        if (row.number <= mapping.headerRow) continue;
        if (isIgnored(row)) counts.rowsIgnored++;
        else if (++counts.rowsRead <= limit) takeRow(row, cells, work);
      }
      if (counts.rowsRead > limit) continue; // Only counted from here on, so that the answer can say how many there are.
      if (things.names.count > MAX_NAMES) throw new DomainError('SUPPLIES_IMPORT_TOO_MANY_NAMES');
      await stage.settle(work.progress);
    }
    this.assertRows(counts.rowsRead);
  }

  private assertRows(rows: number): void {
    const limit = this.settings.importMaxRows;
    if (rows <= limit) return;
    throw new DomainError('SUPPLIES_IMPORT_TOO_MANY_ROWS', {
      detail: `${rows} rows, and ${limit} are taken at once: divide the sheet`,
      facts: { rows, limit },
    });
  }

  private async takerOf(
    record: ImportRecord,
    { since1904 }: RowSource,
    things: KnownThings,
    stage: Stage,
  ): Promise<SheetTaker> {
    if (record.kind === 'depots') return new DepotTaker(record, since1904, stage);
    if (record.kind === 'agreements') return new AgreementTaker(record, since1904, things, stage);
    if (record.kind === 'item-names') return new ItemNameTaker(things, stage);
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    return new StockTaker(record, { kind: record.kind, today: chinaDay(now), since1904 }, things, stage);
  }

  private async conclude(record: ImportRecord, lease: Lease, read: Pick<Work, 'taker' | 'things' | 'counts'>) {
    const { findings } = read.taker;
    await this.verify.run(record, lease, findings);
    await this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease, { rowsRead: read.counts.rowsRead });
      await this.staged.writeNames(tx, record.id, read.things.names.entries());
      await this.staged.summarise(tx, record, { ...read.counts, needsSecondPerson: findings.needsSecondPerson });
      await this.imports.rest(tx, record.id, nextState(record.state, 'finish-check'));
    });
  }
}

interface Work {
  readonly stage: Stage;
  readonly taker: SheetTaker;
  readonly things: KnownThings;
  readonly counts: Counts;
  readonly progress: () => Progress;
}

function takeRow(row: SheetRow, cells: ReturnType<typeof cellsByField>, { stage, taker, counts }: Work): void {
  const faults = taker.take(row.number, cells(row));
  if (faults.length === 0) return;
  counts.rowsRefused++;
  stage.refuse(row.number, faults);
}

function choiceOf({ sheet, columns }: Mapping): SheetChoice {
  const summed = SUMMED.flatMap((name) => columns[name] ?? []);
  return { sheet, mapped: new Set(Object.values(columns)), summed: new Set(summed) };
}

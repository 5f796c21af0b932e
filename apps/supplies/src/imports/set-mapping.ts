import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { nextState } from './domain/import-state';
import { fingerprintAt, type SheetPreview } from './domain/inspection';
import { mappingFaults, type Mapping } from './domain/mapping';
import type { ImportStateResponse, SetMappingRequest } from './dto/import.dto';
import { ImportsRepository, type ImportRecord } from './imports.repository';
import { MappingMemory } from './mapping-memory';

/** Says what the columns of a sheet mean. */
@Injectable()
export class SetMappingUseCase {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly memory: MappingMemory,
  ) {}

  /**
   * The meaning is remembered for the organisation: the next sheet with the same headings comes mapped. What an earlier
   * check found counts no more.
   * @throws DomainError in this order: SUPPLIES_IMPORT_NOT_FOUND, SUPPLIES_IMPORT_STATE, SUPPLIES_IMPORT_MAPPING_INVALID
   */
  async execute(tx: Tx, caller: Caller, id: string, request: SetMappingRequest): Promise<ImportStateResponse> {
    const record = await this.imports.findFor(tx, caller, id);
    const state = nextState(record.state, 'map');
    const sheet = sheetOf(record, request.sheet ?? null);
    const mapping: Mapping = {
      sheet: sheet.name,
      headerRow: request.headerRow,
      columns: Object.fromEntries(request.columns.map(({ field, column }) => [field, column])),
      fixed: Object.fromEntries((request.fixed ?? []).map(({ field, text }) => [field, text.trim()])),
    };
    assertMapping(record, mapping, request);
    await this.imports.setMapping(tx, id, mapping, 'person');
    await this.memory.remember(tx, record, fingerprintAt(sheet, mapping.headerRow), mapping, caller);
    await this.imports.rest(tx, id, state);
    return { id, state };
  }
}

function sheetOf({ inspection }: ImportRecord, name: string | null): SheetPreview {
  const sheets = inspection?.sheets ?? [];
  const sheet = sheets.find((each) => (name === null ? !each.hidden : each.name === name));
  if (sheet) return sheet;
  throw new DomainError('SUPPLIES_IMPORT_MAPPING_INVALID', {
    errors: [{ pointer: '/sheet', reason: 'is no sheet of this workbook' }],
  });
}

function assertMapping({ kind }: ImportRecord, mapping: Mapping, request: SetMappingRequest): void {
  const named = [...request.columns, ...(request.fixed ?? [])].map(({ field }) => field);
  const repeated = named.filter((field, index) => named.indexOf(field) !== index);
  const errors = [
    ...mappingFaults(mapping, kind).map(({ field, reason }) => ({ pointer: `/columns/${field}`, reason })),
    ...repeated.map((field) => ({ pointer: `/columns/${field}`, reason: 'is named twice' })),
  ];
  if (errors.length > 0) throw new DomainError('SUPPLIES_IMPORT_MAPPING_INVALID', { errors });
}

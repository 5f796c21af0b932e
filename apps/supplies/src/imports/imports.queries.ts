import { Injectable } from '@nestjs/common';
import { DomainError, PROBLEMS, type Caller, type ProblemCode } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { ImportField, ImportKind } from './domain/import-kinds';
import type { ImportState } from './domain/import-state';
import type { Inspection } from './domain/inspection';
import type { Mapping } from './domain/mapping';
import { WORKING_STATES } from './domain/import-state';
import { progressOf } from './domain/progress';
import type {
  ImportDetailResponse,
  ImportResponse,
  ImportsQuery,
  ImportsResponse,
  ImportSummaryResponse,
  MappingResponse,
} from './dto/import.dto';

interface Row {
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly region_code: string;
  readonly file_name: string;
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string | null;
  readonly size_bytes: string;
  readonly sha256: string;
  readonly uploaded_by: string;
  readonly created_at: Date;
  readonly rows_read: number;
  readonly rows_ignored: number;
  readonly rows_refused: number;
  readonly rows_repeated: number;
  readonly rows_valid: number;
  readonly rows_posted: number;
  readonly work_done: string;
  readonly work_total: string | null;
  readonly work_seconds: string | null;
  readonly failure_code: ProblemCode | null;
  readonly failure_detail: string | null;
  readonly all_or_nothing: boolean;
  readonly needs_second_person: boolean;
  readonly committed_by: string | null;
  readonly ended_at: Date | null;
}

interface DetailRow extends Row {
  readonly inspection: Inspection | null;
  readonly mapping: Mapping | null;
  readonly mapping_basis: MappingResponse['basis'] | null;
  readonly summary: (Omit<ImportSummaryResponse, 'movements'> & { movements?: Record<string, number> }) | null;
  readonly names_unsure: string;
}

const COLUMNS = `
  id, kind, state, region_code, file_name, format, encoding, size_bytes, sha256, uploaded_by, created_at, rows_read,
  rows_ignored, rows_refused, rows_repeated, rows_valid, rows_posted, work_done, work_total,
  extract(epoch FROM work_seen_at - work_started_at) AS work_seconds, failure_code, failure_detail, all_or_nothing,
  needs_second_person, committed_by, ended_at`;

const DETAIL = `
  inspection, mapping, mapping_basis, summary,
  (SELECT count(*) FROM import_names AS name WHERE name.import_id = imports.id AND name.basis = 'unsure') AS names_unsure`;

/** Imports, as those see them who may read stock of the region. */
@Injectable()
export class ImportsQueries {
  constructor(private readonly database: Database) {}

  async imports(caller: Caller, { kind, state, limit, offset }: ImportsQuery): Promise<ImportsResponse> {
    const rows = await this.database.query<Row & { total: string }>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total FROM imports
       WHERE region_code LIKE $1 AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR state = $3)
       ORDER BY created_at DESC, id DESC LIMIT $4 OFFSET $5`,
      [regionPattern(caller.regionCode), kind ?? null, state ?? null, limit, offset],
    );
    return { items: rows.map(importOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_IMPORT_NOT_FOUND, also for one of another region */
  async import(caller: Caller, id: string): Promise<ImportDetailResponse> {
    const [row] = await this.database.query<DetailRow>(
      `SELECT ${COLUMNS}, ${DETAIL} FROM imports WHERE id = $1 AND region_code LIKE $2`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_IMPORT_NOT_FOUND');
    return {
      ...importOf(row),
      sheets: (row.inspection?.sheets ?? []).map(({ name, hidden, headerRow, rows }) => ({
        name,
        hidden,
        headerRow,
        rows: rows.map(({ number, cells }) => ({ number, cells: [...cells] })),
      })),
      mapping: mappingOf(row),
      summary: summaryOf(row),
      namesUnsure: safeInteger(row.names_unsure),
    };
  }

  /** @throws DomainError SUPPLIES_IMPORT_NOT_FOUND */
  async assertVisible(caller: Caller, id: string): Promise<void> {
    const rows = await this.database.query('SELECT 1 FROM imports WHERE id = $1 AND region_code LIKE $2', [
      id,
      regionPattern(caller.regionCode),
    ]);
    if (rows.length === 0) throw new DomainError('SUPPLIES_IMPORT_NOT_FOUND');
  }
}

function importOf(row: Row): ImportResponse {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    regionCode: row.region_code,
    fileName: row.file_name,
    format: row.format,
    encoding: row.encoding,
    sizeBytes: safeInteger(row.size_bytes),
    sha256: row.sha256,
    uploadedBy: row.uploaded_by,
    createdAt: row.created_at.toISOString(),
    rows: {
      read: row.rows_read,
      ignored: row.rows_ignored,
      refused: row.rows_refused,
      repeated: row.rows_repeated,
      valid: row.rows_valid,
      posted: row.rows_posted,
    },
    progress: isWorking(row.state) ? progressOf(workOf(row)) : null,
    failure: failureOf(row),
    allOrNothing: row.all_or_nothing,
    needsSecondPerson: row.needs_second_person,
    committedBy: row.committed_by,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

const isWorking = (state: ImportState): boolean => (WORKING_STATES as readonly ImportState[]).includes(state);

const workOf = (row: Row) => ({
  done: safeInteger(row.work_done),
  total: row.work_total === null ? null : safeInteger(row.work_total),
  rows: row.state === 'committing' ? safeInteger(row.work_done) : row.rows_read,
  seconds: Number(row.work_seconds ?? 0),
});

function failureOf({ failure_code, failure_detail }: Row): ImportResponse['failure'] {
  if (failure_code === null) return null;
  return { code: failure_code, title: PROBLEMS[failure_code].title, detail: failure_detail };
}

function mappingOf({ mapping, mapping_basis }: DetailRow): MappingResponse | null {
  if (mapping === null || mapping_basis === null) return null;
  const columns = Object.entries(mapping.columns).map(([field, column]) => ({ field: field as ImportField, column }));
  const fixed = Object.entries(mapping.fixed).map(([field, text]) => ({ field: field as ImportField, text }));
  const { sheet, headerRow } = mapping;
  return {
    sheet,
    headerRow,
    columns: columns.sort((one, other) => one.column - other.column),
    fixed,
    basis: mapping_basis,
  };
}

function summaryOf({ summary }: DetailRow): ImportSummaryResponse | null {
  if (!summary?.movements) return null;
  const { movements, depots, items, newLots, firstDay, lastDay } = summary;
  const kinds = Object.entries(movements).map(([kind, rows]) => ({ kind, rows }));
  return { movements: kinds, depots, items, newLots, firstDay, lastDay };
}

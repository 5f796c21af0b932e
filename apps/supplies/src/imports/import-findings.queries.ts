import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { stringify } from 'csv-stringify/sync';
import { headingsOf } from './domain/header-aliases';
import { IMPORT_KINDS, fieldsOf, requiredOf } from './domain/import-kinds';
import type { NameBasis } from './domain/item-names';
import type { Candidate } from './domain/match-items';
import { ROW_FAULTS, type RowFaultCode } from './domain/row-faults';
import type {
  ImportKindsResponse,
  ImportNamesQuery,
  ImportNamesResponse,
  NameCandidateResponse,
  RowErrorResponse,
  RowErrorsResponse,
} from './dto/import.dto';
import { ImportsQueries } from './imports.queries';

interface ErrorRow {
  readonly row_number: number;
  readonly field: string;
  readonly code: RowFaultCode;
  readonly value: string;
}

interface NameRow {
  readonly number: number;
  readonly name: string;
  readonly rows: number;
  readonly basis: NameBasis;
  readonly item_code: string | null;
  readonly candidates: readonly Candidate[];
  readonly total: string;
}

/** Rows of one piece of the list of errors. */
const PIECE = 5_000;

/** What a check found: rows with errors, and names with the items they may mean. */
@Injectable()
export class ImportFindingsQueries {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsQueries,
  ) {}

  /** @throws DomainError SUPPLIES_IMPORT_NOT_FOUND */
  async errors(caller: Caller, id: string, { limit, offset }: PageQuery): Promise<RowErrorsResponse> {
    await this.imports.assertVisible(caller, id);
    const rows = await this.database.query<ErrorRow & { total: string }>(
      `SELECT row_number, field, code, value, count(*) OVER () AS total FROM import_row_errors WHERE import_id = $1
       ORDER BY row_number, field, code LIMIT $2 OFFSET $3`,
      [id, limit, offset],
    );
    return { items: rows.map(errorOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /**
   * All errors as CSV, piece by piece, as a spreadsheet in China opens it: with a byte-order mark, and with no value that
   * it would take for a formula.
   * @throws DomainError SUPPLIES_IMPORT_NOT_FOUND
   */
  async errorsAsCsv(caller: Caller, id: string): Promise<AsyncGenerator<string>> {
    await this.imports.assertVisible(caller, id);
    return this.csvPieces(id);
  }

  private async *csvPieces(id: string): AsyncGenerator<string> {
    yield `\uFEFF${line(['行 row', '列 field', '代码 code', '原因', 'reason', '内容 value'])}`;
    let after: readonly [number, string, string] = [0, '', ''];
    for (;;) {
      const rows = await this.database.query<ErrorRow>(
        `SELECT row_number, field, code, value FROM import_row_errors
         WHERE import_id = $1 AND (row_number, field, code) > ($2, $3, $4)
         ORDER BY row_number, field, code LIMIT $5`,
        [id, ...after, PIECE],
      );
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map((row) => line(Object.values(errorOf(row)) as string[])).join('');
      after = [last.row_number, last.field, last.code];
    }
  }

  /** @throws DomainError SUPPLIES_IMPORT_NOT_FOUND */
  async names(caller: Caller, id: string, { basis, limit, offset }: ImportNamesQuery): Promise<ImportNamesResponse> {
    await this.imports.assertVisible(caller, id);
    const rows = await this.database.query<NameRow>(
      `SELECT number, name, rows, basis, item_code, candidates, count(*) OVER () AS total FROM import_names
       WHERE import_id = $1 AND ($2::text IS NULL OR basis = $2)
       ORDER BY basis <> 'unsure', rows DESC, number LIMIT $3 OFFSET $4`,
      [id, basis ?? null, limit, offset],
    );
    const items = await this.items(rows.flatMap(({ candidates }) => candidates.map(({ code }) => code)));
    return {
      items: rows.map(({ number, name, rows: count, basis: how, item_code, candidates }) => ({
        number,
        name,
        rows: count,
        basis: how,
        itemCode: item_code,
        candidates: candidates.flatMap(({ code, confidence }) => {
          const item = items.get(code);
          return item ? [{ ...item, confidence }] : [];
        }),
      })),
      total: rows[0] ? safeInteger(rows[0].total) : 0,
    };
  }

  private async items(codes: readonly string[]): Promise<Map<string, Omit<NameCandidateResponse, 'confidence'>>> {
    const rows = await this.database.query<Omit<NameCandidateResponse, 'confidence'>>(
      'SELECT code, name_zh AS "nameZh", name_en AS "nameEn", unit FROM items WHERE code = ANY($1)',
      [[...new Set(codes)]],
    );
    return new Map(rows.map((row) => [row.code, row]));
  }
}

const errorOf = ({ row_number, field, code, value }: ErrorRow): RowErrorResponse => ({
  row: row_number,
  field,
  code,
  reasonZh: ROW_FAULTS[code].zh,
  reasonEn: ROW_FAULTS[code].en,
  value,
});

const line = (values: readonly unknown[]): string => stringify([values as unknown[]], { escape_formulas: true });

/** What every kind of sheet may say, and by which headings it is known. */
export function importKinds(): ImportKindsResponse {
  return {
    items: IMPORT_KINDS.map((kind) => ({
      kind,
      fields: fieldsOf(kind).map((field) => {
        const group = requiredOf(kind).find((fields) => fields.includes(field)) ?? [];
        return {
          field,
          required: group.length > 0,
          alternatives: group.filter((other) => other !== field),
          headings: [...headingsOf(field)],
        };
      }),
    })),
  };
}

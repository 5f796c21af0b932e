import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type OrganisationKind, type Realm } from '@ledger/contracts';
import { Database, safeInteger, type Tx } from '@ledger/platform';
import { mayActAt } from '../scope';
import type { FileFormat } from './domain/file-format';
import type { ImportKind } from './domain/import-kinds';
import { WORKING_STATES, type ImportState } from './domain/import-state';
import type { Mapping } from './domain/mapping';
import type { Inspection } from './domain/inspection';
import type { TextEncoding } from './reading/text-encoding';

/** Everything the work on an import needs to know of it. */
export interface ImportRecord {
  readonly id: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly regionCode: string;
  readonly realm: Realm;
  readonly fileId: string | null;
  readonly fileName: string;
  readonly format: FileFormat;
  readonly encoding: TextEncoding | null;
  readonly sizeBytes: number;
  readonly inspection: Inspection | null;
  readonly mapping: Mapping | null;
  readonly allOrNothing: boolean;
  readonly needsSecondPerson: boolean;
  readonly rowsValid: number;
  readonly rowsRefused: number;
  readonly rowsPosted: number;
  readonly uploadedBy: string;
  readonly uploadedById: string;
  readonly committedBy: string | null;
  readonly committedById: string | null;
  readonly attempts: number;
}

const COLUMNS = `
  id, kind, state, organisation_id AS "organisationId", organisation_kind AS "organisationKind",
  region_code AS "regionCode", realm, file_id AS "fileId", file_name AS "fileName", format, encoding,
  size_bytes AS "sizeBytes", inspection, mapping, all_or_nothing AS "allOrNothing",
  needs_second_person AS "needsSecondPerson", rows_valid AS "rowsValid", rows_refused AS "rowsRefused",
  rows_posted AS "rowsPosted", uploaded_by AS "uploadedBy", uploaded_by_id AS "uploadedById",
  committed_by AS "committedBy", committed_by_id AS "committedById", attempts`;

type Row = Omit<ImportRecord, 'sizeBytes'> & { readonly sizeBytes: string };
const recordOf = (row: Row): ImportRecord => ({ ...row, sizeBytes: safeInteger(row.sizeBytes) });

/** A copy of the service has a job for so long without a sign of life; then another one takes it over. */
const LEASE_SECONDS = 60;

/** Another copy of the service took the job over, or somebody called the import off: whatever is in hand is dropped. */
export class LeaseLostError extends Error {
  constructor(importId: string) {
    super(`the work on import ${importId} is no longer ours`);
    this.name = 'LeaseLostError';
  }
}

export interface Lease {
  readonly importId: string;
  readonly owner: string;
  /** Set while the service stops: what is in hand is dropped, and somebody else goes on with it. */
  readonly signal?: AbortSignal;
}

/** How far a job is; what is left out stays as it was. */
export interface Progress {
  readonly done?: number;
  readonly total?: number | null;
  readonly rowsRead?: number;
}

export interface NewImport extends Pick<
  ImportRecord,
  'id' | 'kind' | 'fileName' | 'format' | 'encoding' | 'sizeBytes'
> {
  readonly fileId: string;
  readonly sha256: string;
  readonly caller: Caller;
}

/** The only file with the statements that change imports. */
@Injectable()
export class ImportsRepository {
  constructor(private readonly database: Database) {}

  /** @returns false when the same file is there already */
  async insert(tx: Tx, { caller, ...file }: NewImport): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO imports (id, kind, state, organisation_id, organisation_kind, region_code, realm, file_id, file_name,
                            format, encoding, sha256, size_bytes, uploaded_by, uploaded_by_id)
       VALUES ($1, $2, 'uploaded', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (organisation_id, region_code, kind, sha256) WHERE state NOT IN ('failed', 'cancelled') DO NOTHING`,
      [
        ...[file.id, file.kind, caller.organisationId, caller.organisationKind, caller.regionCode, caller.realm],
        ...[file.fileId, file.fileName, file.format, file.encoding, file.sha256, file.sizeBytes],
        ...[caller.displayName, caller.userId],
      ],
    );
    return inserted === 1;
  }

  /** The import of the same file, by the same organisation for the same region. */
  async findSame(tx: Tx, caller: Caller, file: { readonly kind: ImportKind; readonly sha256: string }) {
    const [row] = await tx.query<{ id: string; state: ImportState }>(
      `SELECT id, state FROM imports WHERE organisation_id = $1 AND region_code = $2 AND kind = $3 AND sha256 = $4
         AND state NOT IN ('failed', 'cancelled')`,
      [caller.organisationId, caller.regionCode, file.kind, file.sha256],
    );
    return row;
  }

  /**
   * The import, locked, for somebody who wants to change it.
   * @throws DomainError SUPPLIES_IMPORT_NOT_FOUND, also for one of others
   */
  async findFor(tx: Tx, caller: Caller, id: string): Promise<ImportRecord> {
    const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM imports WHERE id = $1 FOR UPDATE`, [id]);
    if (!row || !mayActAt(caller, row)) throw new DomainError('SUPPLIES_IMPORT_NOT_FOUND');
    return recordOf(row);
  }

  async setMapping(tx: Tx, id: string, mapping: Mapping, basis: 'guessed' | 'remembered' | 'person'): Promise<void> {
    await tx.execute('UPDATE imports SET mapping = $2, mapping_basis = $3 WHERE id = $1', [
      id,
      JSON.stringify(mapping),
      basis,
    ]);
  }

  async setInspection(tx: Tx, id: string, inspection: Inspection): Promise<void> {
    await tx.execute('UPDATE imports SET inspection = $2 WHERE id = $1', [id, JSON.stringify(inspection)]);
  }

  /** Enters a state in which nothing is under way. */
  async rest(tx: Tx, id: string, state: ImportState): Promise<void> {
    await tx.execute('UPDATE imports SET state = $2, lease_owner = NULL, lease_until = NULL WHERE id = $1', [
      id,
      state,
    ]);
  }

  /** Enters a state in which a job waits for the worker. */
  async startWork(tx: Tx, id: string, state: ImportState, total: number | null): Promise<void> {
    await tx.execute(
      `UPDATE imports SET state = $2, work_done = 0, work_total = $3, work_started_at = now(),
              work_seen_at = now(), attempts = 0, lease_owner = NULL, lease_until = NULL WHERE id = $1`,
      [id, state, total],
    );
  }

  async setCommitter(tx: Tx, id: string, caller: Caller, allOrNothing: boolean): Promise<void> {
    await tx.execute(
      'UPDATE imports SET committed_by = $2, committed_by_id = $3, all_or_nothing = $4, rows_posted = 0 WHERE id = $1',
      [id, caller.displayName, caller.userId, allOrNothing],
    );
  }

  /** Ends an import. */
  async end(
    tx: Tx,
    id: string,
    state: ImportState,
    failure?: { readonly code: string; readonly detail: string | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE imports SET state = $2, failure_code = $3, failure_detail = $4, ended_at = now(), lease_owner = NULL,
              lease_until = NULL WHERE id = $1`,
      [id, state, failure?.code ?? null, failure?.detail?.slice(0, 500) ?? null],
    );
  }

  /** Takes the job that waits longest, of those that nobody has; undefined when there is none. */
  async lease(owner: string): Promise<ImportRecord | undefined> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<Row>(
        `UPDATE imports SET lease_owner = $1, lease_until = now() + $2 * interval '1 second'
         WHERE id = (SELECT id FROM imports WHERE state = ANY($3)
                       AND (lease_until IS NULL OR lease_until < now() OR lease_owner = $1)
                     ORDER BY coalesce(work_started_at, created_at), id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING ${COLUMNS}`,
        [owner, LEASE_SECONDS, WORKING_STATES],
      );
      return row && recordOf(row);
    });
  }

  /**
   * Shows a sign of life and how far the work is, and keeps others off it until the transaction ends.
   * @throws LeaseLostError
   */
  async keep(tx: Tx, { importId, owner, signal }: Lease, progress: Progress = {}): Promise<void> {
    if (signal?.aborted) throw new LeaseLostError(importId);
    const kept = await tx.execute(
      `UPDATE imports SET lease_until = now() + $3 * interval '1 second', work_seen_at = now(),
              work_done = coalesce($4, work_done), work_total = coalesce($5, work_total),
              rows_read = coalesce($6, rows_read)
       WHERE id = $1 AND lease_owner = $2 AND state = ANY($7)`,
      [
        ...[importId, owner, LEASE_SECONDS, progress.done ?? null, progress.total ?? null],
        ...[progress.rowsRead ?? null, WORKING_STATES],
      ],
    );
    if (kept === 0) throw new LeaseLostError(importId);
  }

  /**
   * Makes sure before a portion of rows is posted that the job is still ours. Nothing is locked by it, so that portions
   * go on side by side: what keeps a row from being posted twice is that whoever posts it takes it away.
   * @throws LeaseLostError
   */
  async assertKept(tx: Tx, { importId, owner, signal }: Lease): Promise<void> {
    const rows = await tx.query(`SELECT 1 FROM imports WHERE id = $1 AND lease_owner = $2 AND state = 'committing'`, [
      importId,
      owner,
    ]);
    if (rows.length === 0 || signal?.aborted) throw new LeaseLostError(importId);
  }

  /**
   * Shows how many rows more are posted, beside the transaction that posts them and over a connection of its own: what a
   * long transaction writes nobody sees before its end.
   * @throws LeaseLostError
   */
  async showPosted({ importId, owner, signal }: Lease, rows: number): Promise<void> {
    const kept = await this.database.query(
      `UPDATE imports SET work_done = least(work_done + $3, work_total), work_seen_at = now(), attempts = 0,
              lease_until = now() + $4 * interval '1 second'
       WHERE id = $1 AND lease_owner = $2 RETURNING 1`,
      [importId, owner, rows, LEASE_SECONDS],
    );
    if (kept.length === 0 || signal?.aborted) throw new LeaseLostError(importId);
  }

  /** Counts what was posted by what is left. */
  async countPosted(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `WITH posted AS (
         SELECT rows_valid - (SELECT count(*) FROM import_rows WHERE import_id = $1 AND valid) AS rows
         FROM imports WHERE id = $1)
       UPDATE imports SET rows_posted = posted.rows, work_done = posted.rows FROM posted WHERE id = $1`,
      [id],
    );
  }

  /** Lets go of a job in hand; whoever comes next goes on with it. */
  async release({ importId, owner }: Lease): Promise<void> {
    await this.database.query(
      'UPDATE imports SET lease_owner = NULL, lease_until = NULL WHERE id = $1 AND lease_owner = $2',
      [importId, owner],
    );
  }

  /** Puts a job off after a fault that nobody expected. */
  async putOff(lease: Lease, seconds: number): Promise<void> {
    await this.database.query(
      `UPDATE imports SET attempts = attempts + 1, lease_owner = NULL, lease_until = now() + $3 * interval '1 second'
       WHERE id = $1 AND lease_owner = $2`,
      [lease.importId, lease.owner, seconds],
    );
  }
}

/** Whoever brought the file, or decided to post it, as the rules ask for them. */
export function actorOf(record: ImportRecord): Caller {
  const { organisationId, organisationKind, regionCode, realm } = record;
  return {
    userId: record.committedById ?? record.uploadedById,
    username: '',
    displayName: record.committedBy ?? record.uploadedBy,
    roles: [],
    organisationId,
    organisationKind,
    regionCode,
    realm,
  };
}

import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { nextState } from './domain/import-state';
import type { CommitImportRequest, ImportStateResponse } from './dto/import.dto';
import { ImportsRepository } from './imports.repository';
import { ImportWorker } from './import-worker';

/** Has the rows posted that the check found good. */
@Injectable()
export class StartCommitUseCase {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly worker: ImportWorker,
  ) {}

  /**
   * Scrap and differences of counts take two people everywhere, so a sheet with such rows is posted by somebody else than
   * who brought it.
   * @throws DomainError in this order: SUPPLIES_IMPORT_NOT_FOUND, SUPPLIES_IMPORT_STATE, SUPPLIES_IMPORT_SAME_PERSON,
   *   SUPPLIES_IMPORT_HAS_ERRORS when all or nothing was asked for, SUPPLIES_IMPORT_NOTHING_TO_POST
   * Source: plan 004 §22 (scrapping after appraisal; central management).
   */
  async execute(tx: Tx, caller: Caller, id: string, request: CommitImportRequest): Promise<ImportStateResponse> {
    const record = await this.imports.findFor(tx, caller, id);
    const state = nextState(record.state, 'commit');
    if (record.needsSecondPerson && record.uploadedById === caller.userId) {
      throw new DomainError('SUPPLIES_IMPORT_SAME_PERSON', { detail: 'it holds scrap or differences of counts' });
    }
    const allOrNothing = request.allOrNothing ?? false;
    if (allOrNothing && record.rowsRefused > 0) {
      throw new DomainError('SUPPLIES_IMPORT_HAS_ERRORS', { facts: { rowsRefused: record.rowsRefused } });
    }
    if (record.rowsValid === 0) throw new DomainError('SUPPLIES_IMPORT_NOTHING_TO_POST');
    await this.imports.setCommitter(tx, id, caller, allOrNothing);
    await this.imports.startWork(tx, id, state, record.rowsValid);
    tx.afterCommit(() => this.worker.wake());
    return { id, state };
  }
}

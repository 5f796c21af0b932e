import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { nextState } from './domain/import-state';
import { mappingFaults } from './domain/mapping';
import type { ImportStateResponse } from './dto/import.dto';
import { ImportsRepository } from './imports.repository';
import { ImportWorker } from './import-worker';

/** Asks for a dry run. */
@Injectable()
export class StartCheckUseCase {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly worker: ImportWorker,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_IMPORT_NOT_FOUND, SUPPLIES_IMPORT_STATE, SUPPLIES_IMPORT_MAPPING_INVALID
   *   for a form that was mapped when less was asked of it
   */
  async execute(tx: Tx, caller: Caller, id: string): Promise<ImportStateResponse> {
    const record = await this.imports.findFor(tx, caller, id);
    const state = nextState(record.state, 'check');
    const faults = record.mapping ? mappingFaults(record.mapping, record.kind) : [];
    if (!record.mapping || faults.length > 0) {
      const errors = faults.map(({ field, reason }) => ({ pointer: `/columns/${field}`, reason }));
      throw new DomainError('SUPPLIES_IMPORT_MAPPING_INVALID', { errors });
    }
    await this.imports.startWork(tx, id, state, null);
    tx.afterCommit(() => this.worker.wake());
    return { id, state };
  }
}

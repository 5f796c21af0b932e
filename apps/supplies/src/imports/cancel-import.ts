import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Deadlines, type Tx } from '@ledger/platform';
import { nextState } from './domain/import-state';
import type { ImportStateResponse } from './dto/import.dto';
import { scheduleEnd } from './import-end';
import { ImportsRepository } from './imports.repository';

/** Calls an import off. */
@Injectable()
export class CancelImportUseCase {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly deadlines: Deadlines,
  ) {}

  /** @throws DomainError SUPPLIES_IMPORT_NOT_FOUND, SUPPLIES_IMPORT_STATE once rows are being posted */
  async execute(tx: Tx, caller: Caller, id: string): Promise<ImportStateResponse> {
    const record = await this.imports.findFor(tx, caller, id);
    const state = nextState(record.state, 'cancel');
    await this.imports.end(tx, id, state);
    await scheduleEnd(this.deadlines, tx, id, 'over');
    return { id, state };
  }
}

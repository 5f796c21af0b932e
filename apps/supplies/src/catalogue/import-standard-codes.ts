import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { assertKeepsCatalogue } from './domain/catalogue-keeper';
import { standardCodeFaults } from './domain/standard-codes';
import type { ImportStandardCodesRequest, ImportedStandardCodesResponse } from './dto/standard-code.dto';
import { ItemFactsRepository } from './item-facts.repository';

const MAX_FAULTS = 50;

export interface StandardCodesImport {
  readonly caller: Caller;
  readonly request: ImportStandardCodesRequest;
}

/**
 * Takes codes of the national standard from a list that the installation has the right to use. None comes with the
 * product: the table of the standard was not found in public text.
 */
@Injectable()
export class ImportStandardCodesUseCase {
  constructor(private readonly facts: ItemFactsRepository) {}

  /**
   * All rows or none; the same rows again change nothing.
   * @throws DomainError SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_STANDARD_CODES_INVALID with the first 50 bad rows
   */
  async execute(tx: Tx, { caller, request }: StandardCodesImport): Promise<ImportedStandardCodesResponse> {
    assertKeepsCatalogue(caller);
    const { source, rows } = request;
    const faults = standardCodeFaults(rows);
    if (faults.length > 0) {
      throw new DomainError('SUPPLIES_STANDARD_CODES_INVALID', {
        detail: `${faults.length} of ${rows.length} rows cannot be taken`,
        errors: faults.slice(0, MAX_FAULTS),
      });
    }
    const { added, changed } = await this.facts.importStandardCodes(tx, rows, { source, by: recorderOf(caller) });
    return { added, changed, unchanged: rows.length - added - changed };
  }
}

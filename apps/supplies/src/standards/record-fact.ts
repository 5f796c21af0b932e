import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { RecordFactRequest } from './dto/fact.dto';
import type { SetResponse } from './dto/rule.dto';
import { StandardsRepository } from './standards.repository';
import { assertSetsStandards } from './who-sets-standards';

/** Enters what is known of a region: how many people live there, or how high its risk is. */
@Injectable()
export class RecordFactUseCase {
  constructor(private readonly standards: StandardsRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_STANDARD_NOT_YOURS, REQUEST_INVALID unless exactly one of the two is
   *   given
   */
  async execute(tx: Tx, caller: Caller, request: RecordFactRequest): Promise<SetResponse> {
    assertSetsStandards(caller);
    if ((request.population === undefined) === (request.riskLevel === undefined)) {
      throw new DomainError('REQUEST_INVALID', {
        errors: [{ pointer: '/population', reason: 'or riskLevel, exactly one' }],
      });
    }
    return { id: await this.standards.addFact(tx, caller, request) };
  }
}

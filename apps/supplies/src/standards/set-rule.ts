import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { ruleFaults } from './domain/rule-faults';
import type { SetResponse, SetRuleRequest } from './dto/rule.dto';
import { StandardsRepository } from './standards.repository';
import { assertSetsStandards } from './who-sets-standards';

/** Sets what regions of a tier, or one enterprise, have to keep from a day on. */
@Injectable()
export class SetRuleUseCase {
  constructor(private readonly standards: StandardsRepository) {}

  /**
   * A rule of the same line that began earlier gives way on the first day of this one; nothing is overwritten.
   * @throws DomainError in this order: SUPPLIES_STANDARD_NOT_YOURS, REQUEST_INVALID for fields that do not go together,
   *   SUPPLIES_ITEM_UNKNOWN
   */
  async execute(tx: Tx, caller: Caller, request: SetRuleRequest): Promise<SetResponse> {
    assertSetsStandards(caller);
    const errors = ruleFaults(request);
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    const { itemCode } = request;
    if (itemCode !== undefined) await this.standards.assertItems(tx, [{ itemCode, pointer: '/itemCode' }]);
    const rule = {
      regionCode: request.regionCode,
      tier: request.tier ?? null,
      enterpriseId: request.enterpriseId ?? null,
      enterpriseName: request.enterpriseName ?? null,
      itemCode: itemCode ?? null,
      category: request.category ?? null,
      capability: request.capability ?? null,
      measure: request.measure,
      amountBase: request.amountBase,
      perPeople: request.perPeople ?? null,
      riskLevel: request.riskLevel ?? null,
      validFrom: request.validFrom,
      validTo: request.validTo ?? null,
      source: request.source,
      basis: request.basis,
      approvedBy: request.approvedBy ?? null,
      note: request.note ?? null,
    };
    return { id: await this.standards.addRule(tx, caller, rule, null) };
  }
}

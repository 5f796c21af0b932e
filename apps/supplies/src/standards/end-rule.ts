import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { addDays, chinaDay } from '../stock/domain/calendar';
import type { EndRuleRequest, SetResponse } from './dto/rule.dto';
import { StandardsRepository } from './standards.repository';
import { assertSetsStandards } from './who-sets-standards';

export interface RuleEnd {
  readonly ruleId: string;
  readonly caller: Caller;
  readonly request: EndRuleRequest;
}

/** Ends a rule: the same rule again with a last day, so that what held before can still be read. */
@Injectable()
export class EndRuleUseCase {
  constructor(private readonly standards: StandardsRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_STANDARD_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_STANDARD_NOT_YOURS, SUPPLIES_STANDARD_SUPERSEDED when a later rule stands in its place,
   *   SUPPLIES_STANDARD_ENDED when its last day is over, SUPPLIES_STANDARD_DATES_INVALID for a last day that lies
   *   before yesterday or before the rule
   */
  async execute(tx: Tx, { ruleId, caller, request }: RuleEnd): Promise<SetResponse> {
    const today = chinaDay(tx.now);
    const found = await this.standards.rule(tx, ruleId, today);
    if (!found || !regionCovers(caller.regionCode, found.rule.regionCode)) {
      throw new DomainError('SUPPLIES_STANDARD_NOT_FOUND');
    }
    assertSetsStandards(caller);
    const { rule, isSuperseded } = found;
    if (isSuperseded) throw new DomainError('SUPPLIES_STANDARD_SUPERSEDED');
    if (rule.validTo !== null && rule.validTo < today) throw new DomainError('SUPPLIES_STANDARD_ENDED');
    const { lastDay, reason } = request;
    if (lastDay < addDays(today, -1) || lastDay < addDays(rule.validFrom, -1)) {
      throw new DomainError('SUPPLIES_STANDARD_DATES_INVALID', {
        errors: [{ pointer: '/lastDay', reason: 'lies before yesterday or before the rule' }],
      });
    }
    return { id: await this.standards.addRule(tx, caller, { ...rule, validTo: lastDay, note: reason }, ruleId) };
  }
}

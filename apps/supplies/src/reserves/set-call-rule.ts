import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { requireRegion, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { CallsRepository } from './calls.repository';
import type { CallRuleIdResponse, SetCallRuleRequest } from './dto/call-rule.dto';

/** Sets from what quantity or amount on an approver signs calls of a region's contracts. */
@Injectable()
export class SetCallRuleUseCase {
  constructor(private readonly calls: CallsRepository) {}

  /**
   * A rule is never changed: a later one takes its place, and old calls are read with the rule of their day.
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, REQUEST_INVALID (no limit at all, or a day that has
   *   passed)
   * Source: plan 001 §2(6) (allocation by level).
   */
  async execute(tx: Tx, caller: Caller, request: SetCallRuleRequest): Promise<CallRuleIdResponse> {
    requireRegion(caller, request.regionCode);
    const { fromQuantityBase = null, fromAmountFen = null, validFrom } = request;
    const errors = [];
    if (fromQuantityBase === null && fromAmountFen === null) {
      errors.push({ pointer: '/fromQuantityBase', reason: 'name a quantity, an amount or both' });
    }
    if (validFrom < dayInChina(tx.now)) errors.push({ pointer: '/validFrom', reason: 'has passed' });
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    const rule = { ...request, fromQuantityBase, fromAmountFen };
    return { ruleId: await this.calls.insertRule(tx, rule, recorderOf(caller)) };
  }
}

import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, tierOf, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { ApprovalsRepository } from './approvals.repository';
import { stepsFault } from './domain/approval-rule';
import type { ApprovalRuleResponse, SetApprovalRuleRequest } from './dto/approval-rule.dto';

/** Sets who signs what in a region from a day on. */
@Injectable()
export class SetApprovalRuleUseCase {
  constructor(private readonly approvals: ApprovalsRepository) {}

  /**
   * A rule starts today or later: what is under way keeps the signatory it was given. It is set from a tier above, so
   * that nobody widens what they may sign themselves; a province sets its own.
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, REQUEST_INVALID for a day that is past or steps that do
   *   not rise, SUPPLIES_APPROVAL_RULE_EXISTS
   */
  async execute(tx: Tx, caller: Caller, request: SetApprovalRuleRequest): Promise<ApprovalRuleResponse> {
    if (!maySetFor(caller.regionCode, request.regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    if (request.validFrom < chinaDay(tx.now)) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/validFrom', reason: 'lies in the past' }] });
    }
    const fault = stepsFault(request.steps);
    if (fault) throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/steps', reason: fault }] });
    const id = await this.approvals.insertRule(tx, { ...request, setBy: recorderOf(caller) });
    if (!id) throw new DomainError('SUPPLIES_APPROVAL_RULE_EXISTS');
    const { kind, regionCode, validFrom, steps, answerHours, papersHours, basis, source } = request;
    return {
      ...{ id, kind, regionCode, validFrom, answerHours, papersHours, basis, source, setBy: caller.displayName },
      steps: steps.map(({ fromFen, signatory }) => ({ fromFen, signatory })),
    };
  }
}

const maySetFor = (scope: string, regionCode: string): boolean =>
  regionCovers(scope, regionCode) && (scope !== regionCode || tierOf(scope) === 'province');

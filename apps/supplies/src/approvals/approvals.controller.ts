import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { ApprovalsQueries } from './approvals.queries';
import {
  ApprovalRuleResponse,
  ApprovalRulesQuery,
  ApprovalRulesResponse,
  SetApprovalRuleRequest,
} from './dto/approval-rule.dto';
import { ApprovalsQuery, ApprovalsResponse } from './dto/approval.dto';
import { SetApprovalRuleUseCase } from './set-approval-rule';

@Controller('approvals')
export class ApprovalsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ApprovalsQueries,
    private readonly setRule: SetApprovalRuleUseCase,
  ) {}

  /** What waits for a signature in a region, and with `lane=act-first` the debts of papers. */
  @Get()
  @RequireAction('approval.read')
  async approvals(@Query() query: ApprovalsQuery, @RequestCaller() caller: Caller): Promise<ApprovalsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.approvals(caller, query);
  }

  /** Who signs what: the rules that hold in the caller's region or below. */
  @Get('rules')
  @RequireAction('approval.read')
  rules(@Query() query: ApprovalRulesQuery, @RequestCaller() caller: Caller): Promise<ApprovalRulesResponse> {
    return this.queries.rules(caller, query);
  }

  /** Sets who signs what in a region from a day on. */
  @Post('rules')
  @HttpCode(201)
  @RequireAction('approval-rule.set')
  set(@Body() request: SetApprovalRuleRequest, @RequestIdentity() identity: Identity): Promise<ApprovalRuleResponse> {
    return this.idempotency.once(identity, (tx) => this.setRule.execute(tx, identity.caller, request));
  }
}

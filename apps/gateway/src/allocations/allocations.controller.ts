import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, RequestCaller, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { AllocationQueries } from './allocations.queries';
import { DecideAllocation } from './decide-allocation';
import {
  AllocationPage,
  AllocationQuery,
  AllocationView,
  DecisionRequest,
  PlanAllocationRequest,
  ReasonRequest,
} from './dto/allocation.dto';
import { PlanAllocation } from './plan-allocation';

@Controller('allocations')
export class AllocationsController {
  constructor(
    private readonly allocations: AllocationQueries,
    private readonly planAllocation: PlanAllocation,
    private readonly decideAllocation: DecideAllocation,
  ) {}

  /** Plans goods, teams and vehicles for a site of an incident; nothing is held yet. */
  @Post()
  @RequireAction('allocation.plan')
  plan(@RequestIdentity() identity: Identity, @Body() request: PlanAllocationRequest): Promise<AllocationView> {
    return this.planAllocation.execute(identity, request);
  }

  /** Lists the allocations for the caller's region and below, latest first. */
  @Get()
  @RequireAction('allocation.read')
  list(@Query() query: AllocationQuery, @RequestCaller() caller: Caller): Promise<AllocationPage> {
    return this.allocations.list(query, caller);
  }

  /** One allocation with its timeline: every step with who, when, why and event id. */
  @Get(':id')
  @RequireAction('allocation.read')
  find(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<AllocationView> {
    return this.allocations.find(id, caller);
  }

  /** Holds the goods softly and asks for the signature. */
  @Post(':id/submission')
  @HttpCode(200)
  @RequireAction('allocation.submit')
  submit(@RequestIdentity() identity: Identity, @Param() { id }: IdParam): Promise<AllocationView> {
    return this.decideAllocation.submit(identity, id);
  }

  /** Signs the use order, or rejects the request with a reason. */
  @Post(':id/decision')
  @HttpCode(200)
  @RequireAction('allocation.approve')
  decide(
    @RequestIdentity() identity: Identity,
    @Param() { id }: IdParam,
    @Body() request: DecisionRequest,
  ): Promise<AllocationView> {
    return this.decideAllocation.sign(identity, id, request);
  }

  /** Gives everything back that is held; after departure, calls goods, vehicles and teams home. */
  @Post(':id/cancellation')
  @HttpCode(200)
  @RequireAction('allocation.cancel')
  cancel(
    @RequestIdentity() identity: Identity,
    @Param() { id }: IdParam,
    @Body() request: ReasonRequest,
  ): Promise<AllocationView> {
    return this.decideAllocation.cancel(identity, id, request);
  }
}

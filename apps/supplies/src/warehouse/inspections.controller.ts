import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import {
  InspectionResponse,
  InspectionResultResponse,
  InspectionsQuery,
  InspectionsResponse,
  OpenInspectionRequest,
  OpenedInspectionResponse,
  RecordInspectionRequest,
} from './dto/inspection.dto';
import { InspectionPolicyResponse, SetInspectionPolicyRequest } from './dto/warehouse-rule.dto';
import { InspectionsQueries } from './inspections.queries';
import { OpenInspectionUseCase } from './open-inspection';
import { RecordInspectionUseCase } from './record-inspection';
import { SetInspectionPolicyUseCase } from './set-inspection-policy';

@Controller()
export class InspectionsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: InspectionsQueries,
    private readonly openInspection: OpenInspectionUseCase,
    private readonly recordInspection: RecordInspectionUseCase,
    private readonly setPolicy: SetInspectionPolicyUseCase,
  ) {}

  /** Inspections of the caller's region, those that are due first. */
  @Get('inspections')
  @RequireAction('stock.read')
  inspections(@Query() query: InspectionsQuery, @RequestCaller() caller: Caller): Promise<InspectionsResponse> {
    return this.queries.inspections(caller, query);
  }

  /** One inspection and what it found. */
  @Get('inspections/:id')
  @RequireAction('stock.read')
  inspection(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<InspectionResponse> {
    return this.queries.inspection(caller, id);
  }

  /** Has goods in quarantine looked at, again or for the first time. */
  @Post('inspections')
  @HttpCode(201)
  @RequireAction('inspection.record')
  open(
    @Body() request: OpenInspectionRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OpenedInspectionResponse> {
    const wish = { caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.openInspection.execute(tx, wish, cause));
  }

  /** Records what was found; accepted pieces become available, rejected ones stay in quarantine. */
  @Post('inspections/:id/result')
  @HttpCode(201)
  @RequireAction('inspection.record')
  record(
    @Param() { id }: IdParam,
    @Body() request: RecordInspectionRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<InspectionResultResponse> {
    const record = { inspectionId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.recordInspection.execute(tx, record, cause));
  }

  /** How a depot inspects. */
  @Get('depots/:id/inspection-policy')
  @RequireAction('stock.read')
  policy(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<InspectionPolicyResponse> {
    return this.queries.policy(caller, id);
  }

  /** Says how a depot inspects from now on. */
  @Put('depots/:id/inspection-policy')
  @RequireAction('inspection-policy.set')
  set(
    @Param() { id }: IdParam,
    @Body() request: SetInspectionPolicyRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<InspectionPolicyResponse> {
    const entry = { depotId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.setPolicy.execute(tx, entry));
  }
}

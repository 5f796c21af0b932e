import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { ConfirmIssueUseCase } from './confirm-issue';
import {
  ConfirmIssueRequest,
  ConfirmIssueResponse,
  IssueOrdersQuery,
  IssueOrdersResponse,
  OverrideLotRequest,
  OverrideResponse,
} from './dto/issue-order.dto';
import { OverrideLotUseCase } from './override-lot';
import { ShipmentsQueries } from './shipments.queries';

@Controller('issue-orders')
export class IssueOrdersController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ShipmentsQueries,
    private readonly confirmIssue: ConfirmIssueUseCase,
    private readonly overrideLot: OverrideLotUseCase,
  ) {}

  /** Issue orders of the depots of the caller's region: what waits for a keeper, unless another state is asked for. */
  @Get()
  @RequireAction('stock.read')
  async issueOrders(@Query() query: IssueOrdersQuery, @RequestCaller() caller: Caller): Promise<IssueOrdersResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.issueOrders(caller, query);
  }

  /** The keeper hands the goods over to transport. The id is the shipment's. */
  @Post(':id/confirmation')
  @HttpCode(200)
  @RequireAction('issue.confirm')
  confirm(
    @Param() { id }: IdParam,
    @Body() { note }: ConfirmIssueRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ConfirmIssueResponse> {
    const confirmation = { shipmentId: id, caller: identity.caller, note };
    return this.idempotency.once(identity, (tx) =>
      this.confirmIssue.execute(tx, confirmation, ({ allocationId }) => causeOfRequest(identity, allocationId)),
    );
  }

  /** A use order lets a lot go that is expired, held or recalled. Somebody else has to hand it over. */
  @Post(':id/overrides')
  @HttpCode(201)
  @RequireAction('stock.override')
  override(
    @Param() { id }: IdParam,
    @Body() { lotId, useOrder, reason }: OverrideLotRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OverrideResponse> {
    const override = { shipmentId: id, caller: identity.caller, lotId, useOrder, reason };
    return this.idempotency.once(identity, (tx) => this.overrideLot.execute(tx, override));
  }
}

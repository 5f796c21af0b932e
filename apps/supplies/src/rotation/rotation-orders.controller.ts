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
import { CancelOrderUseCase } from './cancel-order';
import { CloseOrderUseCase } from './close-order';
import { DraftReplenishmentUseCase } from './draft-replenishment';
import { RotationPlaceQuery } from './dto/alert.dto';
import {
  CancelOrderRequest,
  DraftReplenishmentRequest,
  DraftReplenishmentResponse,
  EndedOrderResponse,
  OpenOrderRequest,
  OrderDetailResponse,
  OrderStateResponse,
  OrdersQuery,
  OrdersResponse,
  PlanOrderRequest,
  PlannedOrderResponse,
  ReplenishmentNeedsResponse,
} from './dto/order.dto';
import { DecideRequest } from './dto/proposal.dto';
import { OpenOrdersUseCase } from './open-orders';
import { RotationOrdersQueries } from './orders.queries';
import { PlanOrderUseCase } from './plan-order';
import { RotationNeedsQueries } from './rotation-needs.queries';

@Controller('rotation')
export class RotationOrdersController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: RotationOrdersQueries,
    private readonly needsQueries: RotationNeedsQueries,
    private readonly opening: OpenOrdersUseCase,
    private readonly planOrder: PlanOrderUseCase,
    private readonly cancelOrder: CancelOrderUseCase,
    private readonly closeOrder: CloseOrderUseCase,
    private readonly drafting: DraftReplenishmentUseCase,
  ) {}

  /** Rotation orders of the caller's region; open ones first. */
  @Get('orders')
  @RequireAction('stock.read')
  async orders(@Query() query: OrdersQuery, @RequestCaller() caller: Caller): Promise<OrdersResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.orders(caller, query);
  }

  /** What open orders leave to be bought or brought, by depot and item. */
  @Get('replenishment-needs')
  @RequireAction('stock.read')
  async needs(
    @Query() query: RotationPlaceQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ReplenishmentNeedsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.needsQueries.needs(caller, query);
  }

  /** Drafts purchase orders under framework agreements for what open orders leave to be bought. */
  @Post('replenishment-needs/draft-orders')
  @HttpCode(201)
  @RequireAction('purchase.draft')
  async draftOrders(
    @Body() request: DraftReplenishmentRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DraftReplenishmentResponse> {
    if (request.region !== undefined) requireRegion(identity.caller, request.region);
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.drafting.execute(tx, identity.caller, request, cause));
  }

  /** One order with its plan, what was done under it, and what its place lacks. */
  @Get('orders/:id')
  @RequireAction('stock.read')
  order(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<OrderDetailResponse> {
    return this.queries.order(caller, id);
  }

  /** Opens an order by hand for a lot that nears its end. */
  @Post('orders')
  @HttpCode(201)
  @RequireAction('rotation.manage')
  open(@Body() request: OpenOrderRequest, @RequestIdentity() identity: Identity): Promise<OrderStateResponse> {
    const asked = { caller: identity.caller, ...request };
    return this.idempotency.once(identity, async (tx) => {
      const orderId = await this.opening.openByHand(tx, asked, (id) => causeOfRequest(identity, id));
      return { orderId, state: 'open' as const };
    });
  }

  /** Says which ways out the goods are meant to take. */
  @Post('orders/:id/plans')
  @HttpCode(201)
  @RequireAction('rotation.manage')
  plan(
    @Param() { id }: IdParam,
    @Body() { lines }: PlanOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<PlannedOrderResponse> {
    const plan = { orderId: id, caller: identity.caller, lines };
    return this.idempotency.once(identity, (tx) => this.planOrder.execute(tx, plan));
  }

  /** Closes an order whose place is at its standard again. */
  @Post('orders/:id/closing')
  @HttpCode(200)
  @RequireAction('rotation.manage')
  close(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<EndedOrderResponse> {
    const asked = { orderId: id, caller: identity.caller };
    return this.idempotency.once(identity, (tx) =>
      this.closeOrder.execute(tx, asked, (orderId) => causeOfRequest(identity, orderId)),
    );
  }

  /** Asks to give an order up; another person decides. */
  @Post('orders/:id/cancellation')
  @HttpCode(201)
  @RequireAction('rotation.manage')
  askCancel(
    @Param() { id }: IdParam,
    @Body() { reason }: CancelOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStateResponse> {
    const asked = { orderId: id, caller: identity.caller, reason };
    return this.idempotency.once(identity, (tx) => this.cancelOrder.ask(tx, asked));
  }

  /** Decides on the wish of another person to give an order up. */
  @Post('orders/:id/cancellation/decision')
  @HttpCode(200)
  @RequireAction('rotation.decide')
  decideCancel(
    @Param() { id }: IdParam,
    @Body() { decision }: DecideRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStateResponse> {
    const decided = { orderId: id, caller: identity.caller, approved: decision === 'approve' };
    return this.idempotency.once(identity, (tx) =>
      this.cancelOrder.decide(tx, decided, (orderId) => causeOfRequest(identity, orderId)),
    );
  }
}

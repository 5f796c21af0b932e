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
import { DecideApprovalRequest } from '../approvals/dto/approval.dto';
import { DecideOrderUseCase } from './decide-order';
import { DraftOrderUseCase } from './draft-order';
import { ReceiveOrderRequest, ReceiveOrderResponse } from './dto/order-receipt.dto';
import {
  DraftOrderRequest,
  EndOrderRequest,
  OrderStepResponse,
  ReviseOrderRequest,
  SendOrderRequest,
  SubmitOrderRequest,
} from './dto/order.dto';
import { OrderDetailResponse, OrdersQuery, OrdersResponse } from './dto/orders.dto';
import { EndOrderUseCase } from './end-order';
import { OrdersQueries } from './orders.queries';
import { ReceiveOrderUseCase } from './receive-order';
import { ReviseOrderUseCase } from './revise-order';
import { SendOrderUseCase } from './send-order';
import { SubmitOrderUseCase } from './submit-order';

@Controller('purchasing/orders')
export class OrdersController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: OrdersQueries,
    private readonly draftOrder: DraftOrderUseCase,
    private readonly reviseOrder: ReviseOrderUseCase,
    private readonly submitOrder: SubmitOrderUseCase,
    private readonly decideOrder: DecideOrderUseCase,
    private readonly sendOrder: SendOrderUseCase,
    private readonly receiveOrder: ReceiveOrderUseCase,
    private readonly endOrder: EndOrderUseCase,
  ) {}

  /** Purchase orders of a region, the latest first. */
  @Get()
  @RequireAction('purchase.read')
  async orders(@Query() query: OrdersQuery, @RequestCaller() caller: Caller): Promise<OrdersResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.orders(caller, query);
  }

  /** One purchase order with its lines, receipts and signatures. */
  @Get(':id')
  @RequireAction('purchase.read')
  order(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<OrderDetailResponse> {
    return this.queries.order(caller, id);
  }

  /** Opens a draft. */
  @Post()
  @HttpCode(201)
  @RequireAction('purchase.draft')
  draft(@Body() request: DraftOrderRequest, @RequestIdentity() identity: Identity): Promise<OrderStepResponse> {
    return this.idempotency.once(identity, (tx) => this.draftOrder.execute(tx, identity.caller, request));
  }

  /** Gives a draft other goods, or takes a rejected order up again. */
  @Post(':id/revision')
  @HttpCode(200)
  @RequireAction('purchase.draft')
  revise(
    @Param() { id }: IdParam,
    @Body() request: ReviseOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStepResponse> {
    return this.idempotency.once(identity, (tx) => this.reviseOrder.execute(tx, identity.caller, id, request));
  }

  /** Hands a draft in to be signed; an emergency purchase may go out first and owe its papers. */
  @Post(':id/submission')
  @HttpCode(200)
  @RequireAction('purchase.draft')
  submit(
    @Param() { id }: IdParam,
    @Body() request: SubmitOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStepResponse> {
    const input = { caller: identity.caller, orderId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.submitOrder.execute(tx, input, cause));
  }

  /** A second person signs or refuses, also what went out first. */
  @Post(':id/decision')
  @HttpCode(200)
  @RequireAction('purchase.approve')
  decide(
    @Param() { id }: IdParam,
    @Body() request: DecideApprovalRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStepResponse> {
    const input = { caller: identity.caller, orderId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.decideOrder.execute(tx, input, cause));
  }

  /** A signed order goes out to the supplier. */
  @Post(':id/sending')
  @HttpCode(200)
  @RequireAction('purchase.draft')
  send(
    @Param() { id }: IdParam,
    @Body() request: SendOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStepResponse> {
    return this.idempotency.once(identity, (tx) => this.sendOrder.execute(tx, identity.caller, id, request));
  }

  /** Takes goods in against the order. */
  @Post(':id/receipts')
  @HttpCode(201)
  @RequireAction('purchase.receive')
  receive(
    @Param() { id }: IdParam,
    @Body() request: ReceiveOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReceiveOrderResponse> {
    const input = { caller: identity.caller, orderId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.receiveOrder.execute(tx, input, cause));
  }

  /** Closes an order of which nothing more is expected. */
  @Post(':id/closing')
  @HttpCode(200)
  @RequireAction('purchase.draft')
  close(
    @Param() { id }: IdParam,
    @Body() { reason }: EndOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStepResponse> {
    const input = { caller: identity.caller, orderId: id, how: 'close', reason } as const;
    return this.idempotency.once(identity, (tx) => this.endOrder.execute(tx, input));
  }

  /** Cancels an order of which nothing came. */
  @Post(':id/cancellation')
  @HttpCode(200)
  @RequireAction('purchase.draft')
  cancel(
    @Param() { id }: IdParam,
    @Body() { reason }: EndOrderRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OrderStepResponse> {
    const input = { caller: identity.caller, orderId: id, how: 'cancel', reason } as const;
    return this.idempotency.once(identity, (tx) => this.endOrder.execute(tx, input));
  }
}

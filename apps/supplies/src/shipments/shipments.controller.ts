import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
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
import { ReturnResponse, TakeBackRequest } from '../returns/dto/return.dto';
import { TakeBackUseCase } from '../returns/take-back';
import { SettleDifferenceRequest, SettleDifferenceResponse, ShipmentResponse } from './dto/shipment.dto';
import { SettleDifferenceUseCase } from './settle-difference';
import { ShipmentsQueries } from './shipments.queries';

@Controller('shipments')
export class ShipmentsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ShipmentsQueries,
    private readonly settleDifference: SettleDifferenceUseCase,
    private readonly takeBack: TakeBackUseCase,
  ) {}

  /** One shipment: what left, what is still on the road, and what each trip handed over. */
  @Get(':id')
  @RequireAction('stock.read')
  shipment(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<ShipmentResponse> {
    return this.queries.shipment(caller, id);
  }

  /** Settles pieces that deliveries left in transit: found at the site after all, or lost. */
  @Post(':id/differences')
  @HttpCode(201)
  @RequireAction('difference.settle')
  settle(
    @Param() { id }: IdParam,
    @Body() { lines, note }: SettleDifferenceRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SettleDifferenceResponse> {
    const settlement = { shipmentId: id, caller: identity.caller, lines, note };
    return this.idempotency.once(identity, (tx) =>
      this.settleDifference.execute(tx, settlement, ({ allocationId }) => causeOfRequest(identity, allocationId)),
    );
  }

  /** Takes the goods of a shipment that turned back into a depot. */
  @Post(':id/take-back')
  @HttpCode(201)
  @RequireAction('return.record')
  takeGoodsBack(
    @Param() { id }: IdParam,
    @Body() request: TakeBackRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReturnResponse> {
    const input = { shipmentId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) =>
      this.takeBack.execute(tx, input, ({ allocationId }) => causeOfRequest(identity, allocationId)),
    );
  }
}

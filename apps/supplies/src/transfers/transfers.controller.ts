import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
import { CancelTransferUseCase } from './cancel-transfer';
import { DecideSettlementUseCase } from './decide-settlement';
import { DispatchTransferUseCase } from './dispatch-transfer';
import {
  DecideSettlementRequest,
  ReceiveTransferRequest,
  ReceivedTransferResponse,
  SettleTransferRequest,
  SettlementParam,
  SettlementStepResponse,
  TransferDetailResponse,
} from './dto/transfer-record.dto';
import {
  CancelTransferRequest,
  DispatchTransferRequest,
  OrderTransferRequest,
  TransferStepResponse,
  TransfersQuery,
  TransfersResponse,
} from './dto/transfer.dto';
import { OrderTransferUseCase } from './order-transfer';
import { ReceiveTransferUseCase } from './receive-transfer';
import { SettleTransferUseCase } from './settle-transfer';
import { TransfersQueries } from './transfers.queries';

/** The cause of a step of a transfer: all steps of one transfer hang together. */
const causeFor = (identity: Identity, transferId: string) => causeOfRequest(identity, transferId);

@Controller('transfers')
export class TransfersController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: TransfersQueries,
    private readonly orderTransfer: OrderTransferUseCase,
    private readonly dispatchTransfer: DispatchTransferUseCase,
    private readonly cancelTransfer: CancelTransferUseCase,
    private readonly receiveTransfer: ReceiveTransferUseCase,
    private readonly settleTransfer: SettleTransferUseCase,
    private readonly decideSettlement: DecideSettlementUseCase,
  ) {}

  /** Transfers that leave or reach the caller's region, those that are due first. */
  @Get()
  @RequireAction('stock.read')
  transfers(@Query() query: TransfersQuery, @RequestCaller() caller: Caller): Promise<TransfersResponse> {
    return this.queries.transfers(caller, query);
  }

  /** One transfer: what was ordered, sent, received, and what became of the rest. */
  @Get(':id')
  @RequireAction('stock.read')
  transfer(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<TransferDetailResponse> {
    return this.queries.transfer(caller, id);
  }

  /** Orders goods from one depot into another. */
  @Post()
  @HttpCode(201)
  @RequireAction('transfer.order')
  order(@Body() request: OrderTransferRequest, @RequestIdentity() identity: Identity): Promise<TransferStepResponse> {
    const order = { caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.orderTransfer.execute(tx, order, cause));
  }

  /** The sending keeper lets the goods go. */
  @Post(':id/dispatch')
  @HttpCode(201)
  @RequireAction('transfer.dispatch')
  dispatch(
    @Param() { id }: IdParam,
    @Body() request: DispatchTransferRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<TransferStepResponse> {
    const input = { transferId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.dispatchTransfer.execute(tx, input, causeFor(identity, id)));
  }

  /** Calls a transfer off before it leaves. */
  @Post(':id/cancellation')
  @HttpCode(201)
  @RequireAction('transfer.order')
  cancel(
    @Param() { id }: IdParam,
    @Body() { reason }: CancelTransferRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<TransferStepResponse> {
    const input = { transferId: id, caller: identity.caller, reason };
    return this.idempotency.once(identity, (tx) => this.cancelTransfer.execute(tx, input));
  }

  /** The receiving keeper takes a delivery in; there may be several. */
  @Post(':id/receipts')
  @HttpCode(201)
  @RequireAction('transfer.receive')
  receive(
    @Param() { id }: IdParam,
    @Body() request: ReceiveTransferRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReceivedTransferResponse> {
    const input = { transferId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.receiveTransfer.execute(tx, input, causeFor(identity, id)));
  }

  /** Settles pieces that did not arrive: found at either end, or lost. */
  @Post(':id/settlements')
  @HttpCode(201)
  @RequireAction('transfer.settle')
  settle(
    @Param() { id }: IdParam,
    @Body() request: SettleTransferRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SettlementStepResponse> {
    const input = { transferId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.settleTransfer.execute(tx, input, causeFor(identity, id)));
  }

  /** Decides about a large loss that somebody else wants to write off. */
  @Post(':id/settlements/:settlementId/decision')
  @HttpCode(201)
  @RequireAction('transfer.decide-settlement')
  decide(
    @Param() { id, settlementId }: SettlementParam,
    @Body() request: DecideSettlementRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SettlementStepResponse> {
    const input = { transferId: id, settlementId, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.decideSettlement.execute(tx, input, causeFor(identity, id)));
  }
}

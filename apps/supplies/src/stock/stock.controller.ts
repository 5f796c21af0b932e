import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { IntegrityQuery, IntegrityResponse } from './dto/integrity.dto';
import { LotResponse } from './dto/lot.dto';
import {
  MovementDetailResponse,
  MovementsQuery,
  MovementsResponse,
  ReverseMovementRequest,
  ReverseMovementResponse,
} from './dto/movement.dto';
import { RecordReceiptRequest, RecordReceiptResponse } from './dto/receipt.dto';
import { PicksQuery, PicksResponse, StockQuery, StockResponse } from './dto/stock.dto';
import { IntegrityQueries } from './integrity.queries';
import { LotsQueries } from './lots.queries';
import { MovementsQueries } from './movements.queries';
import { PicksQueries } from './picks.queries';
import { RecordReceiptUseCase } from './record-receipt';
import { ReverseMovementUseCase } from './reverse-movement';
import { StockQueries } from './stock.queries';

@Controller()
export class StockController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly stockQueries: StockQueries,
    private readonly picksQueries: PicksQueries,
    private readonly movementsQueries: MovementsQueries,
    private readonly lotsQueries: LotsQueries,
    private readonly integrityQueries: IntegrityQueries,
    private readonly recordReceipt: RecordReceiptUseCase,
    private readonly reverseMovement: ReverseMovementUseCase,
  ) {}

  /** Stock in the stores of a region, rolled up; with `asOf`, as it was at a past moment. */
  @Get('stock')
  @RequireAction('stock.read')
  async stock(@Query() query: StockQuery, @RequestCaller() caller: Caller): Promise<StockResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.stockQueries.stock(caller, query);
  }

  /** Which lots to take for so many pieces: first expired, first out. It promises nothing. */
  @Get('stock/picks')
  @RequireAction('stock.read')
  async picks(@Query() query: PicksQuery, @RequestCaller() caller: Caller): Promise<PicksResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.picksQueries.picks(caller, query);
  }

  /** Movements that touched the caller's region, the latest first. */
  @Get('movements')
  @RequireAction('stock.read')
  movements(@Query() query: MovementsQuery, @RequestCaller() caller: Caller): Promise<MovementsResponse> {
    return this.movementsQueries.movements(caller, query);
  }

  /** One movement with its postings. */
  @Get('movements/:id')
  @RequireAction('stock.read')
  movement(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<MovementDetailResponse> {
    return this.movementsQueries.movement(caller, id);
  }

  /** Undoes a receipt, a hand-out or a return by a movement that names it. */
  @Post('movements/:id/reversal')
  @HttpCode(201)
  @RequireAction('movement.reverse')
  reverse(
    @Param() { id }: IdParam,
    @Body() { reason }: ReverseMovementRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReverseMovementResponse> {
    const reversal = { movementId: id, caller: identity.caller, reason };
    const causeFor = (allocationId: string | null) => causeOfRequest(identity, allocationId ?? identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.reverseMovement.execute(tx, reversal, causeFor));
  }

  /** A lot with its balances and its history. */
  @Get('lots/:id')
  @RequireAction('stock.read')
  lot(@Param() { id }: IdParam, @Query() page: PageQuery, @RequestCaller() caller: Caller): Promise<LotResponse> {
    return this.lotsQueries.lot(caller, id, page);
  }

  /** Takes goods into a depot. */
  @Post('receipts')
  @HttpCode(201)
  @RequireAction('receipt.record')
  receive(
    @Body() request: RecordReceiptRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RecordReceiptResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) =>
      this.recordReceipt.execute(tx, { caller: identity.caller, request }, cause),
    );
  }

  /** Checks the ledger for the lots of a region; with `allocationId`, also says what is still held for it. */
  @Get('integrity')
  @RequireAction('stock.read')
  async integrity(@Query() query: IntegrityQuery, @RequestCaller() caller: Caller): Promise<IntegrityResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.integrityQueries.check(caller, query);
  }
}

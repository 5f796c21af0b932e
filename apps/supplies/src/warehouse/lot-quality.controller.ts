import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  Database,
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import { ChangeLotQualityUseCase } from './change-lot-quality';
import type { QualityAction } from './domain/lot-quality';
import { ChangeQualityRequest, LotTraceResponse, QualityChangeResponse, RecallLotRequest } from './dto/lot-quality.dto';
import { LotTraces } from './lot-traces';

@Controller('lots')
export class LotQualityController {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly traces: LotTraces,
    private readonly changeLotQuality: ChangeLotQualityUseCase,
  ) {}

  /** Where the pieces of a lot are, who promised them, and to whom they were handed out. */
  @Get(':id/trace')
  @RequireAction('stock.read')
  trace(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<LotTraceResponse> {
    return this.traces.of(this.database, caller, id);
  }

  /** Holds a lot everywhere until it is clear whether it is good. */
  @Post(':id/hold')
  @HttpCode(201)
  @RequireAction('lot.recall')
  hold(
    @Param() { id }: IdParam,
    @Body() request: ChangeQualityRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<QualityChangeResponse> {
    return this.change('hold', id, request, identity);
  }

  /** Sets a held lot free and puts back what the hold moved. */
  @Post(':id/release')
  @HttpCode(201)
  @RequireAction('lot.recall')
  release(
    @Param() { id }: IdParam,
    @Body() request: ChangeQualityRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<QualityChangeResponse> {
    return this.change('release', id, request, identity);
  }

  /** Recalls a lot everywhere. */
  @Post(':id/recall')
  @HttpCode(201)
  @RequireAction('lot.recall')
  recall(
    @Param() { id }: IdParam,
    @Body() request: RecallLotRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<QualityChangeResponse> {
    return this.change('recall', id, request, identity);
  }

  /** Withdraws a recall that was a mistake, by another person than the one who recalled; the lot stays held. */
  @Post(':id/recall-withdrawal')
  @HttpCode(201)
  @RequireAction('lot.withdraw-recall')
  withdraw(
    @Param() { id }: IdParam,
    @Body() request: ChangeQualityRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<QualityChangeResponse> {
    return this.change('withdraw', id, request, identity);
  }

  private change(
    action: QualityAction,
    lotId: string,
    { scope = 'lot', ...request }: ChangeQualityRequest,
    identity: Identity,
  ): Promise<QualityChangeResponse> {
    const change = { ...request, action, lotId, scope, caller: identity.caller };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.changeLotQuality.execute(tx, change, cause));
  }
}

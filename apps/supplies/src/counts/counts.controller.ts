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
import { ApproveCountUseCase } from './approve-count';
import { CancelCountUseCase } from './cancel-count';
import { CountsQueries } from './counts.queries';
import { CountDetailResponse, CountsQuery, CountsResponse } from './dto/count-list.dto';
import {
  CancelCountRequest,
  CountNoteRequest,
  CountStateResponse,
  OpenCountRequest,
  OpenCountResponse,
  RecordCountRequest,
  RecordCountResponse,
  RejectCountRequest,
} from './dto/count.dto';
import { OpenCountUseCase } from './open-count';
import { RecordCountUseCase } from './record-count';
import { RejectCountUseCase } from './reject-count';
import { SubmitCountUseCase } from './submit-count';

@Controller('counts')
export class CountsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: CountsQueries,
    private readonly openCount: OpenCountUseCase,
    private readonly recordCount: RecordCountUseCase,
    private readonly submitCount: SubmitCountUseCase,
    private readonly approveCount: ApproveCountUseCase,
    private readonly rejectCount: RejectCountUseCase,
    private readonly cancelCount: CancelCountUseCase,
  ) {}

  /** Counts of the depots of a region, the latest first. */
  @Get()
  @RequireAction('stock.read')
  async counts(@Query() query: CountsQuery, @RequestCaller() caller: Caller): Promise<CountsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.counts(caller, query);
  }

  /** One count with a page of its lines. A blind count hides what the ledger expects. */
  @Get(':id')
  @RequireAction('stock.read')
  count(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<CountDetailResponse> {
    return this.queries.count(caller, id, page);
  }

  /** Opens a cycle count or a full count. */
  @Post()
  @HttpCode(201)
  @RequireAction('count.open')
  open(@Body() request: OpenCountRequest, @RequestIdentity() identity: Identity): Promise<OpenCountResponse> {
    return this.idempotency.once(identity, (tx) => this.openCount.execute(tx, { caller: identity.caller, request }));
  }

  /** Records what was counted, in pieces and from any number of phones. */
  @Post(':id/records')
  @HttpCode(201)
  @RequireAction('count.record')
  record(
    @Param() { id }: IdParam,
    @Body() request: RecordCountRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RecordCountResponse> {
    const recording = { countId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.recordCount.execute(tx, recording));
  }

  /** Hands a count in: large variances are counted again first. */
  @Post(':id/submission')
  @HttpCode(200)
  @RequireAction('count.record')
  submit(
    @Param() { id }: IdParam,
    @Body() { note }: CountNoteRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CountStateResponse> {
    const submission = { countId: id, caller: identity.caller, note };
    return this.idempotency.once(identity, (tx) => this.submitCount.execute(tx, submission));
  }

  /** Lets the ledger follow the count; lines that it has overtaken are counted again instead. */
  @Post(':id/approval')
  @HttpCode(200)
  @RequireAction('count.approve')
  approve(
    @Param() { id }: IdParam,
    @Body() { note }: CountNoteRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CountStateResponse> {
    const approval = { countId: id, caller: identity.caller, note };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.approveCount.execute(tx, approval, cause));
  }

  /** Sends lines back to be counted again. */
  @Post(':id/rejection')
  @HttpCode(200)
  @RequireAction('count.approve')
  reject(
    @Param() { id }: IdParam,
    @Body() request: RejectCountRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CountStateResponse> {
    const rejection = { countId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.rejectCount.execute(tx, rejection));
  }

  /** Gives a count up. */
  @Post(':id/cancellation')
  @HttpCode(200)
  @RequireAction('count.cancel')
  cancel(
    @Param() { id }: IdParam,
    @Body() { reason }: CancelCountRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CountStateResponse> {
    const cancellation = { countId: id, caller: identity.caller, reason };
    return this.idempotency.once(identity, (tx) => this.cancelCount.execute(tx, cancellation));
  }
}

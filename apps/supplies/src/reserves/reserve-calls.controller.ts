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
import { AnswerCallUseCase } from './answer-call';
import { ApproveCallUseCase } from './approve-call';
import { CallsQueries } from './calls.queries';
import { CancelCallUseCase } from './cancel-call';
import { DepartCallUseCase } from './depart-call';
import {
  AnswerCallRequest,
  ApproveCallRequest,
  CallDetailResponse,
  CallStateResponse,
  CallsQuery,
  CallsResponse,
  CancelCallRequest,
  DepartCallRequest,
  PlaceCallRequest,
  PlaceCallResponse,
  ReceiveCallRequest,
  ReceiveCallResponse,
} from './dto/call.dto';
import { CallRuleIdResponse, CallRulesQuery, CallRulesResponse, SetCallRuleRequest } from './dto/call-rule.dto';
import { PlaceCallUseCase } from './place-call';
import { ReceiveCallUseCase } from './receive-call';
import { SetCallRuleUseCase } from './set-call-rule';

@Controller()
export class ReserveCallsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: CallsQueries,
    private readonly place: PlaceCallUseCase,
    private readonly approval: ApproveCallUseCase,
    private readonly answer: AnswerCallUseCase,
    private readonly departure: DepartCallUseCase,
    private readonly receipt: ReceiveCallUseCase,
    private readonly cancellation: CancelCallUseCase,
    private readonly setRule: SetCallRuleUseCase,
  ) {}

  /** Calls of reserve contracts in the caller's reach, the most urgent first. */
  @Get('reserve-calls')
  @RequireAction('reserve-contract.read')
  async calls(@Query() query: CallsQuery, @RequestCaller() caller: Caller): Promise<CallsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.calls(caller, query);
  }

  /** One call with the receipts that answered it. */
  @Get('reserve-calls/:id')
  @RequireAction('reserve-contract.read')
  call(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<CallDetailResponse> {
    return this.queries.call(caller, id);
  }

  /** Starts a contract: calls so many pieces to a place. */
  @Post('reserve-contracts/:id/calls')
  @HttpCode(201)
  @RequireAction('reserve-call.place')
  placeCall(
    @Param() { id }: IdParam,
    @Body() request: PlaceCallRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<PlaceCallResponse> {
    const input = { contractId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.place.execute(tx, input, cause));
  }

  /** Signs a call above the threshold, or refuses it. */
  @Post('reserve-calls/:id/approval')
  @HttpCode(200)
  @RequireAction('reserve-call.approve')
  approve(
    @Param() { id }: IdParam,
    @Body() request: ApproveCallRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CallStateResponse> {
    const input = { callId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.approval.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** What the enterprise says to a call. */
  @Post('reserve-calls/:id/answer')
  @HttpCode(200)
  @RequireAction('reserve-call.answer')
  answerCall(
    @Param() { id }: IdParam,
    @Body() request: AnswerCallRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CallStateResponse> {
    const input = { callId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.answer.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** The goods of a call are on their way. */
  @Post('reserve-calls/:id/departure')
  @HttpCode(200)
  @RequireAction('reserve-call.answer')
  depart(
    @Param() { id }: IdParam,
    @Body() request: DepartCallRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CallStateResponse> {
    const input = { callId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.departure.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** Takes goods of a call into a depot, in part or whole. */
  @Post('reserve-calls/:id/receipts')
  @HttpCode(201)
  @RequireAction('receipt.record')
  receive(
    @Param() { id }: IdParam,
    @Body() request: ReceiveCallRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReceiveCallResponse> {
    const input = { callId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.receipt.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** Calls off what has not come. */
  @Post('reserve-calls/:id/cancellation')
  @HttpCode(200)
  @RequireAction('reserve-call.cancel')
  cancel(
    @Param() { id }: IdParam,
    @Body() request: CancelCallRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CallStateResponse> {
    const input = { callId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.cancellation.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** From what size on an approver signs calls in a region. */
  @Get('reserve-call-rules')
  @RequireAction('reserve-contract.read')
  async rules(@Query() query: CallRulesQuery, @RequestCaller() caller: Caller): Promise<CallRulesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.rules(caller, query);
  }

  /** Sets from what size on an approver signs. */
  @Post('reserve-call-rules')
  @HttpCode(201)
  @RequireAction('reserve-rule.set')
  setCallRule(@Body() request: SetCallRuleRequest, @RequestIdentity() identity: Identity): Promise<CallRuleIdResponse> {
    return this.idempotency.once(identity, (tx) => this.setRule.execute(tx, identity.caller, request));
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
  type Tx,
} from '@ledger/platform';
import { AnswerCallUp, type TeamAnswer } from './answer-call-up';
import { CallUpsQueries } from './call-ups.queries';
import {
  AnswerRequest,
  CallUpResponse,
  CallUpsQuery,
  CallUpsResponse,
  ProgressRequest,
  StandDownRequest,
} from './dto/call-up.dto';
import { RecordProgress } from './record-progress';
import { StandDownCallUp } from './stand-down-call-up';

@Controller('call-ups')
export class CallUpsController {
  constructor(
    private readonly queries: CallUpsQueries,
    private readonly idempotency: Idempotency,
    private readonly answerCallUp: AnswerCallUp,
    private readonly recordProgress: RecordProgress,
    private readonly standDownCallUp: StandDownCallUp,
  ) {}

  /** Call-ups at sites of the caller's region and of the caller's teams, the latest first. */
  @Get()
  @RequireAction('team.read')
  async callUps(@Query() query: CallUpsQuery, @RequestCaller() caller: Caller): Promise<CallUpsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return { items: await this.queries.callUps(caller, query) };
  }

  /** One call-up with every team asked or passed over and the reasons. */
  @Get(':id')
  @RequireAction('team.read')
  callUp(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<CallUpResponse> {
    return this.queries.callUp(caller, id);
  }

  /** Enters a team's answer; a dispatcher may enter one taken by phone. */
  @Post(':id/answer')
  @HttpCode(200)
  @RequireAction('call-up.answer')
  answer(
    @Param() { id }: IdParam,
    @Body() request: AnswerRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CallUpResponse> {
    return this.write(identity, id, (tx) => this.answerCallUp.execute(tx, id, teamAnswerOf(request), identity));
  }

  /** Enters how far the team is. */
  @Post(':id/progress')
  @HttpCode(200)
  @RequireAction('call-up.answer')
  progress(
    @Param() { id }: IdParam,
    @Body() request: ProgressRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CallUpResponse> {
    return this.write(identity, id, (tx) => this.recordProgress.execute(tx, id, request.state, identity));
  }

  /** Ends the call-up and frees the team. */
  @Post(':id/stand-down')
  @HttpCode(200)
  @RequireAction('call-up.stand-down')
  standDown(
    @Param() { id }: IdParam,
    @Body() request: StandDownRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CallUpResponse> {
    return this.write(identity, id, (tx) => this.standDownCallUp.byPerson(tx, id, request.reason, identity));
  }

  private write(identity: Identity, id: string, change: (tx: Tx) => Promise<void>): Promise<CallUpResponse> {
    return this.idempotency.once(identity, async (tx) => {
      await change(tx);
      return this.queries.callUp(identity.caller, id, tx);
    });
  }
}

/** Validation has made sure of the strength of an acceptance and the reason of a refusal. */
function teamAnswerOf(request: AnswerRequest): TeamAnswer {
  const { teamId, channel, answeredBy, strength = 0, reason = '' } = request;
  const said = { teamId, channel, answeredBy };
  return request.accepted ? { ...said, accepted: true, strength } : { ...said, accepted: false, reason };
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, Idempotency, RequestCaller, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { refuseEnterprise } from '../reserves/reach';
import { CreateJointReserveUseCase } from './create-joint-reserve';
import { DrawJointReserveUseCase } from './draw-joint-reserve';
import {
  CostResponse,
  CreateJointReserveRequest,
  DecideDrawRequest,
  DrawStepResponse,
  JointReserveDetailResponse,
  JointReserveStepResponse,
  JointReservesQuery,
  JointReservesResponse,
  PutLotsRequest,
  RecordCostRequest,
  RequestDrawRequest,
} from './dto/joint-reserve.dto';
import { ReceiveJourneyRequest } from './dto/loan.dto';
import { JointReservesQueries } from './joint-reserves.queries';
import { PutJointLotsUseCase } from './put-joint-lots';
import { RecordJointCostUseCase } from './record-joint-cost';

/** Stock that several regions or departments own in shares. */
@Controller('joint-reserves')
export class JointReservesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: JointReservesQueries,
    private readonly createReserve: CreateJointReserveUseCase,
    private readonly putLots: PutJointLotsUseCase,
    private readonly drawing: DrawJointReserveUseCase,
    private readonly recordCost: RecordJointCostUseCase,
  ) {}

  /** Joint reserves of which the caller's region owns a part, or that lie in it. */
  @Get()
  @RequireAction('sharing.read')
  async reserves(@Query() query: JointReservesQuery, @RequestCaller() caller: Caller): Promise<JointReservesResponse> {
    refuseEnterprise(caller);
    return this.queries.reserves(caller, query);
  }

  /** One joint reserve: what belongs to whom, what was drawn, and what it cost. */
  @Get(':id')
  @RequireAction('sharing.read')
  async reserve(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<JointReserveDetailResponse> {
    refuseEnterprise(caller);
    return this.queries.reserve(caller, id);
  }

  /** Enters what several owners agreed on. */
  @Post()
  @HttpCode(201)
  @RequireAction('joint-reserve.manage')
  create(
    @Body() request: CreateJointReserveRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<JointReserveStepResponse> {
    return this.idempotency.once(identity, (tx) => this.createReserve.execute(tx, identity.caller, request));
  }

  /** Puts lots of the depot into the reserve. */
  @Post(':id/lots')
  @HttpCode(200)
  @RequireAction('joint-reserve.manage')
  put(
    @Param() { id }: IdParam,
    @Body() request: PutLotsRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<JointReserveStepResponse> {
    return this.idempotency.once(identity, (tx) => this.putLots.execute(tx, identity.caller, id, request));
  }

  /** Enters a cost; every owner's part follows from the agreed per cent. */
  @Post(':id/costs')
  @HttpCode(201)
  @RequireAction('joint-reserve.manage')
  cost(
    @Param() { id }: IdParam,
    @Body() request: RecordCostRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CostResponse> {
    return this.idempotency.once(identity, (tx) => this.recordCost.execute(tx, identity.caller, id, request));
  }

  /** An owner asks for its part. */
  @Post(':id/draws')
  @HttpCode(201)
  @RequireAction('joint-reserve.draw')
  draw(
    @Param() { id }: IdParam,
    @Body() request: RequestDrawRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DrawStepResponse> {
    return this.idempotency.once(identity, (tx) => this.drawing.request(tx, identity, id, request));
  }

  /** The owner's second person signs, and the goods leave; or refuses. */
  @Post('draws/:id/decision')
  @HttpCode(200)
  @RequireAction('joint-reserve.sign')
  decide(
    @Param() { id }: IdParam,
    @Body() request: DecideDrawRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DrawStepResponse> {
    return this.idempotency.once(identity, (tx) => this.drawing.decide(tx, identity, id, request));
  }

  /** The owner's keeper counts in what came. */
  @Post('draws/:id/receipt')
  @HttpCode(200)
  @RequireAction('loan.move')
  receive(
    @Param() { id }: IdParam,
    @Body() request: ReceiveJourneyRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DrawStepResponse> {
    return this.idempotency.once(identity, (tx) => this.drawing.receive(tx, identity, id, request));
  }
}

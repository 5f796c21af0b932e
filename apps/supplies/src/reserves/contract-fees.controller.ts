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
} from '@ledger/platform';
import {
  FeeIdResponse,
  FeeTotalsQuery,
  FeeTotalsResponse,
  FeesQuery,
  FeesResponse,
  PayFeeRequest,
  RecordFeeRequest,
  WithdrawFeeRequest,
} from './dto/fee.dto';
import { FeesQueries } from './fees.queries';
import { RecordFeeUseCase } from './record-fee';
import { SettleFeeUseCase } from './settle-fee';

@Controller()
export class ContractFeesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: FeesQueries,
    private readonly record: RecordFeeUseCase,
    private readonly settle: SettleFeeUseCase,
  ) {}

  /** Holding fees and subsidies, those due first in front. */
  @Get('reserve-contract-fees')
  @RequireAction('reserve-contract.read')
  async fees(@Query() query: FeesQuery, @RequestCaller() caller: Caller): Promise<FeesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.fees(caller, query);
  }

  /** What was due, paid and late by year and region. */
  @Get('reserve-contract-fees/totals')
  @RequireAction('reserve-contract.read')
  async totals(@Query() query: FeeTotalsQuery, @RequestCaller() caller: Caller): Promise<FeeTotalsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.totals(caller, query);
  }

  /** Records what a contract costs for a period. */
  @Post('reserve-contracts/:id/fees')
  @HttpCode(201)
  @RequireAction('reserve-contract.manage')
  recordFee(
    @Param() { id }: IdParam,
    @Body() request: RecordFeeRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<FeeIdResponse> {
    const input = { contractId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.record.execute(tx, input));
  }

  /** Marks a fee or subsidy as paid. */
  @Post('reserve-contract-fees/:id/payment')
  @HttpCode(200)
  @RequireAction('reserve-contract.manage')
  pay(
    @Param() { id }: IdParam,
    @Body() request: PayFeeRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<FeeIdResponse> {
    return this.idempotency.once(identity, (tx) => this.settle.pay(tx, id, identity.caller, request));
  }

  /** Withdraws a fee or subsidy that was written down wrongly. */
  @Post('reserve-contract-fees/:id/withdrawal')
  @HttpCode(200)
  @RequireAction('reserve-contract.manage')
  withdraw(
    @Param() { id }: IdParam,
    @Body() request: WithdrawFeeRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<FeeIdResponse> {
    return this.idempotency.once(identity, (tx) => this.settle.withdraw(tx, id, identity.caller, request));
  }
}

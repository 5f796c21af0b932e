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
import { refuseEnterprise } from '../reserves/reach';
import { AccountQueries } from './account.queries';
import { DecideLoanUseCase } from './decide-loan';
import { DispatchLoanUseCase } from './dispatch-loan';
import { AccountQuery, AccountResponse, StatementResponse } from './dto/account.dto';
import {
  DecideLoanRequest,
  DecideSettlementRequest,
  DispatchLoanRequest,
  GiveBackRequest,
  LoanDetailResponse,
  LoanStepResponse,
  LoansQuery,
  LoansResponse,
  ProposeSettlementRequest,
  ReceiveJourneyRequest,
  RequestLoanRequest,
  SettlementParam,
  WithdrawLoanRequest,
} from './dto/loan.dto';
import { GiveBackUseCase } from './give-back';
import { LoansQueries } from './loans.queries';
import { ReceiveJourneyUseCase } from './receive-journey';
import { RequestLoanUseCase } from './request-loan';
import { SettleLoanUseCase } from './settle-loan';
import { WithdrawLoanUseCase } from './withdraw-loan';

/** Loans between regions, and what they owe each other. */
@Controller('mutual-aid')
export class MutualAidController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: LoansQueries,
    private readonly accounts: AccountQueries,
    private readonly requestLoan: RequestLoanUseCase,
    private readonly decideLoan: DecideLoanUseCase,
    private readonly withdrawLoan: WithdrawLoanUseCase,
    private readonly dispatchLoan: DispatchLoanUseCase,
    private readonly receiveJourney: ReceiveJourneyUseCase,
    private readonly giveBack: GiveBackUseCase,
    private readonly settleLoan: SettleLoanUseCase,
  ) {}

  /** Loans that the caller's region gave or took; `overdue=true` for what is owed past its day. */
  @Get('loans')
  @RequireAction('sharing.read')
  async loans(@Query() query: LoansQuery, @RequestCaller() caller: Caller): Promise<LoansResponse> {
    refuseEnterprise(caller);
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.loans(caller, query);
  }

  /** One loan with its journeys, settlements and what its use has cost; both sides read the same. */
  @Get('loans/:id')
  @RequireAction('sharing.read')
  async loan(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<LoanDetailResponse> {
    refuseEnterprise(caller);
    return this.queries.loan(caller, id);
  }

  /** What is owed to a region and by it, per item. */
  @Get('account')
  @RequireAction('sharing.read')
  async account(@Query() query: AccountQuery, @RequestCaller() caller: Caller): Promise<AccountResponse> {
    refuseEnterprise(caller);
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.accounts.account(caller, query);
  }

  /** The book of a region, entry by entry, with the running balance. */
  @Get('account/statement')
  @RequireAction('sharing.read')
  async statement(@Query() query: AccountQuery, @RequestCaller() caller: Caller): Promise<StatementResponse> {
    refuseEnterprise(caller);
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.accounts.statement(caller, query);
  }

  /** Asks a neighbour for goods. */
  @Post('loans')
  @HttpCode(201)
  @RequireAction('loan.request')
  ask(@Body() request: RequestLoanRequest, @RequestIdentity() identity: Identity): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.requestLoan.execute(tx, identity, request));
  }

  /** The lender's commander agrees or refuses. */
  @Post('loans/:id/decision')
  @HttpCode(200)
  @RequireAction('loan.approve')
  decide(
    @Param() { id }: IdParam,
    @Body() request: DecideLoanRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.decideLoan.execute(tx, identity, id, request));
  }

  /** The borrower does without, as long as nothing has left. */
  @Post('loans/:id/withdrawal')
  @HttpCode(200)
  @RequireAction('loan.request')
  withdraw(
    @Param() { id }: IdParam,
    @Body() request: WithdrawLoanRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.withdrawLoan.execute(tx, identity, id, request));
  }

  /** The goods leave the lender, and are owed from then on. */
  @Post('loans/:id/dispatch')
  @HttpCode(200)
  @RequireAction('loan.move')
  dispatch(
    @Param() { id }: IdParam,
    @Body() request: DispatchLoanRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.dispatchLoan.execute(tx, identity, id, request));
  }

  /** Counts in what a journey brought: at the borrower, or back at the lender. */
  @Post('journeys/:id/receipt')
  @HttpCode(200)
  @RequireAction('loan.move')
  receive(
    @Param() { id }: IdParam,
    @Body() request: ReceiveJourneyRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.receiveJourney.execute(tx, identity, id, request));
  }

  /** Sends goods back, in as many parts as it takes. */
  @Post('loans/:id/give-backs')
  @HttpCode(200)
  @RequireAction('loan.move')
  sendBack(
    @Param() { id }: IdParam,
    @Body() request: GiveBackRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.giveBack.execute(tx, identity, id, request));
  }

  /** Proposes to pay for pieces that do not come back. */
  @Post('loans/:id/settlements')
  @HttpCode(201)
  @RequireAction('loan.settle')
  propose(
    @Param() { id }: IdParam,
    @Body() request: ProposeSettlementRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.settleLoan.propose(tx, identity, id, request));
  }

  /** The other side confirms the price, which clears the debt, or refuses it. */
  @Post('loans/:id/settlements/:settlementId/decision')
  @HttpCode(200)
  @RequireAction('loan.settle')
  decideSettlement(
    @Param() params: SettlementParam,
    @Body() request: DecideSettlementRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LoanStepResponse> {
    return this.idempotency.once(identity, (tx) => this.settleLoan.decide(tx, identity, params, request));
  }
}

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
import { AmendReserveContractUseCase } from './amend-reserve-contract';
import { ChangeContractStateUseCase } from './change-contract-state';
import { ContractsQueries } from './contracts.queries';
import { CreateReserveContractUseCase } from './create-reserve-contract';
import {
  ConfirmationsResponse,
  OverdueConfirmationsQuery,
  OverdueConfirmationsResponse,
  RecordConfirmationRequest,
  RecordConfirmationResponse,
} from './dto/confirmation.dto';
import {
  AmendReserveContractRequest,
  ChangeContractStateRequest,
  CreateReserveContractRequest,
  RenewReserveContractRequest,
  ReserveContractChangesResponse,
  ReserveContractIdResponse,
  ReserveContractResponse,
  ReserveContractsQuery,
  ReserveContractsResponse,
} from './dto/contract.dto';
import { RecordConfirmationUseCase } from './record-confirmation';
import { RenewReserveContractUseCase } from './renew-reserve-contract';

@Controller()
export class ReserveContractsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ContractsQueries,
    private readonly create: CreateReserveContractUseCase,
    private readonly states: ChangeContractStateUseCase,
    private readonly amend: AmendReserveContractUseCase,
    private readonly renew: RenewReserveContractUseCase,
    private readonly confirm: RecordConfirmationUseCase,
  ) {}

  /** Reserve contracts in the caller's reach. */
  @Get('reserve-contracts')
  @RequireAction('reserve-contract.read')
  async contracts(
    @Query() query: ReserveContractsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ReserveContractsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.contracts(caller, query);
  }

  /** One contract with what it can give now. */
  @Get('reserve-contracts/:id')
  @RequireAction('reserve-contract.read')
  contract(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<ReserveContractResponse> {
    return this.queries.contract(caller, id);
  }

  /** Who changed what of a contract and its calls, the oldest first. */
  @Get('reserve-contracts/:id/history')
  @RequireAction('reserve-contract.read')
  history(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ReserveContractChangesResponse> {
    return this.queries.history(caller, id, page);
  }

  /** Figures confirmed for a contract, the latest first. */
  @Get('reserve-contracts/:id/confirmations')
  @RequireAction('reserve-contract.read')
  confirmations(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ConfirmationsResponse> {
    return this.queries.confirmations(caller, id, page);
  }

  /** Contracts whose figures should have been confirmed by now, the longest overdue first. */
  @Get('reserve-confirmations/overdue')
  @RequireAction('reserve-contract.read')
  async overdue(
    @Query() query: OverdueConfirmationsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<OverdueConfirmationsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.overdue(caller, query);
  }

  /** Writes a contract down, as a draft or in force at once. */
  @Post('reserve-contracts')
  @HttpCode(201)
  @RequireAction('reserve-contract.manage')
  createContract(
    @Body() request: CreateReserveContractRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReserveContractIdResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    const { caller } = identity;
    return this.idempotency.once(identity, (tx) => this.create.execute(tx, { caller, request }, cause));
  }

  /** Puts a contract in force, suspends, resumes or ends it. */
  @Post('reserve-contracts/:id/state')
  @HttpCode(200)
  @RequireAction('reserve-contract.manage')
  changeState(
    @Param() { id }: IdParam,
    @Body() request: ChangeContractStateRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReserveContractIdResponse> {
    const input = { contractId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.states.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** Changes terms of a contract. */
  @Post('reserve-contracts/:id/amendments')
  @HttpCode(200)
  @RequireAction('reserve-contract.manage')
  amendContract(
    @Param() { id }: IdParam,
    @Body() request: AmendReserveContractRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReserveContractIdResponse> {
    const input = { contractId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.amend.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** Begins a new term of a contract. */
  @Post('reserve-contracts/:id/renewal')
  @HttpCode(200)
  @RequireAction('reserve-contract.manage')
  renewContract(
    @Param() { id }: IdParam,
    @Body() request: RenewReserveContractRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReserveContractIdResponse> {
    const input = { contractId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.renew.execute(tx, input, causeOfRequest(identity, id)));
  }

  /** Confirms stock, rate, start-up time and key inputs, as the enterprise or on its word. */
  @Post('reserve-contracts/:id/confirmations')
  @HttpCode(201)
  @RequireAction('reserve-contract.confirm')
  confirmFigures(
    @Param() { id }: IdParam,
    @Body() request: RecordConfirmationRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RecordConfirmationResponse> {
    const input = { contractId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.confirm.execute(tx, input, causeOfRequest(identity, id)));
  }
}

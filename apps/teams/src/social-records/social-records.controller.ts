import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  type Identity,
} from '@ledger/platform';
import {
  EndServiceContractRequest,
  RecordServiceContractRequest,
  RecordSurveyReturnRequest,
  ServiceContractWrittenResponse,
  ServiceContractsResponse,
  SurveyReturnWrittenResponse,
  SurveyReturnsResponse,
} from './dto/social-record.dto';
import { EndServiceContractUseCase } from './end-service-contract';
import { RecordServiceContractUseCase } from './record-service-contract';
import { RecordSurveyReturnUseCase } from './record-survey-return';
import { SocialRecordsQueries } from './social-records.queries';

@Controller()
export class SocialRecordsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: SocialRecordsQueries,
    private readonly recordSurveyReturn: RecordSurveyReturnUseCase,
    private readonly recordServiceContract: RecordServiceContractUseCase,
    private readonly endServiceContract: EndServiceContractUseCase,
  ) {}

  /** What a social force returned in surveys, the latest first. */
  @Get('teams/:id/survey-returns')
  @RequireAction('team-record.read')
  async surveyReturns(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<SurveyReturnsResponse> {
    return { items: await this.queries.surveyReturns(caller, id, page) };
  }

  @Post('teams/:id/survey-returns')
  @HttpCode(201)
  @RequireAction('team.manage')
  survey(
    @Param() { id }: IdParam,
    @Body() request: RecordSurveyReturnRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SurveyReturnWrittenResponse> {
    const surveyReturn = { caller: identity.caller, teamId: id, request };
    return this.idempotency.once(identity, (tx) => this.recordSurveyReturn.execute(tx, surveyReturn));
  }

  /** Contracts by which the service of a team is bought. */
  @Get('teams/:id/service-contracts')
  @RequireAction('team-record.read')
  async serviceContracts(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ServiceContractsResponse> {
    return { items: await this.queries.serviceContracts(caller, id, page) };
  }

  @Post('teams/:id/service-contracts')
  @HttpCode(201)
  @RequireAction('team.manage')
  contract(
    @Param() { id }: IdParam,
    @Body() request: RecordServiceContractRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ServiceContractWrittenResponse> {
    const contract = { caller: identity.caller, teamId: id, request };
    return this.idempotency.once(identity, (tx) => this.recordServiceContract.execute(tx, contract));
  }

  /** Ends a contract before the day that was signed. */
  @Post('service-contracts/:id/end')
  @HttpCode(200)
  @RequireAction('team.manage')
  end(
    @Param() { id }: IdParam,
    @Body() request: EndServiceContractRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ServiceContractWrittenResponse> {
    const end = { caller: identity.caller, contractId: id, request };
    return this.idempotency.once(identity, (tx) => this.endServiceContract.execute(tx, end));
  }
}

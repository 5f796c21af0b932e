import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import { AmendDepotUseCase } from './amend-depot';
import { AppointKeeperUseCase } from './appoint-keeper';
import { ChangeDepotStateUseCase } from './change-depot-state';
import { DepotEntriesQueries } from './depot-entries.queries';
import {
  AmendDepotRequest,
  ChangeDepotStateRequest,
  DepotEntryResponse,
  DepotWrittenResponse,
  RegisterDepotRequest,
} from './dto/depot-entry.dto';
import { AppointKeeperRequest, EndKeeperRequest, KeeperParam, KeeperResponse, KeepersResponse } from './dto/keeper.dto';
import { PeopleReportResponse, PeopleReportsResponse, ReportPeopleRequest } from './dto/people.dto';
import { EndKeeperUseCase } from './end-keeper';
import { RegisterDepotUseCase } from './register-depot';
import { ReportPeopleUseCase } from './report-people';

@Controller('depots')
export class DepotEntriesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: DepotEntriesQueries,
    private readonly registerDepot: RegisterDepotUseCase,
    private readonly amendDepot: AmendDepotUseCase,
    private readonly changeDepotState: ChangeDepotStateUseCase,
    private readonly appointKeeper: AppointKeeperUseCase,
    private readonly endKeeper: EndKeeperUseCase,
    private readonly reportPeople: ReportPeopleUseCase,
  ) {}

  /** One depot: its entry, how full it is, who keeps it, and the reserve standards in force today. */
  @Get(':id')
  @RequireAction('stock.read')
  depot(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<DepotEntryResponse> {
    return this.queries.depot(caller, id);
  }

  /** Enters a new depot. */
  @Post()
  @HttpCode(201)
  @RequireAction('depot.manage')
  register(
    @Body() request: RegisterDepotRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DepotWrittenResponse> {
    const registration = { caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.registerDepot.execute(tx, registration, cause));
  }

  /** Changes the entry of a depot; it is sent whole, with the version that was read. */
  @Put(':id')
  @RequireAction('depot.manage')
  amend(
    @Param() { id }: IdParam,
    @Body() request: AmendDepotRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DepotWrittenResponse> {
    const amendment = { depotId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.amendDepot.execute(tx, amendment, cause));
  }

  /** Opens, suspends or closes a depot. */
  @Post(':id/state')
  @HttpCode(200)
  @RequireAction('depot.manage')
  changeState(
    @Param() { id }: IdParam,
    @Body() request: ChangeDepotStateRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DepotWrittenResponse> {
    const change = { depotId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.changeDepotState.execute(tx, change, cause));
  }

  /** Everybody who keeps or kept a depot. */
  @Get(':id/keepers')
  @RequireAction('stock.read')
  keepers(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<KeepersResponse> {
    return this.queries.keepers(caller, id, page);
  }

  /** Names who keeps a depot. */
  @Post(':id/keepers')
  @HttpCode(201)
  @RequireAction('depot.manage')
  appoint(
    @Param() { id }: IdParam,
    @Body() request: AppointKeeperRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<KeeperResponse> {
    const appointment = { depotId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.appointKeeper.execute(tx, appointment));
  }

  /** Sets the last day of a keeper. */
  @Post(':id/keepers/:keeperId/end')
  @HttpCode(200)
  @RequireAction('depot.manage')
  end(
    @Param() { id, keeperId }: KeeperParam,
    @Body() request: EndKeeperRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<KeeperResponse> {
    const end = { depotId: id, keeperId, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.endKeeper.execute(tx, end));
  }

  /** Counts of the people in a shelter, the latest first. */
  @Get(':id/people-reports')
  @RequireAction('stock.read')
  peopleReports(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<PeopleReportsResponse> {
    return this.queries.peopleReports(caller, id, page);
  }

  /** Reports how many people are in a shelter. */
  @Post(':id/people-reports')
  @HttpCode(201)
  @RequireAction('shelter.report')
  report(
    @Param() { id }: IdParam,
    @Body() request: ReportPeopleRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<PeopleReportResponse> {
    const report = { depotId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.reportPeople.execute(tx, report));
  }
}

import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, RequestCaller, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { AddSite } from './add-site';
import {
  AddSiteRequest,
  IncidentPage,
  IncidentQuery,
  IncidentSiteView,
  IncidentView,
  ReportIncidentRequest,
} from './dto/incident.dto';
import { IncidentQueries } from './incidents.queries';
import { ReportIncident } from './report-incident';

@Controller('incidents')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentQueries,
    private readonly reportIncident: ReportIncident,
    private readonly addSite: AddSite,
  ) {}

  /** Reports an incident with its first delivery site. */
  @Post()
  @RequireAction('incident.report')
  report(@RequestIdentity() identity: Identity, @Body() request: ReportIncidentRequest): Promise<IncidentView> {
    return this.reportIncident.execute(identity, request);
  }

  /** Lists the incidents of the caller's region and below, latest report first. */
  @Get()
  @RequireAction('incident.read')
  list(@Query() query: IncidentQuery, @RequestCaller() caller: Caller): Promise<IncidentPage> {
    return this.incidents.list(query, caller);
  }

  /** One incident with its sites. */
  @Get(':id')
  @RequireAction('incident.read')
  find(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<IncidentView> {
    return this.incidents.find(id, caller);
  }

  /** Adds a delivery site to an open incident. */
  @Post(':id/sites')
  @RequireAction('incident.report')
  add(
    @RequestIdentity() identity: Identity,
    @Param() { id }: IdParam,
    @Body() request: AddSiteRequest,
  ): Promise<IncidentSiteView> {
    return this.addSite.execute(identity, id, request);
  }
}

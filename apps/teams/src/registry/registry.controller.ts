import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, RequestCaller, RequireAction, requireRegion } from '@ledger/platform';
import { TeamResponse, TeamTypesResponse, TeamsQuery, TeamsResponse } from './dto/team.dto';
import { RegistryQueries } from './registry.queries';

@Controller()
export class RegistryController {
  constructor(private readonly queries: RegistryQueries) {}

  /** Teams of a region with what holds them at this moment. */
  @Get('teams')
  @RequireAction('team.read')
  async teams(@Query() query: TeamsQuery, @RequestCaller() caller: Caller): Promise<TeamsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return { items: await this.queries.teams(caller, query) };
  }

  /** One team. */
  @Get('teams/:id')
  @RequireAction('team.read')
  team(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<TeamResponse> {
    return this.queries.team(caller, id);
  }

  /** The kinds of teams and how each is asked. */
  @Get('team-types')
  @RequireAction('team.read')
  async teamTypes(): Promise<TeamTypesResponse> {
    return { items: await this.queries.teamTypes() };
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { RequestCaller, RequireAction } from '@ledger/platform';
import { PersonalDataReadsQuery, PersonalDataReadsResponse } from './dto/personal-data.dto';
import { PersonalDataQueries } from './personal-data.queries';

@Controller('personal-data-reads')
export class PersonalDataController {
  constructor(private readonly queries: PersonalDataQueries) {}

  /** Who looked at whose personal data in clear, when and why. */
  @Get()
  @RequireAction('personal-data-log.read')
  async reads(
    @Query() query: PersonalDataReadsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<PersonalDataReadsResponse> {
    return { items: await this.queries.reads(caller, query) };
  }
}

import { Module } from '@nestjs/common';
import { AddSite } from './add-site';
import { IncidentsController } from './incidents.controller';
import { IncidentQueries, Incidents } from './incidents.queries';
import { IncidentsRepository } from './incidents.repository';
import { ReportIncident } from './report-incident';

@Module({
  controllers: [IncidentsController],
  providers: [IncidentsRepository, IncidentQueries, Incidents, ReportIncident, AddSite],
  exports: [Incidents],
})
export class IncidentsModule {}

import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { AddBinUseCase } from './add-bin';
import { AddZoneUseCase } from './add-zone';
import { AmendDepotUseCase } from './amend-depot';
import { AppointKeeperUseCase } from './appoint-keeper';
import { BinsController } from './bins.controller';
import { BinsQueries } from './bins.queries';
import { BinsRepository } from './bins.repository';
import { ChangeDepotStateUseCase } from './change-depot-state';
import { DepotEntriesController } from './depot-entries.controller';
import { DepotEntriesQueries } from './depot-entries.queries';
import { DepotEntriesRepository } from './depot-entries.repository';
import { DepotRecordsRepository } from './depot-records.repository';
import { EndKeeperUseCase } from './end-keeper';
import { EndNeedUseCase } from './end-need';
import { PlaceLotUseCase } from './place-lot';
import { PrePositioningController } from './pre-positioning.controller';
import { PrePositioningQueries } from './pre-positioning.queries';
import { RecordNeedUseCase } from './record-need';
import { RegisterDepotUseCase } from './register-depot';
import { ReportPeopleUseCase } from './report-people';

/** Entries of depots, keepers, bins, people in shelters, and places that need goods beforehand. */
@Module({
  imports: [CatalogueModule],
  controllers: [DepotEntriesController, BinsController, PrePositioningController],
  providers: [
    DepotEntriesRepository,
    DepotRecordsRepository,
    BinsRepository,
    DepotEntriesQueries,
    BinsQueries,
    PrePositioningQueries,
    RegisterDepotUseCase,
    AmendDepotUseCase,
    ChangeDepotStateUseCase,
    AppointKeeperUseCase,
    EndKeeperUseCase,
    ReportPeopleUseCase,
    AddZoneUseCase,
    AddBinUseCase,
    PlaceLotUseCase,
    RecordNeedUseCase,
    EndNeedUseCase,
  ],
  exports: [RegisterDepotUseCase, DepotEntriesRepository, DepotEntriesQueries],
})
export class DepotsModule {}

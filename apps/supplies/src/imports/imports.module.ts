import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { DepotsModule } from '../depots/depots.module';
import { ReservesModule } from '../reserves/reserves.module';
import { StockModule } from '../stock/stock.module';
import { CancelImportUseCase } from './cancel-import';
import { CheckImport } from './check-import';
import { DecideNameUseCase } from './decide-name';
import { ImportEnd } from './import-end';
import { ImportFindingsQueries } from './import-findings.queries';
import { ImportWorker } from './import-worker';
import { ImportsController } from './imports.controller';
import { ImportsQueries } from './imports.queries';
import { ImportsRepository } from './imports.repository';
import { InspectImport } from './inspect-import';
import { KnownThingsLoader } from './known-things';
import { MappingMemory } from './mapping-memory';
import { PostAgreementRows, PostDepotRows, PostItemNameRows } from './post-entries';
import { PostImport } from './post-import';
import { PostStockRows } from './post-stock-rows';
import { FileSources } from './reading/file-sources';
import { RowRanges } from './row-ranges';
import { ReceiveImportUseCase } from './receive-import';
import { SetMappingUseCase } from './set-mapping';
import { StagedRows } from './staged-rows.repository';
import { StartCheckUseCase } from './start-check';
import { StartCommitUseCase } from './start-commit';
import { StoredFiles } from './stored-files';
import { VerifyStaged } from './verify-staged';

/** Existing ledgers of departments, from their own sheets. */
@Module({
  imports: [CatalogueModule, DepotsModule, ReservesModule, StockModule],
  controllers: [ImportsController],
  providers: [
    ImportsQueries,
    ImportFindingsQueries,
    ImportsRepository,
    StoredFiles,
    FileSources,
    MappingMemory,
    KnownThingsLoader,
    StagedRows,
    VerifyStaged,
    InspectImport,
    CheckImport,
    PostStockRows,
    PostDepotRows,
    PostAgreementRows,
    PostItemNameRows,
    RowRanges,
    PostImport,
    ImportWorker,
    ImportEnd,
    ReceiveImportUseCase,
    SetMappingUseCase,
    DecideNameUseCase,
    StartCheckUseCase,
    StartCommitUseCase,
    CancelImportUseCase,
  ],
})
export class ImportsModule {}

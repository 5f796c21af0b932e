import { Module } from '@nestjs/common';
import { InspectionsRepository } from './inspections.repository';
import { OverdueWork } from './overdue-work';

/** What waits to be done in a warehouse. It knows nothing of the ledger, so that a receipt can open an inspection. */
@Module({ providers: [InspectionsRepository, OverdueWork], exports: [InspectionsRepository, OverdueWork] })
export class OpenWorkModule {}

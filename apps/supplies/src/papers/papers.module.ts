import { Module } from '@nestjs/common';
import { MovementsQueries } from '../stock/movements.queries';
import { CountPapersQueries } from './count-papers.queries';
import { HandoutPapersQueries } from './handout-papers.queries';
import { MovementPapersQueries } from './movement-papers.queries';
import { PaperFont } from './paper-font';
import { PAPER_SETTINGS, readPaperSettings } from './paper-settings';
import { PapersController } from './papers.controller';

/** The papers of the office as PDF with Chinese text. */
@Module({
  controllers: [PapersController],
  providers: [
    { provide: PAPER_SETTINGS, useFactory: () => readPaperSettings(process.env) },
    ...[PaperFont, MovementsQueries, MovementPapersQueries, CountPapersQueries, HandoutPapersQueries],
  ],
})
export class PapersModule {}

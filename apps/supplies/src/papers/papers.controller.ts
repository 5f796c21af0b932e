import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Caller } from '@ledger/contracts';
import { IdParam, RequestCaller, RequireAction } from '@ledger/platform';
import { CountPapersQueries } from './count-papers.queries';
import { countSheetOf } from './domain/count-sheet';
import { handoutListOf } from './domain/handout-list';
import { slipOf } from './domain/movement-paper';
import type { Paper } from './domain/paper';
import { OpenListQuery, SheetQuery, SlipQuery } from './dto/paper.dto';
import { HandoutPapersQueries } from './handout-papers.queries';
import { MovementPapersQueries } from './movement-papers.queries';
import { PaperFont } from './paper-font';
import { renderPaper } from './render-paper';

const PDF = 'application/pdf';
const PdfAnswer = (): MethodDecorator => (target, key, descriptor) => {
  ApiProduces(PDF)(target, key, descriptor);
  ApiOkResponse({ schema: { type: 'string', format: 'binary' } })(target, key, descriptor);
};

/** The papers of the office, as PDF. Reading one changes nothing; the same paper is the same file. */
@Controller()
export class PapersController {
  constructor(
    private readonly font: PaperFont,
    private readonly movements: MovementPapersQueries,
    private readonly counts: CountPapersQueries,
    private readonly handouts: HandoutPapersQueries,
  ) {}

  /** Inbound or outbound slip of a movement, or its transfer slip; also the adjustment of a count. */
  @Get('movements/:id/slip.pdf')
  @RequireAction('stock.read')
  @PdfAnswer()
  async slip(
    @Param() { id }: IdParam,
    @Query() { form = 'own' }: SlipQuery,
    @RequestCaller() caller: Caller,
  ): Promise<StreamableFile> {
    return this.print(slipOf(await this.movements.slip(caller, id), form));
  }

  /** The sheet to count by: in a blind count without quantities. */
  @Get('counts/:id/sheet.pdf')
  @RequireAction('stock.read')
  @PdfAnswer()
  async sheet(
    @Param() { id }: IdParam,
    @Query() query: SheetQuery,
    @RequestCaller() caller: Caller,
  ): Promise<StreamableFile> {
    return this.print(countSheetOf(await this.counts.sheet(caller, id, query)));
  }

  /** The list of a hand-out, with masked names and room to sign. */
  @Get('hand-outs/:id/list.pdf')
  @RequireAction('household.read')
  @PdfAnswer()
  async list(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<StreamableFile> {
    return this.print(handoutListOf(await this.handouts.handout(caller, id)));
  }

  /** The households of a site as a list to sign, before the hand-out. */
  @Get('sites/:id/households/list.pdf')
  @RequireAction('household.read')
  @PdfAnswer()
  async openList(
    @Param() { id }: IdParam,
    @Query() { waitingFor }: OpenListQuery,
    @RequestCaller() caller: Caller,
  ): Promise<StreamableFile> {
    return this.print(handoutListOf(await this.handouts.openList(caller, id, waitingFor)));
  }

  private print(paper: Paper): StreamableFile {
    const disposition = `inline; filename="${paper.number}.pdf"`;
    return new StreamableFile(renderPaper(paper, this.font.bytes), { type: PDF, disposition });
  }
}

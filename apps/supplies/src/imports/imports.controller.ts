import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { ApiBody, ApiConsumes, ApiHeader, ApiProduces } from '@nestjs/swagger';
import { UPLOAD_ROUTES, type Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequestUpload,
  RequireAction,
  type Identity,
  type Upload,
} from '@ledger/platform';
import { CancelImportUseCase } from './cancel-import';
import { DecideNameUseCase } from './decide-name';
import {
  CommitImportRequest,
  DecideNameRequest,
  DecidedNameResponse,
  ImportDetailResponse,
  ImportKindsResponse,
  ImportNameParam,
  ImportNamesQuery,
  ImportNamesResponse,
  ImportStateResponse,
  ImportsQuery,
  ImportsResponse,
  ReceiveImportQuery,
  ReceivedImportResponse,
  RowErrorsResponse,
  SetMappingRequest,
} from './dto/import.dto';
import { ImportFindingsQueries, importKinds } from './import-findings.queries';
import { ImportsQueries } from './imports.queries';
import { ReceiveImportUseCase } from './receive-import';
import { SetMappingUseCase } from './set-mapping';
import { StartCheckUseCase } from './start-check';
import { StartCommitUseCase } from './start-commit';

@Controller('imports')
export class ImportsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ImportsQueries,
    private readonly findings: ImportFindingsQueries,
    private readonly receiveImport: ReceiveImportUseCase,
    private readonly setMapping: SetMappingUseCase,
    private readonly decideName: DecideNameUseCase,
    private readonly startCheck: StartCheckUseCase,
    private readonly startCommit: StartCommitUseCase,
    private readonly cancelImport: CancelImportUseCase,
  ) {}

  /** Takes a file in: the body is the file itself, a workbook (.xlsx) or CSV in UTF-8 or GB18030. */
  @Post()
  @HttpCode(201)
  @RequireAction('import.prepare')
  @ApiConsumes(...UPLOAD_ROUTES.flatMap(({ mediaTypes }) => mediaTypes))
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'X-File-Name', required: false, description: 'Percent-encoded UTF-8, at most 200 characters.' })
  receive(
    @Query() { kind }: ReceiveImportQuery,
    @RequestUpload() upload: Upload,
    @RequestIdentity() identity: Identity,
  ): Promise<ReceivedImportResponse> {
    return this.receiveImport.execute(identity, upload, kind);
  }

  /** Imports of the caller's region, the latest first. */
  @Get()
  @RequireAction('import.read')
  imports(@Query() query: ImportsQuery, @RequestCaller() caller: Caller): Promise<ImportsResponse> {
    return this.queries.imports(caller, query);
  }

  /** What can be brought in, and what its columns may mean. */
  @Get('kinds')
  @RequireAction('import.read')
  kinds(): ImportKindsResponse {
    return importKinds();
  }

  /** One import: its sheets, what its columns mean, and how far it is. */
  @Get(':id')
  @RequireAction('import.read')
  import(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<ImportDetailResponse> {
    return this.queries.import(caller, id);
  }

  /** Rows that are not taken, and why. */
  @Get(':id/errors')
  @RequireAction('import.read')
  errors(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<RowErrorsResponse> {
    return this.findings.errors(caller, id, page);
  }

  /** The same, all of them, as a file for whoever mends the sheet. */
  @Get(':id/errors.csv')
  @RequireAction('import.read')
  @ApiProduces('text/csv')
  async errorsAsCsv(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<StreamableFile> {
    const pieces = Readable.from(await this.findings.errorsAsCsv(caller, id), { objectMode: false });
    return new StreamableFile(pieces, {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="import-errors-${id}.csv"`,
    });
  }

  /** Names of the sheet with the items they may mean, those first that wait for somebody. */
  @Get(':id/matches')
  @RequireAction('import.read')
  matches(
    @Param() { id }: IdParam,
    @Query() query: ImportNamesQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ImportNamesResponse> {
    return this.findings.names(caller, id, query);
  }

  /** Says what the columns mean; remembered for the next sheet with the same headings. */
  @Put(':id/mapping')
  @RequireAction('import.prepare')
  map(
    @Param() { id }: IdParam,
    @Body() request: SetMappingRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ImportStateResponse> {
    return this.idempotency.once(identity, (tx) => this.setMapping.execute(tx, identity.caller, id, request));
  }

  /** Says which item a name means; remembered for every sheet of the organisation. */
  @Put(':id/matches/:number')
  @RequireAction('import.prepare')
  decide(
    @Param() { id, number }: ImportNameParam,
    @Body() request: DecideNameRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DecidedNameResponse> {
    const decision = { caller: identity.caller, importId: id, number, request };
    return this.idempotency.once(identity, (tx) => this.decideName.execute(tx, decision));
  }

  /** Reads the whole sheet and says what would be posted; nothing is. */
  @Post(':id/check')
  @HttpCode(200)
  @RequireAction('import.prepare')
  check(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<ImportStateResponse> {
    return this.idempotency.once(identity, (tx) => this.startCheck.execute(tx, identity.caller, id));
  }

  /** Posts what the check found good. */
  @Post(':id/commit')
  @HttpCode(200)
  @RequireAction('import.commit')
  commit(
    @Param() { id }: IdParam,
    @Body() request: CommitImportRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ImportStateResponse> {
    return this.idempotency.once(identity, (tx) => this.startCommit.execute(tx, identity.caller, id, request));
  }

  /** Calls the import off, before anything was posted. */
  @Post(':id/cancellation')
  @HttpCode(200)
  @RequireAction('import.prepare')
  cancel(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<ImportStateResponse> {
    return this.idempotency.once(identity, (tx) => this.cancelImport.execute(tx, identity.caller, id));
  }
}

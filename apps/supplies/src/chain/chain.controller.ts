import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Caller } from '@ledger/contracts';
import { IdParam, RequestCaller, RequireAction } from '@ledger/platform';
import { ChainQueries } from './chain.queries';
import { ChainExportQuery, ChainStateResponse, MovementProofResponse } from './dto/chain.dto';

@Controller('chain')
export class ChainController {
  constructor(private readonly queries: ChainQueries) {}

  /** How far the ledger is sealed, and the hash of the latest block. */
  @Get()
  @RequireAction('chain.read')
  state(): Promise<ChainStateResponse> {
    return this.queries.state();
  }

  /** A movement with the block that seals it, to be checked by the stand-alone verifier. */
  @Get('movements/:id/proof')
  @RequireAction('chain.read')
  proof(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<MovementProofResponse> {
    return this.queries.proof(caller, id);
  }

  /** Blocks with all their movements, a JSON object a line. Put one after the other, the answers are one export. */
  @Get('export')
  @RequireAction('chain.read')
  @Header('content-type', 'application/x-ndjson; charset=utf-8')
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  export(@Query() query: ChainExportQuery, @RequestCaller() caller: Caller): Promise<string> {
    return this.queries.export(caller, query);
  }
}

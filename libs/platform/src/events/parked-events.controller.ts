import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { ParkedEventReplay } from './parked-event-replay';
import { Parking, type ParkedEvent } from './parking';
import { RequireAction } from '../http/policy.decorators';
import { IdParam, PageQuery } from '../http/page-query';
import { RequestCaller } from '../http/request-caller.decorator';

/** Events this service could not handle, newest first. */
export class ParkedEventList {
  items!: ParkedEvent[];
}

@Controller('parked-events')
export class ParkedEventsController {
  constructor(
    private readonly parking: Parking,
    private readonly replay: ParkedEventReplay,
  ) {}

  @Get()
  @RequireAction('parked-event.read')
  async list(@Query() page: PageQuery): Promise<ParkedEventList> {
    return { items: await this.parking.list(page) };
  }

  /** Handles a parked event again; it must be the first open one of its aggregate. */
  @Post(':id/replay')
  @HttpCode(200)
  @RequireAction('parked-event.replay')
  async handleAgain(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<ParkedEventList> {
    await this.replay.run(id, caller.username);
    return { items: [] };
  }
}

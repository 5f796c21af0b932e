import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ParkedEventList } from './dto/parked-event.dto';
import { ParkedEventReplay } from './parked-event-replay';
import { Parking } from './parking';
import { RequireAction } from '../http/policy.decorators';
import { IdParam, PageQuery } from '../http/page-query';
import { RequestIdentity, type Identity } from '../http/request-identity.decorator';

@Controller('parked-events')
export class ParkedEventsController {
  constructor(
    private readonly parking: Parking,
    private readonly replay: ParkedEventReplay,
  ) {}

  /** Events this service could not handle, newest first. */
  @Get()
  @RequireAction('parked-event.read')
  async list(@Query() page: PageQuery): Promise<ParkedEventList> {
    return { items: await this.parking.list(page) };
  }

  /**
   * Handles a parked event again; it must be the first open one of its aggregate.
   * @remarks A repeat of a replay that succeeded is refused with PARKED_EVENT_NOT_FOUND: the handler has a transaction of
   * its own, so no answer is kept with the key. The inbox keeps a second effect away.
   */
  @Post(':id/replay')
  @HttpCode(200)
  @RequireAction('parked-event.replay')
  async handleAgain(@Param() { id }: IdParam, @RequestIdentity() { caller }: Identity): Promise<ParkedEventList> {
    await this.replay.run(id, caller.username);
    return { items: [] };
  }
}

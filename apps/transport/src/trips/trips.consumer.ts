import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { StockIssued, TurnBack, type EventEnvelope } from '@ledger/contracts';
import { Inbox, causeOf } from '@ledger/platform';
import { MarkLoaded } from './mark-loaded';
import { TurnBackTrip } from './turn-back-trip';

/** What keepers and the dispatcher have to tell to trips. */
@Controller()
export class TripsConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly markLoaded: MarkLoaded,
    private readonly turnBackTrip: TurnBackTrip,
  ) {}

  @EventPattern<string>(StockIssued.type)
  async onStockIssued(@Payload() event: EventEnvelope<StockIssued>): Promise<void> {
    await this.inbox.once(event, (tx) => this.markLoaded.execute(tx, event.data, causeOf(event)));
  }

  @EventPattern<string>(TurnBack.type)
  async onTurnBack(@Payload() event: EventEnvelope<TurnBack>): Promise<void> {
    await this.inbox.once(event, (tx) => this.turnBackTrip.execute(tx, event.data, causeOf(event)));
  }
}

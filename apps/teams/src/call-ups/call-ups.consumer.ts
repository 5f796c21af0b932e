import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { CallUp, StandDown, type EventEnvelope } from '@ledger/contracts';
import { Inbox, causeOf } from '@ledger/platform';
import { CallUpTeam } from './call-up-team';
import { StandDownCallUp } from './stand-down-call-up';

/** The dispatcher's commands to teams. */
@Controller()
export class CallUpsConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly callUpTeam: CallUpTeam,
    private readonly standDownCallUp: StandDownCallUp,
  ) {}

  @EventPattern<string>(CallUp.type)
  async onCallUp(@Payload() event: EventEnvelope<CallUp>): Promise<void> {
    await this.inbox.once(event, (tx) => this.callUpTeam.execute(tx, event.data, causeOf(event)));
  }

  @EventPattern<string>(StandDown.type)
  async onStandDown(@Payload() event: EventEnvelope<StandDown>): Promise<void> {
    await this.inbox.once(event, (tx) => this.standDownCallUp.byCommand(tx, event.data, causeOf(event)));
  }
}

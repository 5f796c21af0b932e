import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { CallUp, CallUpRefused, StandDown, type EventEnvelope } from '@ledger/contracts';
import { Inbox, Outbox, type Tx, causeOf } from '@ledger/platform';
import { Rehearsal } from './rehearsal';

@Controller()
export class CallUpsConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly rehearsal: Rehearsal,
  ) {}

  /** Parks what it refuses. */
  @EventPattern<string>(CallUp.type)
  onCallUp(@Payload() event: EventEnvelope<CallUp>): Promise<void> {
    return this.inbox.once(event, (tx) => this.effect(tx, event));
  }

  /** Answers what it refuses. */
  @EventPattern<string>(StandDown.type)
  onStandDown(@Payload() event: EventEnvelope<StandDown>): Promise<void> {
    return this.inbox.once(
      event,
      (tx) => this.effect(tx, event),
      (tx, error) =>
        this.outbox.add(
          tx,
          CallUpRefused,
          { ...CallUpRefused.example, allocationId: event.data.allocationId, code: error.code, reason: error.message },
          causeOf(event),
        ),
    );
  }

  private async effect(tx: Tx, event: EventEnvelope<{ allocationId: string }>): Promise<void> {
    await tx.execute('INSERT INTO effects (event_id, allocation_id, sequence) VALUES ($1, $2, $3)', [
      event.id,
      event.data.allocationId,
      event.sequence,
    ]);
    await this.rehearsal.play(tx);
  }
}

import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { EventHandlers } from './delivery-shell';
import { parseMessage } from './parse-message';
import { Parking } from './parking';

/** Gives a parked event to its handler once more. The inbox keeps a second effect away if it had taken effect. */
@Injectable()
export class ParkedEventReplay {
  private handlers: EventHandlers | undefined;

  constructor(private readonly parking: Parking) {}

  serve(handlers: EventHandlers): void {
    this.handlers = handlers;
  }

  /**
   * @throws DomainError PARKED_EVENT_NOT_FOUND; EVENT_MALFORMED when it still cannot be read; EVENT_BEHIND_PARKED when
   *   an earlier one of its aggregate is parked; whatever the handler throws
   */
  async run(id: string, by: string): Promise<void> {
    const message = await this.parking.message(id);
    const parsed = parseMessage(message);
    if ('refusal' in parsed) throw parsed.refusal;
    if (!this.handlers) throw new DomainError('SERVICE_UNAVAILABLE');
    const { event } = parsed;
    await (this.handlers.handles(event.type) ? this.handlers.handle(event) : this.handlers.pass(event));
    await this.parking.settle(id, 'replayed', by);
  }
}

import { Logger } from '@nestjs/common';
import { BaseRpcContext, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { eventDefinition, type EventEnvelope, type ServiceName, type Topic } from '@ledger/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import type { DeliveryCounters, ParkingPlace } from '../events/delivery-shell';
import { DeliveryShell } from '../events/delivery-shell';
import type { Inbox } from '../events/inbox';
import type { Bus, BusConsumer, ConsumerState } from './bus';

export interface TransportParts {
  readonly service: ServiceName;
  readonly bus: Bus;
  readonly topics: readonly Topic[];
  readonly inbox: Inbox;
  readonly parking: ParkingPlace;
  readonly counters: DeliveryCounters;
}

/**
 * Serves `@EventPattern` handlers from the bus. Unlike the framework's own servers it owns the error path: what a handler
 * throws goes to the delivery shell, never to the bus client.
 */
export class LedgerTransport extends Server implements CustomTransportStrategy {
  protected override readonly logger = new Logger(LedgerTransport.name);
  /** Tells the framework that failures of event handlers come back to us. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly shell: DeliveryShell;
  private consumer: BusConsumer | undefined;

  constructor(private readonly parts: TransportParts) {
    super();
    this.shell = new DeliveryShell(this, parts.parking, parts.counters, this.logger);
  }

  /**
   * Registers nothing on the bus yet: consuming begins with `consume`, after the service is whole.
   * @throws Error for a type with two handlers (the inbox would let only one of them take effect) or of no catalogue
   */
  listen(callback: () => void): void {
    for (const [type, handler] of this.messageHandlers) {
      if (handler.next) throw new Error(`${type} has more than one handler in ${this.parts.service}`);
      const topic = eventDefinition(type)?.topic;
      if (!topic || !this.parts.topics.includes(topic))
        throw new Error(`${type} comes on no topic that is subscribed to`);
    }
    callback();
  }

  async consume(): Promise<void> {
    if (this.parts.topics.length === 0) return;
    this.consumer = await this.parts.bus.subscribe(this.parts.service, this.parts.topics, (message, delivery) =>
      this.shell.deliver(message, delivery),
    );
  }

  consumerState(): ConsumerState | undefined {
    return this.consumer?.state();
  }

  async close(): Promise<void> {
    await this.consumer?.stop();
  }

  handles(type: string): boolean {
    return this.messageHandlers.has(type);
  }

  /** Runs the one handler of the event's type and waits for it; rejects with what the handler threw. */
  async handle(event: EventEnvelope<unknown>): Promise<void> {
    const answer: unknown = await this.messageHandlers.get(event.type)?.(event, new BaseRpcContext([event]));
    if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
  }

  pass(event: EventEnvelope<unknown>): Promise<void> {
    return this.parts.inbox.pass(event);
  }

  on(): never {
    throw new Error('The ledger transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.parts.bus as T;
  }
}

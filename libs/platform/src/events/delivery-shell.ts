import { DomainError, eventDefinition, type EventEnvelope } from '@ledger/contracts';
import type { LoggerService } from '@nestjs/common';
import type { Delivery, HandlerAnswer, IncomingMessage } from '../bus/bus';
import { isTransientFault } from '../database/transient-fault';
import { identityOf, parseMessage } from './parse-message';
import type { ParkedIdentity } from './parking';

/** Runs the handlers of one event; a type without one is passed, which only counts it. */
export interface EventHandlers {
  handles(type: string): boolean;
  handle(event: EventEnvelope<unknown>): Promise<void>;
  pass(event: EventEnvelope<unknown>): Promise<void>;
}

export interface ParkingPlace {
  park(message: IncomingMessage, identity: ParkedIdentity, error: Error): Promise<void>;
}

export interface DeliveryCounters {
  count(outcome: 'handled' | 'retried' | 'paused' | 'parked', type: string): void;
}

const MAX_TRIES = 5;
const FIRST_BACKOFF_MS = 50;
/** A third of the session, so that retries in place never cost the membership of the group. */
const RETRY_BUDGET_MS = 3_000;
const PAUSE_MS = 2_000;
const DONE: HandlerAnswer = { kind: 'done' };

/**
 * Decides what becomes of a message, so that no error reaches the bus client: a transient fault is retried in place and
 * then pauses the partition, a permanent one parks the event and lets the partition go on.
 */
export class DeliveryShell {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly parking: ParkingPlace,
    private readonly counters: DeliveryCounters,
    private readonly logger: LoggerService,
  ) {}

  async deliver(message: IncomingMessage, delivery: Delivery): Promise<HandlerAnswer> {
    const parsed = parseMessage(message);
    if ('refusal' in parsed) return this.parkOrPause(message, parsed.identity, parsed.refusal);
    const { event } = parsed;
    const started = performance.now();
    for (let attempt = 1; ; attempt++) {
      try {
        await (this.handlers.handles(event.type) ? this.handlers.handle(event) : this.handlers.pass(event));
        this.counters.count('handled', event.type);
        return DONE;
      } catch (error) {
        if (!isTransientFault(error)) return this.parkOrPause(message, identityOf(event), asError(error));
        const backoff = FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + Math.random());
        const spent = performance.now() - started + backoff;
        if (attempt === MAX_TRIES || spent > RETRY_BUDGET_MS || delivery.signal.aborted) {
          return this.pause(event.type, error);
        }
        this.counters.count('retried', event.type);
        await delivery.heartbeat();
        await pauseFor(backoff, delivery.signal);
      }
    }
  }

  private async parkOrPause(message: IncomingMessage, identity: ParkedIdentity, error: Error): Promise<HandlerAnswer> {
    const type = knownType(identity);
    try {
      await this.parking.park(message, identity, error);
    } catch (fault) {
      return this.pause(type, fault);
    }
    this.counters.count('parked', type);
    const expected = error instanceof DomainError && error.code !== 'SUPPLIES_LEDGER_CORRUPT';
    this.logger[expected ? 'warn' : 'error'](`parked ${type} of ${message.topic}: ${error.message}`);
    return DONE;
  }

  private pause(type: string, fault: unknown): HandlerAnswer {
    this.counters.count('paused', type);
    this.logger.warn(`paused a partition before ${type}: ${asError(fault).message}`);
    return { kind: 'pause', pauseMs: PAUSE_MS };
  }
}

/** Counters and logs name known types only: a sender must not be able to grow the list of labels. */
const knownType = ({ type }: ParkedIdentity): string => (type && eventDefinition(type) ? type : 'unknown');

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Ends early when the consumer stops. The signal lives as long as the consumer, so nothing is left hanging on it. */
function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

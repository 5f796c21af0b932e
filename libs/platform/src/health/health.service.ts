import { Injectable } from '@nestjs/common';
import type { Bus, ConsumerState } from '../bus/bus';
import type { OutboxRelay } from '../events/outbox-relay';
import type { Parking } from '../events/parking';

export type Readiness = 'ready' | 'degraded' | 'not-ready';

export interface HealthReport {
  readonly status: Readiness;
  readonly database: 'up' | 'down';
  readonly bus: { readonly kind: string; readonly reachable: boolean; readonly consuming: boolean };
  readonly outbox: { readonly unpublished: number; readonly oldestSeconds: number } | null;
  readonly parkedEvents: number | null;
  readonly reasons: readonly string[];
}

interface HealthParts {
  readonly bus: Pick<Bus, 'kind' | 'reachable'>;
  readonly relay: Pick<OutboxRelay, 'state'>;
  readonly parking: Pick<Parking, 'openCount'>;
}

/** Not consuming although the broker answers: after this long the service takes no more work. */
const STALLED_MS = 30_000;
const DATABASE_TIMEOUT_MS = 2_500;

/**
 * Three answers: ready; degraded (the broker is away: local work goes on and the outbox grows); not ready (no database,
 * starting, draining, or not consuming although the broker answers).
 */
@Injectable()
export class HealthService {
  /** The consumer, if there is one, has begun to consume once. */
  private started = false;
  private draining = false;
  private consumerState: (() => ConsumerState | undefined) | undefined;
  /** Since when, by a clock that never jumps, the consumer has not consumed although the broker answers. */
  private stalledSince: number | undefined;

  constructor(private readonly parts: HealthParts) {}

  watch(consumerState: () => ConsumerState | undefined): void {
    this.consumerState = consumerState;
  }

  drain(): void {
    this.draining = true;
  }

  /**
   * Milliseconds for which the reports have found a broker that answers and a consumer that does not consume; 0 while it
   * consumes, has nothing to consume or the broker is away. After an outage it counts from the broker's return.
   */
  stalledMilliseconds(): number {
    return this.stalledSince === undefined ? 0 : performance.now() - this.stalledSince;
  }

  async report(): Promise<HealthReport> {
    const { bus } = this.parts;
    const [database, reachable] = await Promise.all([this.databaseState(), bus.reachable()]);
    const consumer = this.consumerState?.();
    this.started ||= this.consumerState !== undefined && (consumer?.consuming ?? true);
    if (!reachable || !consumer || consumer.consuming) this.stalledSince = undefined;
    else this.stalledSince ??= performance.now();
    const consuming = consumer?.consuming ?? false;
    const blockers = [
      ...(this.started || !reachable ? [] : ['starting']),
      ...(this.draining ? ['draining'] : []),
      ...(database ? [] : ['database unreachable']),
      ...(this.stalledMilliseconds() > STALLED_MS ? ['not consuming'] : []),
    ];
    const reasons = [...blockers, ...(reachable ? [] : ['bus unreachable'])];
    return {
      status: blockers.length > 0 ? 'not-ready' : reachable ? 'ready' : 'degraded',
      database: database ? 'up' : 'down',
      bus: { kind: bus.kind, reachable, consuming },
      outbox: database?.outbox ?? null,
      parkedEvents: database?.parkedEvents ?? null,
      reasons,
    };
  }

  private async databaseState() {
    const asked = Promise.all([this.parts.relay.state(), this.parts.parking.openCount()]);
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, DATABASE_TIMEOUT_MS, undefined).unref());
    const answer = await Promise.race([asked, late]).catch(() => undefined);
    return answer && { outbox: answer[0], parkedEvents: answer[1] };
  }
}

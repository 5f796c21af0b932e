import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { DeliveryCounters } from '../events/delivery-shell';
import type { OutboxRelay } from '../events/outbox-relay';
import type { Parking } from '../events/parking';

/** Prometheus metrics of one service. */
@Injectable()
export class Metrics implements DeliveryCounters {
  private readonly registry = new Registry();
  private readonly deliveries = new Counter({
    name: 'ledger_event_deliveries_total',
    help: 'Events by what became of them',
    labelNames: ['outcome', 'type'],
    registers: [this.registry],
  });

  constructor(relay: OutboxRelay, parking: Parking) {
    collectDefaultMetrics({ register: this.registry });
    this.registry.registerMetric(
      gauge('ledger_outbox_oldest_seconds', 'Age of the oldest event that waits to be published', async () => {
        return (await relay.state()).oldestSeconds;
      }),
    );
    this.registry.registerMetric(
      gauge('ledger_parked_events', 'Events that wait for somebody to replay or discard them', () =>
        parking.openCount(),
      ),
    );
  }

  count(outcome: 'handled' | 'retried' | 'paused' | 'parked', type: string): void {
    this.deliveries.inc({ outcome, type });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

function gauge(name: string, help: string, read: () => Promise<number>): Gauge {
  return new Gauge({
    name,
    help,
    registers: [],
    async collect() {
      this.set(await read().catch(() => Number.NaN));
    },
  });
}

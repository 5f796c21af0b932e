import { randomUUID } from 'node:crypto';
import { Alarm } from '../alarm';
import type { BusConsumer, ConsumerState, MessageHandler } from '../bus';
import type { BusLogger } from '../bus-logger';
import { ConsumingClock } from '../consuming-clock';
import type { Namespace } from '../namespace';
import type { BusDatabase } from './bus-database';
import { GroupLease } from './group-lease';
import { HeldPartitions } from './held-partitions';
import { PartitionWorkers } from './partition-workers';
import type { WakeUp, WakeUpListener } from './wake-up';

const BEAT_MS = 1_000;
const BEAT_AFTER_FAULT_MS = 500;

export interface EmbeddedSubscription {
  readonly group: string;
  readonly topics: readonly string[];
  readonly handler: MessageHandler;
}

export interface ConsumerParts {
  readonly database: BusDatabase;
  readonly wakeUp: WakeUp;
  readonly namespace: Namespace;
  readonly logger: BusLogger;
  readonly subscription: EmbeddedSubscription;
}

/**
 * A member of a consumer group on the embedded bus. A beat every two seconds keeps its membership and its partitions
 * and finds what a lost notification should have told; notifications start work at once.
 */
export class EmbeddedConsumer implements BusConsumer, WakeUpListener {
  private readonly clock = new ConsumingClock();
  private readonly alarm = new Alarm();
  private readonly stopping = new AbortController();
  private readonly partitions = new HeldPartitions();
  private readonly group: string;
  private readonly lease: GroupLease;
  private readonly workers: PartitionWorkers;
  private readonly beating: Promise<void>;
  private stopped: Promise<void> | undefined;

  constructor(private readonly parts: ConsumerParts) {
    const { database, namespace, subscription, wakeUp, logger } = parts;
    this.group = namespace.add(subscription.group);
    const topics = subscription.topics.map((topic) => namespace.add(topic));
    this.lease = new GroupLease(database, { group: this.group, member: randomUUID(), topics });
    this.workers = new PartitionWorkers({
      ...{ database, namespace, logger, lease: this.lease, partitions: this.partitions },
      handler: subscription.handler,
      signal: this.stopping.signal,
      onLeave: () => this.alarm.ring(),
    });
    wakeUp.add(this);
    this.beating = this.beatUntilStopped();
  }

  state(): ConsumerState {
    return this.clock.state(this.workers.pauses.names().map((name) => this.parts.namespace.strip(name)));
  }

  stop(): Promise<void> {
    this.stopped ??= this.finish();
    return this.stopped;
  }

  onMessages(partitionName: string): void {
    const partition = this.partitions.get(partitionName);
    if (!partition) return;
    partition.hasNews = true;
    this.workers.wake(partition);
  }

  onGroup(group: string): void {
    if (group === this.group) this.alarm.ring();
  }

  private async finish(): Promise<void> {
    this.stopping.abort();
    this.alarm.ring();
    await this.beating;
    await this.workers.finish();
    this.parts.wakeUp.remove(this);
    this.clock.set(false);
    await this.lease.leave(this.partitions.all()).catch((error: unknown) => {
      this.parts.logger.warn({ err: error }, 'the bus database was not told that a consumer stopped');
    });
  }

  private async beatUntilStopped(): Promise<void> {
    let isPrepared = false;
    while (!this.stopping.signal.aborted) {
      try {
        if (!isPrepared) await this.lease.prepare();
        isPrepared = true;
        await this.beat();
        this.report(true);
        await this.alarm.wait(BEAT_MS);
      } catch (error) {
        this.report(false, error);
        await this.alarm.wait(BEAT_AFTER_FAULT_MS);
      }
    }
  }

  private async beat(): Promise<void> {
    const askedAt = performance.now();
    const { owned, shares } = await this.lease.beat(this.partitions.alive(), this.partitions.busy());
    this.partitions.update(owned, askedAt);
    this.partitions.markSurplus(shares);
    const leaving = this.partitions.all().filter((partition) => partition.isLeaving && !partition.isWorking);
    if (leaving.length > 0) {
      await this.lease.release(leaving);
      for (const partition of leaving) this.partitions.lose(partition);
    }
    for (const partition of this.partitions.all()) this.workers.wake(partition);
  }

  /** Says once that consuming has begun or stopped, not at every beat. */
  private report(consuming: boolean, error?: unknown): void {
    if (this.clock.state([]).consuming === consuming) return;
    this.clock.set(consuming);
    const { logger } = this.parts;
    if (consuming) logger.info({ group: this.group }, 'consuming');
    else logger.warn({ group: this.group, err: error }, 'not consuming: the bus database does not answer');
  }
}

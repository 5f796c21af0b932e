import type { MessageHandler } from '../bus';
import type { BusLogger } from '../bus-logger';
import { callHandler } from '../call-handler';
import type { Namespace } from '../namespace';
import { PartitionPauses } from '../partition-pauses';
import type { BusDatabase } from './bus-database';
import type { GroupLease } from './group-lease';
import type { HeldPartition } from './held-partition';
import type { HeldPartitions } from './held-partitions';
import { read } from './message-log';

const PARTITIONS_AT_ONCE = 4;

export interface WorkerParts {
  readonly database: BusDatabase;
  readonly lease: GroupLease;
  readonly partitions: HeldPartitions;
  readonly handler: MessageHandler;
  readonly namespace: Namespace;
  readonly logger: BusLogger;
  readonly signal: AbortSignal;
  /** Called when a partition that is to be given back has no handler at work on it any more. */
  readonly onLeave: () => void;
}

/** Handles the messages of the held partitions: four partitions at the same time, each strictly in order. */
export class PartitionWorkers {
  readonly pauses = new PartitionPauses();
  private readonly queue = new Set<HeldPartition>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly parts: WorkerParts) {}

  /** Lets a partition be worked on as soon as there is something to do and room to do it. */
  wake(partition: HeldPartition): void {
    if (!partition.hasNews || !partition.mayGoOn || partition.isWorking || this.pauses.has(partition.name)) return;
    this.queue.add(partition);
    this.startMore();
  }

  /** Resolves when the messages in hand are finished; the signal keeps new ones from being started. */
  async finish(): Promise<void> {
    await Promise.all(this.running);
    this.pauses.clear();
  }

  private startMore(): void {
    for (const partition of this.queue) {
      if (this.parts.partitions.countWorking() >= PARTITIONS_AT_ONCE || this.parts.signal.aborted) return;
      this.queue.delete(partition);
      partition.isWorking = true;
      const run = this.work(partition).finally(() => this.running.delete(run));
      this.running.add(run);
    }
  }

  /** Works off some messages, then goes to the end of the queue. After a fault the next beat wakes the partition. */
  private async work(partition: HeldPartition): Promise<void> {
    let isFaulty = false;
    try {
      partition.hasNews = false;
      await this.handleSome(partition);
    } catch (error) {
      isFaulty = true;
      partition.hasNews = true;
      this.parts.logger.debug({ err: error, partition: partition.name }, 'the bus database failed; trying again');
    }
    this.parts.partitions.finish(partition);
    if (partition.isLeaving) this.parts.onLeave();
    else if (!isFaulty) this.wake(partition);
    this.startMore();
  }

  private async handleSome(partition: HeldPartition): Promise<void> {
    const { database, lease, partitions, handler, logger, signal } = this.parts;
    const messages = await read(database, partition, partition.position);
    partition.hasNews ||= messages.length > 0;
    const topic = this.parts.namespace.strip(partition.topic);
    const delivery = { signal, heartbeat: () => Promise.resolve(partition.showLife()) };
    for (const message of messages) {
      if (!partition.mayGoOn || signal.aborted) return;
      partition.showLife();
      const answer = await callHandler(handler, { ...message, topic }, delivery, logger);
      if (answer.kind === 'pause') {
        this.pauses.pause(partition.name, answer.pauseMs, () => this.wake(partition));
        return;
      }
      const next = BigInt(message.offset) + 1n;
      if (!(await lease.commit(partition.ownership, next))) return partitions.lose(partition);
      partition.position = next;
    }
  }
}

import { LEASE_MS, type OwnedPartition } from './group-lease';
import { nameOf, type Place } from './message-log';

/** A partition that this consumer holds, from its claim to its loss or release. */
export class HeldPartition implements Place {
  readonly topic: string;
  readonly partition: number;
  readonly name: string;
  /** Offset of the next message to handle. */
  position: bigint;
  /** There may be messages at `position`. */
  hasNews: boolean;
  isWorking = false;
  /** To be given back as soon as the message in hand is finished. */
  isLeaving = false;
  /** Somebody else owns it. */
  isLost = false;
  private leaseEnd = 0;
  private lastSign = performance.now();

  constructor(readonly ownership: OwnedPartition) {
    this.topic = ownership.topic;
    this.partition = ownership.partition;
    this.name = nameOf(ownership);
    this.position = ownership.committed;
    this.hasNews = ownership.head > ownership.committed;
  }

  /** Whether the next message may be handled: the partition is ours, by our own clock too, and nobody waits for it. */
  get mayGoOn(): boolean {
    return !this.isLost && !this.isLeaving && performance.now() < this.leaseEnd;
  }

  /** A handler that hangs must not hold a partition for ever: without a sign its lease is not renewed. */
  get showsLife(): boolean {
    return !this.isWorking || performance.now() - this.lastSign < LEASE_MS;
  }

  /** The lease was renewed by a question that was asked at `askedAt` (of `performance.now`). */
  renewed(askedAt: number): void {
    if (this.showsLife) this.leaseEnd = askedAt + LEASE_MS;
  }

  showLife(): void {
    this.lastSign = performance.now();
  }
}

import type { OwnedPartition } from './group-lease';
import { HeldPartition } from './held-partition';
import { nameOf } from './message-log';

/** All partitions that a consumer holds, kept in step with what the database says after every beat. */
export class HeldPartitions {
  private readonly held = new Map<string, HeldPartition>();
  /** Lost while a handler was at work on them; they count as busy until it is done. */
  private readonly lost = new Set<HeldPartition>();

  get(name: string): HeldPartition | undefined {
    return this.held.get(name);
  }

  all(): HeldPartition[] {
    return [...this.held.values()];
  }

  alive(): HeldPartition[] {
    return this.all().filter((partition) => partition.showsLife);
  }

  /** Lost ones that are not to be claimed again before their handlers are done. */
  busy(): HeldPartition[] {
    return [...this.lost];
  }

  countWorking(): number {
    return [...this.all(), ...this.lost].filter((partition) => partition.isWorking).length;
  }

  /**
   * Takes over what the database says: new partitions come, renewed ones stay, others are lost.
   * @param askedAt  `performance.now` when the database was asked
   */
  update(owned: readonly OwnedPartition[], askedAt: number): void {
    const fencing = new Map(owned.map((ownership) => [nameOf(ownership), ownership.fencing]));
    for (const partition of this.all()) {
      if (fencing.get(partition.name) !== partition.ownership.fencing) this.lose(partition);
    }
    for (const ownership of owned) this.hold(ownership, askedAt);
  }

  /** Marks what is held above a share; the most recently gained partitions go first. */
  markSurplus(shares: ReadonlyMap<string, number>): void {
    for (const [topic, share] of shares) {
      const surplus = this.all()
        .filter((partition) => partition.topic === topic)
        .slice(share);
      for (const partition of surplus) partition.isLeaving = true;
    }
  }

  lose(partition: HeldPartition): void {
    partition.isLost = true;
    this.held.delete(partition.name);
    if (partition.isWorking) this.lost.add(partition);
  }

  /** The handler at work on it is done. */
  finish(partition: HeldPartition): void {
    partition.isWorking = false;
    this.lost.delete(partition);
  }

  private hold(ownership: OwnedPartition, askedAt: number): void {
    let partition = this.held.get(nameOf(ownership));
    if (!partition) {
      partition = new HeldPartition(ownership);
      this.held.set(partition.name, partition);
    }
    partition.renewed(askedAt);
    partition.hasNews ||= ownership.head > partition.position;
  }
}

import type { Bus } from '../../src/bus/bus';

/** A record as somebody else might put it on a topic: nothing of it passes through our own publisher's checks. */
export interface ForeignRecord {
  readonly key: string | null;
  readonly value: Buffer | null;
}

/** One bus adapter with its broker, as the contract suite uses it. */
export interface BusHarness {
  /** A bus as one process opens it; the namespace keeps tests apart. The suite stops it. */
  open(namespace: string): Bus;
  /** Puts a record onto the topic of a namespace, past our publisher. */
  inject(topic: string, record: ForeignRecord): Promise<void>;
  /** Kills the broker as a power cut would. */
  takeAway(): Promise<void>;
  /** Brings the broker back with its data, on the same address. */
  bringBack(): Promise<void>;
  close(): Promise<void>;
}

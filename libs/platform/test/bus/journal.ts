import type { Delivery, HandlerAnswer, IncomingMessage, MessageHandler } from '../../src/bus/bus';

export interface Entry {
  readonly consumer: string;
  readonly key: string | null;
  readonly partition: number;
  readonly text: string;
}

type Decide = (entry: Entry, delivery: Delivery) => HandlerAnswer | Promise<HandlerAnswer>;

const DONE: HandlerAnswer = { kind: 'done' };

/** What all consumers of one test were given, in the order in which they were given it. */
export class Journal {
  readonly entries: Entry[] = [];
  readonly messages: IncomingMessage[] = [];
  /** The largest number of handlers that ever worked on one partition at the same time. */
  mostAtOnce = 0;
  private readonly working = new Map<string, number>();

  /** A handler that writes down what it is given and then decides. */
  handler(consumer: string, decide: Decide = () => DONE): MessageHandler {
    return async (message, delivery) => {
      const place = `${message.topic}/${message.partition}`;
      this.changeWorking(place, 1);
      try {
        const { key, partition, value } = message;
        const entry = { consumer, key, partition, text: value?.toString() ?? '' };
        this.entries.push(entry);
        this.messages.push(message);
        return await decide(entry, delivery);
      } finally {
        this.changeWorking(place, -1);
      }
    };
  }

  texts(filter: Partial<Entry> = {}): string[] {
    const wanted = Object.entries(filter) as [keyof Entry, unknown][];
    return this.entries.filter((entry) => wanted.every(([name, value]) => entry[name] === value)).map((e) => e.text);
  }

  partitionsOf(consumer: string): Set<number> {
    return new Set(this.entries.filter((entry) => entry.consumer === consumer).map((entry) => entry.partition));
  }

  private changeWorking(place: string, by: number): void {
    const now = (this.working.get(place) ?? 0) + by;
    this.working.set(place, now);
    this.mostAtOnce = Math.max(this.mostAtOnce, now);
  }
}

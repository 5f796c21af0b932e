import type { z } from 'zod';
import type { Topic } from '../topics';

/**
 * One kind of event or command: its name, where it travels, what keeps its order and what it carries.
 * A new optional field keeps the version; any other change is a `v2` beside this one.
 */
export interface EventDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly type: string;
  readonly topic: Topic;
  /** One sentence for the event documents. */
  readonly summary: string;
  readonly schema: Schema;
  /** The aggregate whose events keep their order: its id is the partition key. */
  readonly keyOf: (data: z.output<Schema>) => string;
  /** A recorded example; producers' and consumers' tests read it from `libs/contracts/fixtures`. */
  readonly example: z.input<Schema>;
}

export type EventData<Definition> = Definition extends EventDefinition<infer Schema> ? z.output<Schema> : never;

export function defineEvent<Schema extends z.ZodType>(definition: EventDefinition<Schema>): EventDefinition<Schema> {
  return definition;
}

import { z } from 'zod';
import { TOPICS, envelopeSchema, type EventDefinition, type ServiceName, type Topic } from '@ledger/contracts';
import { asJson, type JsonObject } from './stable-json';

const PRODUCERS: Readonly<Record<Topic, ServiceName>> = {
  [TOPICS.suppliesEvents]: 'supplies',
  [TOPICS.teamsEvents]: 'teams',
  [TOPICS.transportEvents]: 'transport',
  [TOPICS.dispatchCommands]: 'gateway',
  [TOPICS.dispatchEvents]: 'gateway',
};

/** The one service that writes a topic. */
export const producerOf = (topic: Topic): ServiceName => PRODUCERS[topic];

/** These formats say what zod's long patterns say; the envelope's text adds that times end in `Z`. */
const NAMED_FORMATS = new Set(['uuid', 'date', 'date-time']);

/**
 * The JSON Schema (draft 7) of a whole message: the envelope with the type, source and data of one definition.
 * Fields that a reader does not know are allowed, because a new optional field keeps the version of an event.
 */
export function eventSchema(definition: EventDefinition): JsonObject {
  const message = envelopeSchema.extend({
    type: z.literal(definition.type),
    source: z.literal(`/${producerOf(definition.topic)}`),
    data: definition.schema,
  });
  const schema = z.toJSONSchema(message, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (NAMED_FORMATS.has(jsonSchema.format ?? '')) delete jsonSchema.pattern;
    },
  });
  return {
    ...asJson(schema),
    $id: `urn:emergency-ledger:event:${definition.type}`,
    title: definition.type,
    description: `${definition.summary} Topic ${definition.topic}. Times are UTC and end in Z.`,
  };
}

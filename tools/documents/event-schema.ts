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

/** JSON Schema (draft 7). Fields that a reader does not know are allowed: a new optional field keeps the version. */
function jsonSchema(schema: z.ZodType): JsonObject {
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema: part }) => {
      if (NAMED_FORMATS.has(part.format ?? '')) delete part.pattern;
    },
  });
  return asJson(made);
}

/** What the envelope of every message has in common. */
export const envelopeSchemaDocument = (): JsonObject => withoutDialect(jsonSchema(envelopeSchema));

/** What one kind of message adds to the envelope: its fixed type and source, and the form of its data. */
export function messageSchemaDocument(definition: EventDefinition): JsonObject {
  return withoutDialect(jsonSchema(z.object(ownParts(definition))));
}

/** The schema of a whole message of one kind, complete in itself. */
export function eventSchema(definition: EventDefinition): JsonObject {
  return {
    ...jsonSchema(envelopeSchema.extend(ownParts(definition))),
    $id: `urn:emergency-ledger:event:${definition.type}`,
    title: definition.type,
    description: `${definition.summary} Topic ${definition.topic}. Times are UTC and end in Z.`,
  };
}

const ownParts = (definition: EventDefinition) => ({
  type: z.literal(definition.type),
  source: z.literal(`/${producerOf(definition.topic)}`),
  data: definition.schema,
});

/** For schemas inside a document that names the dialect of all of them itself. */
function withoutDialect({ $schema: _dialect, ...schema }: JsonObject): JsonObject {
  return schema;
}

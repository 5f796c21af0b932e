import { EVENT_CONTENT_TYPE, SERVICES, type EventDefinition, type ServiceName, type Topic } from '@ledger/contracts';
import { envelopeSchemaDocument, messageSchemaDocument, producerOf } from './event-schema';
import { recordedEvent } from './recorded-event';
import type { JsonObject } from './stable-json';

/** The event and command types that each service has a handler for. */
export type Subscriptions = Readonly<Record<ServiceName, readonly string[]>>;

const CHANNEL_DESCRIPTIONS: Readonly<Record<Topic, string>> = {
  'supplies.events.v1': 'What happened to goods: catalogue, depots, movements, promises, issues, deliveries, returns.',
  'teams.events.v1': 'What happened to teams and their call-ups.',
  'transport.events.v1': 'What happened to vehicles, assignments and trips.',
  'dispatch.commands.v1': 'What the gateway asks the other services to do for an allocation.',
  'dispatch.events.v1': 'Incidents and the phases of allocations.',
};

/**
 * The AsyncAPI 3.0 document of all topics: a channel per topic, a message per definition, and per service one `send`
 * operation for each topic it writes and one `receive` operation for each topic it has handlers on.
 */
export function asyncApiDocument(catalogue: readonly EventDefinition[], subscriptions: Subscriptions): JsonObject {
  const topics = [...new Set(catalogue.map((definition) => definition.topic))];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Emergency resources ledger: events and commands',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 in structured JSON over Apache Kafka or the embedded bus. Delivery is at least once and in order ' +
        'per partition key. Every message is written to an outbox in the transaction it reports and taken through an inbox. ' +
        'Times are UTC and end in Z.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: EVENT_CONTENT_TYPE,
    channels: Object.fromEntries(topics.map((topic) => [topic, channel(topic, definitionsOn(catalogue, topic))])),
    operations: Object.fromEntries(topics.flatMap((topic) => operationsOn(topic, catalogue, subscriptions))),
    components: {
      messages: Object.fromEntries(catalogue.map((definition) => [definition.type, message(definition)])),
      schemas: { Envelope: envelopeSchemaDocument() },
    },
  };
}

const definitionsOn = (catalogue: readonly EventDefinition[], topic: Topic): EventDefinition[] =>
  catalogue.filter((definition) => definition.topic === topic);

function channel(topic: Topic, definitions: readonly EventDefinition[]): JsonObject {
  return {
    address: topic,
    title: topic,
    description: CHANNEL_DESCRIPTIONS[topic],
    messages: Object.fromEntries(
      definitions.map(({ type }) => [type, { $ref: `#/components/messages/${pointerPart(type)}` }]),
    ),
  };
}

function operationsOn(
  topic: Topic,
  catalogue: readonly EventDefinition[],
  subscriptions: Subscriptions,
): [string, JsonObject][] {
  const types = definitionsOn(catalogue, topic).map((definition) => definition.type);
  const producer = producerOf(topic);
  const receivers = SERVICES.map((service) => ({
    service,
    types: types.filter((type) => subscriptions[service].includes(type)),
  })).filter((receiver) => receiver.types.length > 0);
  return [
    [`${producer}.send.${topic}`, operation('send', producer, topic, types)],
    ...receivers.map((receiver): [string, JsonObject] => [
      `${receiver.service}.receive.${topic}`,
      operation('receive', receiver.service, topic, receiver.types),
    ]),
  ];
}

function operation(
  action: 'send' | 'receive',
  service: ServiceName,
  topic: Topic,
  types: readonly string[],
): JsonObject {
  const onChannel = `#/channels/${pointerPart(topic)}`;
  return {
    action,
    title: `${service} ${action === 'send' ? 'writes' : 'reads'} ${topic}`,
    channel: { $ref: onChannel },
    messages: types.map((type) => ({ $ref: `${onChannel}/messages/${pointerPart(type)}` })),
    tags: [{ name: service }],
  };
}

function message(definition: EventDefinition): JsonObject {
  return {
    name: definition.type,
    title: definition.type,
    summary: definition.summary,
    contentType: EVENT_CONTENT_TYPE,
    payload: { allOf: [{ $ref: '#/components/schemas/Envelope' }, messageSchemaDocument(definition)] },
    examples: [{ name: 'recorded', payload: recordedEvent(definition) }],
  };
}

const pointerPart = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');

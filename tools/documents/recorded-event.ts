import type { EventDefinition } from '@ledger/contracts';
import { stableId } from '../seeds/stable-id';
import { producerOf } from './event-schema';
import { asJson, type JsonObject } from './stable-json';

const RECORDED_AT = '2026-07-01T00:00:00.000Z';

/**
 * A whole message with the example of one definition, as the bus would carry it. Ids are made by name, so the recording
 * is the same in every run.
 */
export function recordedEvent(definition: EventDefinition): JsonObject {
  const data = asJson(definition.example as object);
  const key = definition.keyOf(definition.schema.parse(data));
  return {
    specversion: '1.0',
    id: stableId('event', definition.type),
    source: `/${producerOf(definition.topic)}`,
    type: definition.type,
    time: RECORDED_AT,
    datacontenttype: 'application/json',
    subject: key,
    partitionkey: key,
    sequence: 1,
    correlationid: correlationOf(data) ?? key,
    causationid: stableId('cause', definition.type),
    realm: 'real',
    data,
  };
}

/** The allocation or incident that the example belongs to, when it names one. */
function correlationOf(data: JsonObject): string | undefined {
  const id = data.allocationId ?? data.incidentId;
  return typeof id === 'string' ? id : undefined;
}

import { EVENT_CATALOGUE, SERVICES, type ServiceName } from '@ledger/contracts';
import { asyncApiDocument, type Subscriptions } from './asyncapi';
import { eventSchema } from './event-schema';
import { mergeDocuments } from './merge-openapi';
import { recordedEvent } from './recorded-event';
import type { DescribedService } from './service-document';
import { asJson, toStableText } from './stable-json';

/** The text of every generated file by its path below the project folder, with `/` between its parts. */
export type DocumentSet = ReadonlyMap<string, string>;

/** Folders that hold nothing but generated files: what is in them and not in the set is left over. */
export const GENERATED_FOLDERS = ['docs/openapi', 'docs/events', 'libs/contracts/fixtures'] as const;

const MERGED_INFO = {
  title: 'Emergency resources ledger',
  version: '1',
  description:
    'All routes of all services as they are reached through the gateway. Sign in at `POST /api/v1/auth/token`. ' +
    'Faults are RFC 9457 problem documents with stable codes.',
} as const;

/** Schemas and recordings of all events: they depend on the contracts alone. */
export function eventDocuments(): DocumentSet {
  return new Map(
    EVENT_CATALOGUE.flatMap((definition) => [
      [`docs/events/${definition.type}.schema.json`, toStableText(eventSchema(definition))],
      [`libs/contracts/fixtures/${definition.type}.json`, toStableText(recordedEvent(definition))],
    ]),
  );
}

/** OpenAPI per service and merged, and AsyncAPI over all. */
export function serviceDocuments(described: Readonly<Record<ServiceName, DescribedService>>): DocumentSet {
  const subscriptions = Object.fromEntries(
    SERVICES.map((service) => [service, described[service].handledTypes]),
  ) as unknown as Subscriptions;
  const merged = mergeDocuments(
    MERGED_INFO,
    SERVICES.map((service) => ({ service, document: described[service].openApi })),
  );
  return new Map([
    ...SERVICES.map((service): [string, string] => [
      `docs/openapi/${service}.json`,
      toStableText(asJson(described[service].openApi)),
    ]),
    ['docs/openapi/merged.json', toStableText(asJson(merged))],
    ['docs/asyncapi.json', toStableText(asyncApiDocument(EVENT_CATALOGUE, subscriptions))],
  ]);
}

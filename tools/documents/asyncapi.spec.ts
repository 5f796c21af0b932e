import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_CATALOGUE, SERVICES, TOPICS } from '@ledger/contracts';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { asyncApiDocument, type Subscriptions } from './asyncapi';
import { referencesOf, resolveReference } from './references';
import type { JsonObject } from './stable-json';

const subscriptions: Subscriptions = {
  gateway: ['supplies.stock-reserved.v1', 'teams.team-accepted.v1'],
  supplies: ['supplies.reserve-stock.v1'],
  teams: ['teams.call-up.v1'],
  transport: ['transport.assign-vehicles.v1'],
};

const committed = JSON.parse(readFileSync(join(__dirname, '..', '..', 'docs', 'asyncapi.json'), 'utf8')) as JsonObject;

interface Operation {
  readonly action: 'send' | 'receive';
  readonly channel: { readonly $ref: string };
  readonly messages: readonly { readonly $ref: string }[];
  readonly tags: readonly { readonly name: string }[];
}
interface Components {
  readonly messages: Record<string, { payload: JsonObject; examples: { payload: JsonObject }[] }>;
  readonly schemas: JsonObject;
}
const operationsOf = (document: JsonObject): Record<string, Operation> =>
  document.operations as unknown as Record<string, Operation>;

describe.each([
  ['made from a list of handlers', asyncApiDocument(EVENT_CATALOGUE, subscriptions)],
  ['committed', committed],
])('the AsyncAPI document %s', (_name, document) => {
  it('describes every topic and every message once', () => {
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.keys(document.channels as object).sort()).toEqual(Object.values(TOPICS).sort());
    const { messages } = document.components as { messages: JsonObject };
    expect(Object.keys(messages).sort()).toEqual(EVENT_CATALOGUE.map(({ type }) => type).sort());
  });

  it('refers to nothing that it does not hold', () => {
    const missing = referencesOf(document).filter((reference) => resolveReference(document, reference) === undefined);
    expect(missing).toEqual([]);
  });

  it('lets an operation name only messages of its own channel', () => {
    for (const [name, operation] of Object.entries(operationsOf(document))) {
      const foreign = operation.messages.filter(({ $ref }) => !$ref.startsWith(`${operation.channel.$ref}/messages/`));
      expect([name, foreign]).toEqual([name, []]);
      expect(operation.messages.length).toBeGreaterThan(0);
    }
  });

  it('accepts the recordings that it gives as examples', () => {
    const { messages, schemas } = document.components as unknown as Components;
    const ajv = addFormats(new Ajv({ strict: true })).addVocabulary(['components']);
    for (const [type, { payload, examples }] of Object.entries(messages)) {
      const validate = ajv.compile({ ...payload, components: { schemas } });
      const [example] = examples;
      expect([type, validate(example.payload)]).toEqual([type, true]);
      expect([type, validate({ ...example.payload, type: 'other.kind.v1' })]).toEqual([type, false]);
    }
  });

  it('names one writer for each topic', () => {
    const writers = Object.values(operationsOf(document)).filter(({ action }) => action === 'send');
    expect(writers.map(({ channel }) => channel.$ref.split('/').at(-1)).sort()).toEqual(Object.values(TOPICS).sort());
    expect(writers.every(({ tags }) => SERVICES.some((service) => service === tags[0].name))).toBe(true);
  });
});

it('lists as received exactly what has a handler', () => {
  const operations = operationsOf(asyncApiDocument(EVENT_CATALOGUE, subscriptions));
  const received = Object.entries(operations)
    .filter(([, { action }]) => action === 'receive')
    .map(([name, { messages }]) => [name, messages.map(({ $ref }) => $ref.split('/').at(-1))]);
  expect(Object.fromEntries(received)).toEqual({
    'gateway.receive.supplies.events.v1': ['supplies.stock-reserved.v1'],
    'gateway.receive.teams.events.v1': ['teams.team-accepted.v1'],
    'supplies.receive.dispatch.commands.v1': ['supplies.reserve-stock.v1'],
    'teams.receive.dispatch.commands.v1': ['teams.call-up.v1'],
    'transport.receive.dispatch.commands.v1': ['transport.assign-vehicles.v1'],
  });
});

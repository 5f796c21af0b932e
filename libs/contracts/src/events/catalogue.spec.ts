import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES, TOPICS } from '../topics';
import { EVENT_CATALOGUE, eventDefinition } from './catalogue';
import { envelopeSchema } from './envelope';

const definitions = EVENT_CATALOGUE.map((definition) => [definition.type, definition] as const);
const TOPIC_OF_EVENTS: Readonly<Record<string, string>> = {
  supplies: TOPICS.suppliesEvents,
  teams: TOPICS.teamsEvents,
  transport: TOPICS.transportEvents,
  dispatch: TOPICS.dispatchEvents,
};

/** The files below a folder of this library that define an event or command. */
const filesBelow = (folder: string): string[] =>
  readdirSync(join(__dirname, '..', folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.v\d+\.ts$/.test(name),
  );

describe('the catalogue', () => {
  it('has every definition once, and every file that defines one', () => {
    const types = definitions.map(([type]) => type);
    expect(new Set(types).size).toBe(types.length);
    const inFiles = [...filesBelow('events'), ...filesBelow('commands')].map((file) =>
      file.replace('/', '.').replace(/\.ts$/, ''),
    );
    expect([...types].sort()).toEqual(inFiles.sort());
  });

  it('finds a definition by its type, and nothing under any other name', () => {
    for (const [type, definition] of definitions) expect(eventDefinition(type)).toBe(definition);
    expect(['', 'constructor', '__proto__', 'teams.call-up.v2'].map(eventDefinition)).toEqual(Array(4).fill(undefined));
  });
});

describe.each(definitions)('%s', (type, definition) => {
  const isCommand = definition.topic === TOPICS.dispatchCommands;
  const [owner] = type.split('.');

  it('travels on the topic of the one who says it', () => {
    expect(type).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/);
    if (isCommand) expect(SERVICES).toContain(owner);
    else expect(definition.topic).toBe(TOPIC_OF_EVENTS[owner]);
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
  });

  it('has an example that passes its own check unchanged, and is kept as a fixture', () => {
    expect(definition.schema.parse(definition.example)).toEqual(definition.example);
    const fixture = join(__dirname, '../../fixtures', `${type}.json`);
    const recorded: unknown = JSON.parse(readFileSync(fixture, 'utf8'));
    expect(envelopeSchema.parse(recorded)).toMatchObject({ type, data: definition.example });
  });

  it('is kept in the order of an aggregate that its data name', () => {
    const data = definition.schema.parse(definition.example) as Record<string, unknown>;
    const key = definition.keyOf(data);
    expect(key).toBeTruthy();
    expect(Object.values(data)).toContain(key);
  });

  it.each([undefined, null, 'text', 7, [], {}])('refuses %p in place of its data', (data) => {
    expect(definition.schema.safeParse(data).success).toBe(false);
  });
});

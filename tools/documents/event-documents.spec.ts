import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_CATALOGUE, envelopeSchema, eventDefinition, type EventDefinition } from '@ledger/contracts';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { eventDocuments } from './document-set';
import { compareDocuments } from './write-documents';

const ROOT = join(__dirname, '..', '..');
const committed = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<string, unknown>;

/** Reads the schema as any outsider would: strictly, and from the committed file. */
function validatorOf({ type }: EventDefinition) {
  const ajv = addFormats(new Ajv({ strict: true, allErrors: true }));
  return ajv.compile(committed(`docs/events/${type}.schema.json`));
}

describe('documents of events', () => {
  it('are committed as the code makes them', () => {
    const documents = eventDocuments();
    const { changed } = compareDocuments(ROOT, documents);
    expect(changed).toEqual([]);
    expect(documents.size).toBe(2 * EVENT_CATALOGUE.length);
  });

  describe.each(EVENT_CATALOGUE.map((definition) => [definition.type, definition] as const))(
    '%s',
    (type, definition) => {
      const fixture = committed(`libs/contracts/fixtures/${type}.json`);
      const validate = validatorOf(definition);

      it('has a recording that its schema and the runtime check both accept', () => {
        expect(validate(fixture) || validate.errors).toBe(true);
        const envelope = envelopeSchema.parse(fixture);
        expect(eventDefinition(envelope.type)?.schema.parse(envelope.data)).toEqual(definition.example);
        expect(envelope.partitionkey).toBe(definition.keyOf(definition.schema.parse(definition.example)));
      });

      it.each(['data', 'type', 'sequence', 'partitionkey', 'realm'])('needs %s', (field) => {
        const { [field]: _dropped, ...rest } = fixture;
        expect(validate(rest)).toBe(false);
        expect(envelopeSchema.extend({ data: definition.schema }).safeParse(rest).success).toBe(false);
      });

      it('refuses data that lack any field, and lets a reader meet a field it does not know', () => {
        const data = fixture.data as Record<string, unknown>;
        for (const field of Object.keys(data)) {
          const { [field]: _dropped, ...rest } = data;
          expect([field, validate({ ...fixture, data: rest })]).toEqual([field, false]);
        }
        expect(validate({ ...fixture, data: { ...data, addedLater: true } })).toBe(true);
      });
    },
  );
});

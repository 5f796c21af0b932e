import { sayWholeNumbers } from './whole-numbers';

describe('sayWholeNumbers', () => {
  it('writes integer for counts in properties, lists and parameters', () => {
    const document = {
      parameters: [{ in: 'query', name: 'limit', schema: { type: 'number', maximum: 200 } }],
      properties: { quantityBase: { type: 'number' }, sizes: { type: 'array', items: { type: 'number' } } },
    };
    expect(sayWholeNumbers(document)).toEqual({
      parameters: [{ in: 'query', name: 'limit', schema: { type: 'integer', maximum: 200 } }],
      properties: { quantityBase: { type: 'integer' }, sizes: { type: 'array', items: { type: 'integer' } } },
    });
  });

  it('leaves degrees and everything that is no number as they are', () => {
    const document = {
      parameters: [{ in: 'query', name: 'latitude', schema: { type: 'number' } }],
      properties: { longitude: { type: 'number' }, siteLatitude: { type: 'number' }, name: { type: 'string' } },
    };
    expect(sayWholeNumbers(document)).toEqual(document);
  });
});

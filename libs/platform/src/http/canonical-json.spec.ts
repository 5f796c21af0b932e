import fc from 'fast-check';
import { canonicalJson } from './canonical-json';

/** The same content with its keys in another order, at every depth. */
function turnedRound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedRound);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turnedRound(part)]),
  );
}

it('is the same for the same content, in whatever order its keys come', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(turnedRound(value))).toBe(canonicalJson(value));
    }),
  );
});

it('keeps everything: what is read back is the content', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('tells apart what differs in order, type or presence', () => {
  const texts = [[1, 2], [2, 1], { a: 1 }, { a: '1' }, { a: null }, {}, null, '', 'null'].map(canonicalJson);
  expect(new Set(texts).size).toBe(texts.length);
});

it('takes a request without a body for null', () => {
  expect(canonicalJson(undefined)).toBe('null');
});

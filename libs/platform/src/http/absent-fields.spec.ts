import { Readable } from 'node:stream';
import { withoutNulls } from './absent-fields';

it('a field that is null is not there, however deep it stands', () => {
  expect(withoutNulls({ a: null, b: { c: null, d: 1 }, e: [{ f: null }] })).toEqual({ b: { d: 1 }, e: [{}] });
});

it.each([[null], [undefined], [1], ['text'], [false], [[null, 1]], [{ a: false, b: 0, c: '' }]])(
  '%p stays as it is',
  (body) => {
    expect(withoutNulls(body)).toEqual(body);
  },
);

it('a file on its way in is not touched', () => {
  const stream = Readable.from(['x']);
  expect(withoutNulls(stream)).toBe(stream);
});

import { Readable } from 'node:stream';
import fc from 'fast-check';
import { DomainError } from '@ledger/contracts';
import { refuseUnstorable } from './storable-body';

/** The pointer of the fault, or undefined when the body passes. */
function faultOf(body: unknown, url = '/'): string | undefined {
  try {
    refuseUnstorable({ url, body, headers: {} });
    return undefined;
  } catch (error) {
    return (error as DomainError).details.errors?.[0].pointer;
  }
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

it('lets every JSON of a usual depth pass', () => {
  const parts = fc.jsonValue({ maxDepth: 10 }).filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)));
  fc.assert(fc.property(parts, (value) => expect(faultOf(value)).toBeUndefined()));
});

it.each([
  ['a NUL', { a: [{ b: 'x\0' }] }, '/a/0/b'],
  ['half a character', { a: ['ok', '\ud83d'] }, '/a/1'],
  ['a name with a NUL', { a: { 'b\0': 1 } }, '/a'],
  ['a text as the body', '\0', ''],
])('refuses %s and names its place', (_what, body, pointer) => {
  expect(faultOf(body)).toBe(pointer);
});

it('refuses null in place of a body, and lets a request without a body pass', () => {
  const pass = (length: string) => () =>
    refuseUnstorable({ url: '/', body: null, headers: { 'content-length': length } });
  expect(pass('4')).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }) as Error);
  expect(pass('0')).not.toThrow();
});

it('lets whole characters beyond the first plane pass', () => {
  expect(faultOf({ name: '𠮷野家 🚒' })).toBeUndefined();
});

it('refuses a NUL in the address', () => {
  expect(faultOf(undefined, '/teams?name=%00')).toBe('');
});

it('lets twenty levels pass and refuses more, however many there are', () => {
  expect(faultOf(nested(20))).toBeUndefined();
  expect(faultOf(nested(21))).toBe('/a'.repeat(20));
  let deep: unknown = [];
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  expect(faultOf(deep)).toBe('/0'.repeat(20));
});

it('does not touch a body that is a stream', () => {
  const stream = Readable.from(['a\0b']);
  expect(faultOf(stream)).toBeUndefined();
  expect(stream.readableDidRead).toBe(false);
});

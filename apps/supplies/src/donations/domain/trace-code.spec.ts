import fc from 'fast-check';
import { TRACE_CODE_PATTERN, traceCode } from './trace-code';

const random = fc.uint8Array({ minLength: 17, maxLength: 17 });

it('a trace code has 26 characters of its alphabet', () => {
  fc.assert(fc.property(random, (bytes) => expect(traceCode(bytes)).toMatch(TRACE_CODE_PATTERN)));
});

it('two trace codes are the same only for the same 130 bits', () => {
  const low = (bytes: Uint8Array) => [bytes[0] & 3, ...bytes.slice(1)].join();
  fc.assert(
    fc.property(random, random, (one, other) => {
      expect(traceCode(one) === traceCode(other)).toBe(low(one) === low(other));
    }),
  );
});

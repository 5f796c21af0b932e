import { assertPublishable, partsBySize } from './message-limits';

const sized = (bytes: number): { value: string } => ({ value: 'x'.repeat(bytes) });

describe('partsBySize', () => {
  it('keeps small messages together and in order', () => {
    const messages = [sized(1), sized(2), sized(3)];
    expect(partsBySize(messages)).toEqual([messages]);
  });

  it('starts a new part where the next message would not fit', () => {
    const [first, second, third] = [sized(500_000), sized(400_000), sized(1)];
    expect(partsBySize([first, second, third])).toEqual([[first, second], [third]]);
  });

  it('gives a message over the limit of a part one of its own', () => {
    const [small, large] = [sized(1), sized(950_000)];
    expect(partsBySize([large, small, large])).toEqual([[large], [small], [large]]);
  });

  it('counts a tombstone as nothing, and nothing as no part', () => {
    expect(partsBySize([{ value: null }, sized(900_000)])).toHaveLength(1);
    expect(partsBySize([])).toEqual([]);
  });
});

describe('assertPublishable', () => {
  const message = (value: string) => ({ topic: 'supplies.events.v1', key: 'k', value, headers: {} });

  it('accepts a value at the limit', () => {
    expect(() => assertPublishable([message('x'.repeat(1_000_000))])).not.toThrow();
  });

  it('counts bytes, not characters', () => {
    expect(() => assertPublishable([message('粮'.repeat(333_334))])).toThrow('supplies.events.v1');
  });
});

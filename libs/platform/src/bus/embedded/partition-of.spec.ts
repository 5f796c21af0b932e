import { partitionOf } from './partition-of';

describe('partitionOf', () => {
  it('is the same in every release: messages already stored were placed by it', () => {
    expect(['a', 'b', 'allocation-1', '曲'].map((key) => partitionOf(key, 6))).toEqual([2, 0, 0, 2]);
  });

  it('spreads keys over all partitions', () => {
    const used = new Set(Array.from({ length: 200 }, (_, n) => partitionOf(`key-${n}`, 6)));
    expect([...used].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

import { fairShare } from './fair-share';

const members = ['c', 'a', 'd', 'b'];
const sharesOf = (topic: string, partitions: number, count: number): number[] =>
  members.slice(0, count).map((me) => fairShare({ topic, partitions, members: members.slice(0, count), me }));

describe('fairShare', () => {
  it.each([1, 2, 3, 4])('gives every partition to somebody among %i members', (count) => {
    for (const partitions of [1, 2, 5, 6, 7, 12]) {
      const shares = sharesOf('topic', partitions, count);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(partitions);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  });

  it('does not depend on the order in which members are listed', () => {
    const one = fairShare({ topic: 't', partitions: 6, members: ['a', 'b', 'c', 'd'], me: 'b' });
    expect(fairShare({ topic: 't', partitions: 6, members: ['d', 'c', 'b', 'a'], me: 'b' })).toBe(one);
  });

  it('does not always favour the same member', () => {
    expect(sharesOf('topic', 1, 4)).not.toEqual(sharesOf('topics', 1, 4));
  });

  it('gives nothing to somebody who is not a member', () => {
    expect(fairShare({ topic: 't', partitions: 6, members, me: 'stranger' })).toBe(0);
  });
});

import fc from 'fast-check';
import { jointClaims } from './joint-claims';

const owner = (share: number, drawnBase = 0) => ({ share, drawnBase });

describe('a share counts once', () => {
  it.each([
    ['by per cent', 100, [owner(50), owner(30), owner(20)], [50, 30, 20]],
    ['a piece that cannot be cut goes to one', 1, [owner(50), owner(50)], [1, 0]],
    ['what one has drawn comes off that one’s share', 60, [owner(60, 40), owner(40)], [20, 40]],
    ['a loss is borne by all', 50, [owner(50), owner(50)], [25, 25]],
    ['who has drawn more than is left to share has nothing', 30, [owner(50, 50), owner(50)], [0, 30]],
    ['an empty store belongs to nobody', 0, [owner(50), owner(50)], [0, 0]],
  ])('%s', (_what, stock, owners, claims) => {
    expect(jointClaims(stock, owners)).toEqual(claims);
  });

  it('the claims of the owners sum to the stock, whatever was drawn', () => {
    const owners = fc.array(fc.record({ share: fc.integer({ min: 1, max: 1_000 }), drawnBase: fc.nat(10_000) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.nat(100_000), owners, (stock, list) => {
        const claims = jointClaims(stock, list);
        expect(claims.reduce((sum, claim) => sum + claim, 0)).toBe(stock);
        expect(claims.every((claim) => claim >= 0)).toBe(true);
      }),
    );
  });
});

import { depotAccount, type Account, type MovementPosted } from '@ledger/contracts';
import fc from 'fast-check';
import { stockDeltas } from './stock-deltas';

type Posting = MovementPosted['postings'][number];

const NEAR = '0197f0c0-0000-7000-8000-00000000de90';
const FAR = '0197f0c0-0000-7000-8000-00000000de91';

function aPosting(change: Partial<Posting> & { from: Account; to: Account }): Posting {
  return {
    lotId: '0197f0c0-0000-7000-8000-000000000107',
    itemCode: 'LRS-020',
    expiryDate: null,
    quantityBase: 10,
    ...change,
  };
}

describe('stockDeltas', () => {
  it('adds a receipt and subtracts a promise', () => {
    expect(stockDeltas([aPosting({ from: 'supplier', to: depotAccount(NEAR, 'available') })])).toEqual([
      { depotId: NEAR, itemCode: 'LRS-020', expiryDate: null, deltaBase: 10 },
    ]);
    expect(
      stockDeltas([aPosting({ from: depotAccount(NEAR, 'available'), to: depotAccount(NEAR, 'reserved') })]),
    ).toEqual([{ depotId: NEAR, itemCode: 'LRS-020', expiryDate: null, deltaBase: -10 }]);
  });

  it('takes both sides of a transfer, ordered by depot', () => {
    const transfer = aPosting({ from: depotAccount(FAR, 'available'), to: depotAccount(NEAR, 'available') });
    expect(stockDeltas([transfer]).map(({ depotId, deltaBase }) => [depotId, deltaBase])).toEqual([
      [NEAR, 10],
      [FAR, -10],
    ]);
  });

  it('keeps lots of different dates apart', () => {
    const dates = ['2027-01-31', null];
    const postings = dates.map((expiryDate) =>
      aPosting({ expiryDate, from: 'donor', to: depotAccount(NEAR, 'available') }),
    );
    expect(stockDeltas(postings).map((delta) => delta.expiryDate)).toEqual(['2027-01-31', null]);
  });

  it('says nothing of goods that are promised, held, on the road or outside', () => {
    const postings = [
      aPosting({ from: depotAccount(NEAR, 'reserved'), to: `transit:${FAR}` }),
      aPosting({ from: `transit:${FAR}`, to: 'lost' }),
      aPosting({ from: depotAccount(NEAR, 'quarantine'), to: 'scrapped' }),
    ];
    expect(stockDeltas(postings)).toEqual([]);
  });

  it('a movement and its reversal cancel out', () => {
    const account = fc.constantFrom<Account>(
      depotAccount(NEAR, 'available'),
      depotAccount(FAR, 'available'),
      depotAccount(NEAR, 'reserved'),
      'supplier',
    );
    const posting = fc
      .record({ from: account, to: account, quantityBase: fc.integer({ min: 1, max: 1_000_000 }) })
      .map(aPosting);
    fc.assert(
      fc.property(fc.array(posting, { maxLength: 8 }), (postings) => {
        const reversal = postings.map((forward) => ({ ...forward, from: forward.to, to: forward.from }));
        expect(stockDeltas([...postings, ...reversal])).toEqual([]);
      }),
    );
  });
});

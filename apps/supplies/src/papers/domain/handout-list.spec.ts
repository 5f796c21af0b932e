import { uuid } from '../../stock/domain/testing/builders';
import { handoutListOf, type ListFacts, type ListedHousehold } from './handout-list';

const rice = { nameZh: '大米', unit: '袋', quantityBase: 2 };
const aHousehold = (overrides: Partial<ListedHousehold> = {}): ListedHousehold => ({
  maskedName: '张*',
  listReference: null,
  peopleCount: 4,
  groups: { elderlyCount: 1, childCount: 2, pregnantCount: 0, disabledCount: 0, sickCount: 0 },
  goods: [rice],
  maskedSigner: null,
  signedFor: null,
  repeatReason: null,
  ...overrides,
});
const facts = (overrides: Partial<ListFacts> = {}): ListFacts => ({
  id: uuid(4),
  number: 'FF-2026-00000004',
  site: '楼子营村安置点',
  at: new Date('2026-07-01T00:05:00Z'),
  recordedBy: '王保管',
  isReversed: false,
  synthetic: false,
  note: null,
  goods: [rice],
  peopleWithoutList: null,
  households: [aHousehold()],
  ...overrides,
});

describe('a hand-out list', () => {
  it('has a row to sign for every household', () => {
    const paper = handoutListOf(facts());
    expect(paper.rows).toEqual([['1', '张*', '4', '老1 幼2', '大米 2 袋', '', '']]);
    expect([paper.totals, paper.rowHeight]).toEqual(['合计：1 户，4 人', 26]);
  });

  it('says who signed for whom, and why somebody got the same again', () => {
    const signed = aHousehold({ maskedSigner: '张*', signedFor: 'family', repeatReason: '淋湿', listReference: '17' });
    expect(handoutListOf(facts({ households: [signed] })).rows[0]).toEqual([
      '17',
      '张*',
      '4',
      '老1 幼2',
      '大米 2 袋',
      '已签：张*（家属）',
      '再次发放：淋湿',
    ]);
  });

  it('of a hand-out without a list has the goods and the head count', () => {
    const paper = handoutListOf(facts({ households: [], peopleWithoutList: 45 }));
    expect([paper.rows, paper.totals]).toEqual([[['1', '大米', '袋', '2']], '合计：45 人（无名单发放）']);
  });

  it('that is open has nobody who handed out', () => {
    const paper = handoutListOf(facts({ recordedBy: null, goods: [], households: [aHousehold({ goods: [] })] }));
    expect(paper.facts.map(([label]) => label)).toEqual(['发放点', '制表时间']);
  });

  it.each([null, 3])('has a cell for every column (people without a list: %s)', (peopleWithoutList) => {
    const paper = handoutListOf(facts({ peopleWithoutList }));
    expect(paper.rows[0]).toHaveLength(paper.columns.length);
    expect(paper.columns.reduce((sum, { width }) => sum + width, 0)).toBe(100);
  });

  it('has no more lines than anybody reads', () => {
    const households = Array.from({ length: 2_001 }, () => aHousehold());
    expect(() => handoutListOf(facts({ households }))).toThrow(
      expect.objectContaining({ code: 'SUPPLIES_PAPER_TOO_LONG' }) as Error,
    );
  });
});

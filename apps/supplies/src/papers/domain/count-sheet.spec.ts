import { uuid } from '../../stock/domain/testing/builders';
import { countSheetOf, type SheetFacts, type SheetLine } from './count-sheet';

const aLine = (overrides: Partial<SheetLine> = {}): SheetLine => ({
  position: 1,
  place: 'shelf',
  bins: 'A-01',
  itemCode: 'LRS-015',
  nameZh: '帐篷',
  batchNumber: 'B-1',
  expiryDate: null,
  unit: '顶',
  expectedBase: 7_531,
  ...overrides,
});
const facts = (overrides: Partial<SheetFacts> = {}): SheetFacts => ({
  countId: uuid(3),
  number: 5,
  kind: 'full',
  blind: true,
  isRecount: false,
  round: 1,
  depot: 'HQ-01 县级库',
  openedAt: new Date('2026-07-01T00:05:00Z'),
  openedSequence: 99,
  openedBy: '李经理',
  note: null,
  synthetic: false,
  lines: [aLine()],
  ...overrides,
});

describe('a count sheet', () => {
  it('has no quantity anywhere when it is blind, even if somebody hands one in', () => {
    const paper = countSheetOf(facts());
    expect(JSON.stringify(paper)).not.toMatch(/7,?531|账面数/);
    expect(paper.rows.slice(0, 2)).toEqual([
      ['1', 'A-01', 'LRS-015', '帐篷', 'B-1', '—', '顶', '', ''],
      ['另', '', '', '', '', '', '', '', ''],
    ]);
  });

  it('has what the books say when it is not', () => {
    const paper = countSheetOf(facts({ blind: false }));
    expect(paper.columns.map(({ title }) => title)).toContain('账面数');
    expect(paper.rows[0]).toContain('7,531');
  });

  it.each([true, false])('has a cell for every column (blind: %s)', (blind) => {
    const paper = countSheetOf(facts({ blind }));
    expect(new Set(paper.rows.map(({ length }) => length))).toEqual(new Set([paper.columns.length]));
    expect(paper.columns.reduce((sum, { width }) => sum + width, 0)).toBe(100);
  });

  it('says where quarantined goods are, and that it is a recount', () => {
    const paper = countSheetOf(
      facts({ isRecount: true, round: 2, lines: [aLine({ place: 'quarantine', bins: null })] }),
    );
    expect([paper.title, paper.rows[0][1], paper.number]).toEqual(['复盘表', '隔离区', 'PD-2026-00000005']);
    expect(paper.facts).toContainEqual(['盘点方式', '全面盘点（盲盘），第 2 轮']);
  });

  it('has no more lines than anybody counts by one sheet', () => {
    const lines = Array.from({ length: 2_001 }, (_, position) => aLine({ position }));
    expect(() => countSheetOf(facts({ lines }))).toThrow(
      expect.objectContaining({ code: 'SUPPLIES_PAPER_TOO_LONG' }) as Error,
    );
  });
});

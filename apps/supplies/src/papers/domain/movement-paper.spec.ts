import { MOVEMENT_KINDS } from '../../stock/domain/movement-kinds';
import { uuid } from '../../stock/domain/testing/builders';
import { slipOf, type SlipFacts, type SlipPosting } from './movement-paper';

const shelf = `depot:${uuid(100)}:available`;
const aPosting = (overrides: Partial<SlipPosting> = {}): SlipPosting => ({
  lotId: uuid(1),
  itemCode: 'LRS-015',
  nameZh: '帐篷',
  unit: '顶',
  batchNumber: 'B-1',
  serialNumber: null,
  expiryDate: null,
  from: 'supplier',
  to: shelf,
  quantityBase: 10,
  ...overrides,
});
const facts = (overrides: Partial<SlipFacts> = {}): SlipFacts => ({
  movementId: uuid(7),
  sequence: 12,
  kind: 'receipt',
  postedAt: new Date('2026-07-01T00:05:00Z'),
  recordedBy: '王保管',
  useOrder: null,
  note: null,
  isReversed: false,
  synthetic: false,
  depots: ['HQ-01 县级库'],
  site: null,
  otherDepot: null,
  carriers: [],
  postings: [aPosting()],
  ...overrides,
});
const throwing = (code: string): Error => expect.objectContaining({ code }) as Error;
const valueOf = (paper: ReturnType<typeof slipOf>, label: string) => paper.facts.find(([name]) => name === label)?.[1];

describe('the paper of a movement', () => {
  it.each([
    ['receipt', '入库单', 'RK'],
    ['put-away', '入库单', 'RK'],
    ['return', '入库单', 'RK'],
    ['take-back', '入库单', 'RK'],
    ['transfer-in', '入库单', 'RK'],
    ['give-back', '入库单', 'RK'],
    ['issue', '出库单', 'CK'],
    ['transfer-out', '出库单', 'CK'],
    ['lend', '出库单', 'CK'],
    ['use', '出库单', 'CK'],
    ['scrap', '出库单', 'CK'],
    ['send-back', '出库单', 'CK'],
    ['rotate', '出库单', 'CK'],
    ['count', '盘点盈亏单', 'PY'],
  ] as const)('of kind %s is %s, numbered %s', (kind, title, prefix) => {
    const paper = slipOf(facts({ kind }), 'own');
    expect([paper.title, paper.number, paper.code]).toEqual([title, `${prefix}-2026-00000012`, uuid(7)]);
  });

  it('does not exist for movements that nobody signs for', () => {
    const without = [
      'quarantine',
      'kit-build',
      'kit-break',
      'reserve',
      'release',
      'deliver',
      'difference',
      'hand-out',
      'reversal',
    ];
    for (const kind of MOVEMENT_KINDS.filter((each) => without.includes(each))) {
      expect(() => slipOf(facts({ kind }), 'own')).toThrow(throwing('SUPPLIES_PAPER_UNAVAILABLE'));
    }
    expect(without.every((kind) => MOVEMENT_KINDS.some((each) => each === kind))).toBe(true);
  });

  it('does not exist for a reader who sees none of its lines', () => {
    expect(() => slipOf(facts({ postings: [] }), 'own')).toThrow(throwing('SUPPLIES_PAPER_UNAVAILABLE'));
  });

  it('has no more lines than anybody reads', () => {
    const postings = Array.from({ length: 2_001 }, (_, index) => aPosting({ lotId: uuid(index) }));
    expect(() => slipOf(facts({ postings }), 'own')).toThrow(throwing('SUPPLIES_PAPER_TOO_LONG'));
    expect(slipOf(facts({ postings: postings.slice(1) }), 'own').rows).toHaveLength(2_000);
  });

  it('says what came, where and from whom', () => {
    const note = '汛前补充';
    const paper = slipOf(
      facts({ note, postings: [aPosting({ expiryDate: '2030-01-01', quantityBase: 1_200 })] }),
      'own',
    );
    expect(paper.rows).toEqual([['1', 'LRS-015', '帐篷', 'B-1', '2030-01-01', '顶', '1,200', '']]);
    expect(paper.facts).toEqual([
      ['仓库', 'HQ-01 县级库'],
      ['业务类型', '收货入库'],
      ['日期', '2026-07-01 08:05'],
      ['来源', '供货单位'],
      ['经办人', '王保管'],
      ['备注', note],
    ]);
    expect(paper.totals).toBe('合计：共 1 行，数量合计 1,200 顶');
  });

  it('merges pieces of a lot that go the same way, and tells apart those that do not', () => {
    const held = `depot:${uuid(100)}:quarantine`;
    const rice = aPosting({ lotId: uuid(2), unit: '袋', serialNumber: 'S-9' });
    const paper = slipOf(facts({ postings: [aPosting(), aPosting(), aPosting({ to: held }), rice] }), 'own');
    expect(paper.rows.map((row) => [row[3], row[6], row[7]])).toEqual([
      ['B-1', '20', ''],
      ['B-1', '10', '待检／隔离'],
      ['B-1（序列号 S-9）', '10', ''],
    ]);
    expect(paper.totals).toBe('合计：共 3 行');
  });

  it('of an issue names the use order, the site and who carries', () => {
    const issue = { kind: 'issue', useOrder: 'UO-7', site: '楼子营村安置点', carriers: ['晋H-演0001 张师傅'] } as const;
    const paper = slipOf(facts({ ...issue, postings: [aPosting({ from: shelf, to: `transit:${uuid(9)}` })] }), 'own');
    expect(['动用指令', '去向', '承运'].map((label) => valueOf(paper, label))).toEqual([
      'UO-7',
      '楼子营村安置点',
      '晋H-演0001 张师傅',
    ]);
  });

  it('of a count says which way each line goes', () => {
    const postings = [
      aPosting({ from: 'count-difference' }),
      aPosting({ from: shelf, to: 'count-difference', quantityBase: 3 }),
    ];
    expect(slipOf(facts({ kind: 'count', postings }), 'own').rows.map((row) => row.slice(6))).toEqual([
      ['+10', '盘盈'],
      ['−3', '盘亏'],
    ]);
  });

  it('bears a stamp when it was undone, and the mark of invented goods', () => {
    const paper = slipOf(facts({ isReversed: true, synthetic: true }), 'own');
    expect([paper.stamp, paper.synthetic]).toEqual(['已冲销 REVERSED', true]);
  });
});

describe('a transfer slip', () => {
  const postings = [aPosting({ from: shelf, to: `transit:${uuid(9)}` })];

  it('names both depots, from either end', () => {
    const out = slipOf(facts({ kind: 'transfer-out', postings, otherDepot: 'HQ-02 乡镇点' }), 'transfer');
    expect([out.title, valueOf(out, '调出仓库'), valueOf(out, '调入仓库')]).toEqual([
      '调拨单',
      'HQ-01 县级库',
      'HQ-02 乡镇点',
    ]);
    const into = slipOf(facts({ kind: 'transfer-in', otherDepot: 'HQ-02 乡镇点' }), 'transfer');
    expect([valueOf(into, '调出仓库'), valueOf(into, '调入仓库')]).toEqual(['HQ-02 乡镇点', 'HQ-01 县级库']);
  });

  it('exists for transfers alone', () => {
    expect(() => slipOf(facts(), 'transfer')).toThrow(throwing('SUPPLIES_PAPER_UNAVAILABLE'));
  });
});

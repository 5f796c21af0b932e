import { chinaTime, paperNumber } from './china-time';
import { assertPrintable } from './movement-paper';
import type { Paper, PaperColumn } from './paper';

export interface SheetLine {
  readonly position: number;
  readonly place: 'shelf' | 'quarantine';
  readonly bins: string | null;
  readonly itemCode: string;
  readonly nameZh: string;
  readonly batchNumber: string;
  readonly expiryDate: string | null;
  readonly unit: string;
  /** Left out of a blind sheet before it comes here, not only when it is printed. */
  readonly expectedBase: number | null;
}

export interface SheetFacts {
  readonly countId: string;
  readonly number: number;
  readonly kind: 'cycle' | 'full';
  readonly blind: boolean;
  readonly isRecount: boolean;
  readonly round: number;
  readonly depot: string;
  readonly openedAt: Date;
  readonly openedSequence: number;
  readonly openedBy: string;
  readonly note: string | null;
  readonly synthetic: boolean;
  readonly lines: readonly SheetLine[];
}

const HAND_WRITTEN_POINTS = 22;
/** Room for goods that lie there and are not on the list. */
const ROWS_FOR_FOUND_GOODS = 3;

const columnsOf = (blind: boolean): PaperColumn[] => [
  { title: '序号', width: 5, align: 'center' },
  { title: '货位', width: 12 },
  { title: '编码', width: 10 },
  { title: '物资名称', width: blind ? 21 : 17 },
  { title: '批号', width: 16 },
  { title: '有效期至', width: 12, align: 'center' },
  { title: '单位', width: 5, align: 'center' },
  ...(blind ? [] : [{ title: '账面数', width: 8, align: 'right' } as const]),
  { title: '实盘数', width: 9 },
  { title: '备注', width: blind ? 10 : 6 },
];

/**
 * The sheet on which keepers write what they count. A blind one has no quantities at all; in a recount it lists the lines
 * of the round alone, and never what was counted before.
 * @throws DomainError SUPPLIES_PAPER_TOO_LONG
 */
export function countSheetOf(facts: SheetFacts): Paper {
  assertPrintable(facts.lines.length);
  const columns = columnsOf(facts.blind);
  const found = columns.map((_, index) => (index === 0 ? '另' : ''));
  const kind = facts.kind === 'full' ? '全面盘点' : '循环盘点';
  return {
    title: facts.isRecount ? '复盘表' : '盘点表',
    titleEn: facts.isRecount ? 'Recount sheet' : 'Count sheet',
    number: paperNumber('PD', facts.openedAt, facts.number),
    stamp: null,
    synthetic: facts.synthetic,
    facts: [
      ['仓库', facts.depot],
      ['盘点方式', `${kind}（${facts.blind ? '盲盘' : '明盘'}），第 ${facts.round} 轮`],
      ['账面时点', `${chinaTime(facts.openedAt)}（流水号 ${facts.openedSequence}）`],
      ['发起人', facts.openedBy],
      ...(facts.note === null ? [] : [['备注', facts.note] as const]),
    ],
    columns,
    rows: [
      ...facts.lines.map((line) => rowOf(line, facts.blind)),
      ...Array.from({ length: ROWS_FOR_FOUND_GOODS }, () => found),
    ],
    rowHeight: HAND_WRITTEN_POINTS,
    totals: `共 ${facts.lines.length} 行；未列出而在库的物资逐批填入“另”行`,
    signers: ['盘点人', '复盘人', '监盘人', '盘点日期'],
    code: facts.countId,
    at: facts.openedAt,
  };
}

function rowOf(line: SheetLine, blind: boolean): string[] {
  const place = [line.bins ?? '', line.place === 'quarantine' ? '隔离区' : ''].filter((part) => part !== '');
  return [
    String(line.position),
    place.join(' '),
    line.itemCode,
    line.nameZh,
    line.batchNumber,
    line.expiryDate ?? '—',
    line.unit,
    ...(blind ? [] : [line.expectedBase === null ? '' : line.expectedBase.toLocaleString('en-US')]),
    '',
    '',
  ];
}

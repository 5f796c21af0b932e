import type { OutsideAccount } from '@ledger/contracts';
import type { MovementKind } from '../../stock/domain/movement-kinds';
import type { ReceiptOrigin } from '../../stock/domain/lot';
import { normalText } from './normal-text';

/** Goods that come in, go out, or change their state within the depot. */
interface Way {
  readonly kind: MovementKind;
  readonly direction: 'in' | 'out' | 'hold';
  /** The account outside; for goods that come in as a receipt it follows from their origin. */
  readonly outside: OutsideAccount | null;
  /** Somebody else than who brought the file has to agree: such movements need four eyes everywhere. */
  readonly needsSecondPerson: boolean;
}

const WAYS = {
  receipt: { kind: 'receipt', direction: 'in', outside: null, needsSecondPerson: false },
  return: { kind: 'return', direction: 'in', outside: 'consumed', needsSecondPerson: false },
  'count-surplus': { kind: 'count', direction: 'in', outside: 'count-difference', needsSecondPerson: true },
  use: { kind: 'use', direction: 'out', outside: 'consumed', needsSecondPerson: false },
  rotate: { kind: 'rotate', direction: 'out', outside: 'rotated-out', needsSecondPerson: false },
  scrap: { kind: 'scrap', direction: 'out', outside: 'scrapped', needsSecondPerson: true },
  'count-shortage': { kind: 'count', direction: 'out', outside: 'count-difference', needsSecondPerson: true },
  quarantine: { kind: 'quarantine', direction: 'hold', outside: null, needsSecondPerson: false },
} as const satisfies Record<string, Way>;

export type MovementWay = keyof typeof WAYS;
export const wayOf = (way: MovementWay): Way => WAYS[way];

const ORIGIN_WORDS: Readonly<Record<ReceiptOrigin, readonly string[]>> = {
  purchase: [
    '采购',
    '购置',
    '购入',
    '自购',
    '政府采购',
    '财政拨款',
    '上级拨付',
    '上级下拨',
    '拨入',
    'purchase',
    'purchased',
  ],
  donation: ['捐赠', '捐助', '捐献', '社会捐赠', '受赠', 'donation', 'donated', 'gift'],
  agreement: ['协议', '协议储备', 'agreement'],
  enterprise: ['企业代储', '代储', 'enterprise'],
  capacity: ['产能', '产能储备', 'capacity'],
};

interface Word {
  readonly way: MovementWay;
  readonly origin?: ReceiptOrigin;
}

const WORDS: readonly (readonly [Word, readonly string[]])[] = [
  [
    { way: 'receipt' },
    ['入库', '收入', '收货', '进库', '进货', '期初', '初始入库', '验收入库', 'receipt', 'receive', 'received', 'in'],
  ],
  [
    { way: 'receipt', origin: 'purchase' },
    ['采购入库', '购入', '购置入库', '采购', '新购入库', '拨入', '下拨入库', '轮换入库', '更新入库', 'purchase'],
  ],
  [{ way: 'receipt', origin: 'donation' }, ['捐赠入库', '捐赠', '接收捐赠', '受赠入库', 'donation']],
  [
    { way: 'use' },
    [
      '出库',
      '领用',
      '发放',
      '使用',
      '领用出库',
      '发放出库',
      '救灾出库',
      '动用',
      '消耗',
      '支出',
      'use',
      'used',
      'issue',
      'issued',
      'out',
    ],
  ],
  [{ way: 'return' }, ['归还', '退库', '归还入库', '回收入库', '回收', '退回', '退还', 'return', 'returned']],
  [{ way: 'rotate' }, ['轮换', '轮换出库', '轮出', '更新出库', 'rotate', 'rotation']],
  [{ way: 'scrap' }, ['报废', '报废出库', '报损', '核销', 'scrap', 'scrapped', 'write off']],
  [{ way: 'quarantine' }, ['封存', '隔离', '待检', '冻结', 'quarantine', 'hold']],
  [{ way: 'count-surplus' }, ['盘盈', '盘盈入库', 'surplus', 'count surplus']],
  [{ way: 'count-shortage' }, ['盘亏', '盘亏出库', '盘缺', 'shortage', 'count shortage']],
];

const BETWEEN_DEPOTS = [
  '调拨',
  '调入',
  '调出',
  '调拨入库',
  '调拨出库',
  '移库',
  '转库',
  '借出',
  '借入',
  'transfer',
  'transfer in',
  'transfer out',
];

const BY_WORD: ReadonlyMap<string, Word> = new Map(
  WORDS.flatMap(([word, texts]) => texts.map((text) => [normalText(text), word] as const)),
);
const BETWEEN: ReadonlySet<string> = new Set(BETWEEN_DEPOTS.map(normalText));
const ORIGINS: ReadonlyMap<string, ReceiptOrigin> = new Map(
  (Object.entries(ORIGIN_WORDS) as [ReceiptOrigin, readonly string[]][]).flatMap(([origin, texts]) =>
    texts.map((text) => [normalText(text), origin] as const),
  ),
);

type Movement = Word | 'movement-unknown' | 'movement-between-depots';

/** A ledger has few words for many rows; each is looked up once. */
const SEEN = new Map<string, Movement>();
const MOST_SEEN = 1_000;

/** What a ledger calls a movement, in our words. */
export function movementOf(text: string): Movement {
  const seen = SEEN.get(text);
  if (seen !== undefined) return seen;
  const word = normalText(text);
  const movement = BY_WORD.get(word) ?? (BETWEEN.has(word) ? 'movement-between-depots' : 'movement-unknown');
  if (SEEN.size < MOST_SEEN) SEEN.set(text, movement);
  return movement;
}

export const originOf = (text: string): ReceiptOrigin | undefined => ORIGINS.get(normalText(text));

import type { MovementKind } from '../../stock/domain/movement-kinds';

/** A row of a stock card, with times and numbers as they are shown. */
export interface CardLine {
  readonly postedAt: Date;
  readonly movementId: string;
  readonly kind: MovementKind;
  readonly depotCodes: readonly string[];
  readonly batches: readonly string[];
  readonly note: string | null;
  readonly inBase: number;
  readonly outBase: number;
  readonly balanceBase: number;
  readonly availableBase: number;
  readonly reservedBase: number;
  readonly quarantineBase: number;
  readonly recordedBy: string;
}

export const CARD_HEADINGS = [
  ...['日期 Date', '时间 Time', '凭证 Movement', '类型 Kind', '仓库 Depot', '批号 Batches', '摘要 Note'],
  ...[
    '收入 In',
    '发出 Out',
    '结存 Balance',
    '可用 Available',
    '预留 Reserved',
    '隔离 Quarantine',
    '记录人 Recorded by',
  ],
] as const;

const KIND_NAMES: Readonly<Record<MovementKind, string>> = {
  receipt: '入库',
  'put-away': '上架',
  use: '日常领用',
  quarantine: '隔离',
  rotate: '轮换出库',
  scrap: '报废',
  'send-back': '退供',
  count: '盘点',
  'transfer-out': '调出',
  'transfer-in': '调入',
  lend: '借出',
  'give-back': '归还',
  'kit-build': '组套',
  'kit-break': '拆套',
  reserve: '预留',
  release: '释放',
  issue: '出库',
  deliver: '交付',
  difference: '差异处理',
  'hand-out': '发放',
  return: '退回',
  'take-back': '撤回',
  reversal: '冲销',
};

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Day and time of day in China, where the books are kept, wherever the reader sits. */
export function chinaTime(instant: Date): { readonly day: string; readonly time: string } {
  const text = new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString();
  return { day: text.slice(0, 10), time: text.slice(11, 19) };
}

export function cardCells(line: CardLine): (string | number)[] {
  const { day, time } = chinaTime(line.postedAt);
  return [
    ...[
      day,
      time,
      line.movementId,
      KIND_NAMES[line.kind],
      line.depotCodes.join('、'),
      line.batches.join('、'),
      line.note ?? '',
    ],
    ...[line.inBase, line.outBase, line.balanceBase, line.availableBase, line.reservedBase, line.quarantineBase],
    line.recordedBy,
  ];
}

/** The line that a card begins with: what was there before. */
export const openingCells = (day: string, openingBase: number): (string | number)[] => [
  ...[day, '', '', '期初结存 Opening balance', '', '', '', '', '', openingBase, '', '', '', ''],
];

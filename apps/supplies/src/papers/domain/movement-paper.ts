import { DomainError, parseDepotAccount } from '@ledger/contracts';
import type { MovementKind } from '../../stock/domain/movement-kinds';
import { chinaTime, paperNumber } from './china-time';
import { MAX_PAPER_LINES, type Paper, type PaperColumn } from './paper';

/** One posting with what a reader of paper needs to know of its lot. */
export interface SlipPosting {
  readonly lotId: string;
  readonly itemCode: string;
  readonly nameZh: string;
  readonly unit: string;
  readonly batchNumber: string;
  readonly serialNumber: string | null;
  readonly expiryDate: string | null;
  readonly from: string;
  readonly to: string;
  readonly quantityBase: number;
}

/** A movement with everything its paper says. */
export interface SlipFacts {
  readonly movementId: string;
  readonly sequence: number;
  readonly kind: MovementKind;
  readonly postedAt: Date;
  readonly recordedBy: string;
  readonly useOrder: string | null;
  readonly note: string | null;
  readonly isReversed: boolean;
  readonly synthetic: boolean;
  readonly depots: readonly string[];
  readonly site: string | null;
  /** The depot at the other end of the road, as far as the ledger knows it. */
  readonly otherDepot: string | null;
  readonly carriers: readonly string[];
  readonly postings: readonly SlipPosting[];
}

interface Form {
  readonly title: string;
  readonly titleEn: string;
  readonly prefix: string;
  readonly signers: readonly string[];
}

const INBOUND: Form = {
  title: '入库单',
  titleEn: 'Inbound slip',
  prefix: 'RK',
  signers: ['送货人', '验收人', '仓库保管员', '负责人'],
};
const OUTBOUND: Form = {
  title: '出库单',
  titleEn: 'Outbound slip',
  prefix: 'CK',
  signers: ['领（提）货人', '承运人', '仓库保管员', '审批人'],
};
const TRANSFER: Form = {
  title: '调拨单',
  titleEn: 'Transfer slip',
  prefix: 'DB',
  signers: ['调出保管员', '承运人', '调入保管员', '审批人'],
};
const ADJUSTMENT: Form = {
  title: '盘点盈亏单',
  titleEn: 'Count adjustment',
  prefix: 'PY',
  signers: ['盘点人', '复核人', '仓库保管员', '审批人'],
};

/** What kind of paper a movement has, and what the office calls the business. Other movements have none. */
const FORMS: Readonly<Partial<Record<MovementKind, { readonly form: Form; readonly business: string }>>> = {
  receipt: { form: INBOUND, business: '收货入库' },
  'put-away': { form: INBOUND, business: '验收上架' },
  return: { form: INBOUND, business: '归还入库' },
  'take-back': { form: INBOUND, business: '退运入库' },
  'transfer-in': { form: INBOUND, business: '调拨入库' },
  'give-back': { form: INBOUND, business: '借出归还' },
  issue: { form: OUTBOUND, business: '应急调运出库' },
  'transfer-out': { form: OUTBOUND, business: '调拨出库' },
  lend: { form: OUTBOUND, business: '借出' },
  use: { form: OUTBOUND, business: '领用出库' },
  scrap: { form: OUTBOUND, business: '报废出库' },
  'send-back': { form: OUTBOUND, business: '退供出库' },
  rotate: { form: OUTBOUND, business: '轮换出库' },
  count: { form: ADJUSTMENT, business: '盘点调整' },
};

/** What outside accounts are called on paper. */
const OUTSIDE: Readonly<Record<string, string>> = {
  supplier: '供货单位',
  donor: '捐赠方',
  consumed: '消耗',
  lost: '丢失核销',
  scrapped: '报废',
  'rotated-out': '轮换',
  'count-difference': '盘点差异',
  kitted: '组套',
};

const COLUMNS: readonly PaperColumn[] = [
  { title: '序号', width: 5, align: 'center' },
  { title: '编码', width: 10 },
  { title: '物资名称', width: 23 },
  { title: '批号', width: 19 },
  { title: '有效期至', width: 13, align: 'center' },
  { title: '单位', width: 6, align: 'center' },
  { title: '数量', width: 10, align: 'right' },
  { title: '备注', width: 14 },
];

export type SlipForm = 'own' | 'transfer';

/**
 * The paper of a movement: an inbound or outbound slip, the adjustment of a count, or for goods that go from depot to
 * depot a transfer slip when it is asked for.
 * @throws DomainError SUPPLIES_PAPER_UNAVAILABLE for a movement that has no such paper, or of which the reader sees no
 *   line; SUPPLIES_PAPER_TOO_LONG
 */
export function slipOf(facts: SlipFacts, wanted: SlipForm): Paper {
  const known = FORMS[facts.kind];
  const isTransfer = facts.kind === 'transfer-out' || facts.kind === 'transfer-in';
  if (!known || facts.postings.length === 0 || (wanted === 'transfer' && !isTransfer)) {
    throw new DomainError('SUPPLIES_PAPER_UNAVAILABLE', { facts: { kind: facts.kind } });
  }
  const form = wanted === 'transfer' ? TRANSFER : known.form;
  const lines = mergedLines(facts.postings);
  assertPrintable(lines.length);
  return {
    title: form.title,
    titleEn: form.titleEn,
    number: paperNumber(form.prefix, facts.postedAt, facts.sequence),
    stamp: facts.isReversed ? '已冲销 REVERSED' : null,
    synthetic: facts.synthetic,
    facts: form === TRANSFER ? transferFacts(facts) : depotFacts(facts, known.business),
    columns: COLUMNS,
    rows: lines.map((line, index) => rowOf(line, index, facts.kind)),
    totals: totalsOf(lines),
    signers: form.signers,
    code: facts.movementId,
    at: facts.postedAt,
  };
}

/** @throws DomainError SUPPLIES_PAPER_TOO_LONG */
export function assertPrintable(lines: number): void {
  if (lines <= MAX_PAPER_LINES) return;
  throw new DomainError('SUPPLIES_PAPER_TOO_LONG', { facts: { lines, most: MAX_PAPER_LINES } });
}

/** Shared by all papers: `共 3 行`, and the sum where all lines have one unit. */
export function totalsOf(lines: readonly { readonly unit: string; readonly quantityBase: number }[]): string {
  const units = new Set(lines.map(({ unit }) => unit));
  const sum = lines.reduce((total, { quantityBase }) => total + quantityBase, 0);
  const quantity = units.size === 1 ? `，数量合计 ${sum.toLocaleString('en-US')} ${[...units][0]}` : '';
  return `合计：共 ${lines.length} 行${quantity}`;
}

function depotFacts(facts: SlipFacts, business: string): [string, string][] {
  const isInbound = FORMS[facts.kind]?.form === INBOUND;
  const ends = counterparties(facts, isInbound);
  return listed([
    ['仓库', facts.depots.join('、')],
    ['业务类型', business],
    ['日期', chinaTime(facts.postedAt)],
    [isInbound ? '来源' : '去向', ends],
    ['动用指令', facts.useOrder],
    ['承运', facts.carriers.join('、')],
    ['经办人', facts.recordedBy],
    ['备注', facts.note],
  ]);
}

function transferFacts(facts: SlipFacts): [string, string][] {
  const here = facts.depots.join('、');
  const there = facts.otherDepot ?? '在途，待入库登记';
  const isOut = facts.kind === 'transfer-out';
  return listed([
    ['调出仓库', isOut ? here : there],
    ['调入仓库', isOut ? there : here],
    ['日期', chinaTime(facts.postedAt)],
    ['承运', facts.carriers.join('、')],
    ['经办人', facts.recordedBy],
    ['备注', facts.note],
  ]);
}

const listed = (facts: readonly (readonly [string, string | null])[]): [string, string][] =>
  facts.flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : []));

/** Where goods come from or go to: a place that is named, else what the accounts at the other end are called. */
function counterparties(facts: SlipFacts, isInbound: boolean): string {
  if (facts.kind === 'count') return '';
  if (facts.site) return facts.site;
  if (facts.otherDepot) return facts.otherDepot;
  const ends = facts.postings.map(({ from, to }) => (isInbound ? from : to));
  return [...new Set(ends.map((account) => OUTSIDE[account] ?? ''))].filter((name) => name !== '').join('、');
}

/** Pieces of one lot that go the same way are one line, whatever they were posted for. */
function mergedLines(postings: readonly SlipPosting[]): SlipPosting[] {
  const lines = new Map<string, SlipPosting>();
  for (const posting of postings) {
    const key = `${posting.lotId} ${posting.from} ${posting.to}`;
    const before = lines.get(key)?.quantityBase ?? 0;
    lines.set(key, { ...posting, quantityBase: before + posting.quantityBase });
  }
  return [...lines.values()];
}

function rowOf(line: SlipPosting, index: number, kind: MovementKind): string[] {
  const serial = line.serialNumber === null ? '' : `（序列号 ${line.serialNumber}）`;
  return [
    String(index + 1),
    line.itemCode,
    line.nameZh,
    `${line.batchNumber}${serial}`,
    line.expiryDate ?? '—',
    line.unit,
    `${signOf(line, kind)}${line.quantityBase.toLocaleString('en-US')}`,
    remarkOf(line, kind),
  ];
}

/** A count says which way it goes; on every other paper the title does. */
const signOf = ({ to }: SlipPosting, kind: MovementKind): string =>
  kind !== 'count' ? '' : to === 'count-difference' ? '−' : '+';

function remarkOf({ from, to }: SlipPosting, kind: MovementKind): string {
  if (kind === 'count') return to === 'count-difference' ? '盘亏' : '盘盈';
  if (parseDepotAccount(to)?.state === 'quarantine') return '待检／隔离';
  if (to === 'lost') return '丢失核销';
  return parseDepotAccount(from)?.state === 'quarantine' ? '隔离区' : '';
}

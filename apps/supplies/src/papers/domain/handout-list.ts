import type { SignedFor } from '../../sites/domain/signature';
import { chinaTime } from './china-time';
import { assertPrintable } from './movement-paper';
import type { Paper, PaperColumn } from './paper';

/** One household on the list; names come masked. */
export interface ListedHousehold {
  readonly maskedName: string;
  readonly listReference: string | null;
  readonly peopleCount: number;
  readonly groups: {
    readonly elderlyCount: number;
    readonly childCount: number;
    readonly pregnantCount: number;
    readonly disabledCount: number;
    readonly sickCount: number;
  };
  readonly goods: readonly { readonly nameZh: string; readonly unit: string; readonly quantityBase: number }[];
  readonly maskedSigner: string | null;
  readonly signedFor: SignedFor | null;
  readonly repeatReason: string | null;
}

export interface ListFacts {
  /** The hand-out, or the site of an open list. */
  readonly id: string;
  readonly number: string;
  readonly site: string;
  readonly at: Date;
  /** null for an open list: nothing is handed out yet. */
  readonly recordedBy: string | null;
  readonly isReversed: boolean;
  readonly synthetic: boolean;
  readonly note: string | null;
  readonly goods: readonly { readonly nameZh: string; readonly unit: string; readonly quantityBase: number }[];
  /** People of a hand-out that has no list. */
  readonly peopleWithoutList: number | null;
  readonly households: readonly ListedHousehold[];
}

const SIGNATURE_POINTS = 26;
const SIGNED_FOR: Readonly<Record<SignedFor, string>> = {
  self: '本人',
  family: '家属',
  neighbour: '邻居',
  official: '村干部',
};

const COLUMNS: readonly PaperColumn[] = [
  { title: '序号', width: 6, align: 'center' },
  { title: '户主', width: 9 },
  { title: '人数', width: 6, align: 'center' },
  { title: '重点人群', width: 18 },
  { title: '发放物资', width: 27 },
  { title: '签领（签字或按印）', width: 20 },
  { title: '备注', width: 14 },
];
const GOODS_COLUMNS: readonly PaperColumn[] = [
  { title: '序号', width: 10, align: 'center' },
  { title: '发放物资', width: 50 },
  { title: '单位', width: 15, align: 'center' },
  { title: '数量', width: 25, align: 'right' },
];

/**
 * The list on which households sign for what they get. A hand-out without a list has its goods and its head count.
 * @throws DomainError SUPPLIES_PAPER_TOO_LONG
 */
export function handoutListOf(facts: ListFacts): Paper {
  assertPrintable(facts.households.length);
  const isWithoutList = facts.peopleWithoutList !== null;
  return {
    title: '救灾物资发放清单',
    titleEn: facts.recordedBy === null ? 'Hand-out list (open)' : 'Hand-out list',
    number: facts.number,
    stamp: facts.isReversed ? '已冲销 REVERSED' : null,
    synthetic: facts.synthetic,
    facts: factsOf(facts),
    columns: isWithoutList ? GOODS_COLUMNS : COLUMNS,
    rows: isWithoutList ? facts.goods.map(goodsRow) : facts.households.map(householdRow),
    rowHeight: isWithoutList ? undefined : SIGNATURE_POINTS,
    totals: totalsOf(facts),
    signers: ['发放人', '村（社区）经办人', '监督人', '日期'],
    code: facts.id,
    at: facts.at,
  };
}

function factsOf(facts: ListFacts): [string, string][] {
  const goods = facts.goods.map(goodsText).join('；');
  const all: [string, string | null][] = [
    ['发放点', facts.site],
    [facts.recordedBy === null ? '制表时间' : '发放时间', chinaTime(facts.at)],
    ['登记人', facts.recordedBy],
    ['物资', goods === '' ? null : goods],
    ['备注', facts.note],
  ];
  return all.flatMap(([label, value]) => (value === null ? [] : [[label, value]]));
}

function totalsOf({ households, peopleWithoutList }: ListFacts): string {
  if (peopleWithoutList !== null) return `合计：${peopleWithoutList} 人（无名单发放）`;
  const people = households.reduce((sum, { peopleCount }) => sum + peopleCount, 0);
  return `合计：${households.length} 户，${people} 人`;
}

const goodsText = ({ nameZh, unit, quantityBase }: ListFacts['goods'][number]): string =>
  `${nameZh} ${quantityBase.toLocaleString('en-US')} ${unit}`;

const goodsRow = (goods: ListFacts['goods'][number], index: number): string[] => [
  String(index + 1),
  goods.nameZh,
  goods.unit,
  goods.quantityBase.toLocaleString('en-US'),
];

function householdRow(household: ListedHousehold, index: number): string[] {
  const { maskedSigner, signedFor, listReference } = household;
  return [
    listReference ?? String(index + 1),
    household.maskedName,
    String(household.peopleCount),
    groupsText(household.groups),
    household.goods.map(goodsText).join('；'),
    maskedSigner === null || signedFor === null ? '' : `已签：${maskedSigner}（${SIGNED_FOR[signedFor]}）`,
    household.repeatReason === null ? '' : `再次发放：${household.repeatReason}`,
  ];
}

function groupsText(groups: ListedHousehold['groups']): string {
  const named: [string, number][] = [
    ['老', groups.elderlyCount],
    ['幼', groups.childCount],
    ['孕', groups.pregnantCount],
    ['残', groups.disabledCount],
    ['病', groups.sickCount],
  ];
  return named.flatMap(([name, count]) => (count > 0 ? `${name}${count}` : [])).join(' ');
}

import type { CellFault } from './cell';
import type { ImportField } from './import-kinds';
import type { QuantityFault } from './parse-quantity';

/** Every reason for which a row is not taken, in both languages, as the list of errors gives it back. */
export const ROW_FAULTS = {
  'required-missing': { zh: '此列不能为空', en: 'must not be empty' },
  'text-too-long': { zh: '文字过长', en: 'is too long a text' },
  'text-unstorable': { zh: '含有无法保存的字符', en: 'holds a character that cannot be stored' },
  'formula-without-result': { zh: '公式没有计算结果，请在表格中重新计算并保存', en: 'is a formula without a result' },
  'cell-error': { zh: '单元格为错误值', en: 'is an error value' },
  'merged-quantity': {
    zh: '合并单元格的数量无法分到各行',
    en: 'is merged over rows: nobody can tell whose quantity it is',
  },
  'merged-columns': { zh: '单元格跨列合并', en: 'is merged over columns' },
  'day-invalid': { zh: '不是有效的日期', en: 'is no day' },
  'day-in-future': { zh: '日期在今天之后', en: 'lies in the future' },
  'quantity-not-a-number': { zh: '不是数字', en: 'is no number' },
  'quantity-zero': { zh: '数量为零', en: 'is zero' },
  'quantity-negative': { zh: '数量为负', en: 'is negative' },
  'quantity-too-large': { zh: '数量过大', en: 'is too large' },
  'quantity-fraction': { zh: '换算后不是整数', en: 'is no whole number of base units' },
  'quantity-twice': { zh: '入库数量和出库数量同时填写', en: 'goods come in and go out in one row' },
  'unit-unknown': { zh: '单位与目录不符且没有包装换算', en: 'is neither the unit of the item nor one of its packs' },
  'depot-unknown': { zh: '没有这个仓库或无权操作', en: 'is no depot that you may act at' },
  'depot-ambiguous': { zh: '有多个同名仓库，请填写编码', en: 'is the name of several depots: write the code' },
  'depot-closed': { zh: '仓库已停用', en: 'is a depot that is closed' },
  'depot-full': { zh: '超过仓库的容量上限', en: 'is a depot that cannot hold these goods' },
  'item-unknown': { zh: '目录中没有这个物资编码', en: 'is no item of the catalogue' },
  'item-undecided': { zh: '物资名称尚未与目录对应', en: 'is not matched to an item of the catalogue yet' },
  'item-left-out': { zh: '已决定不导入此物资', en: 'was decided to be left out' },
  'movement-unknown': { zh: '无法识别的业务类型', en: 'is no kind of movement that can be brought in' },
  'movement-between-depots': {
    zh: '调拨请用调拨单办理，不能导入',
    en: 'is a transfer between depots: it takes a transfer order',
  },
  'origin-unknown': { zh: '无法识别的来源', en: 'is no origin of goods' },
  'expiry-required': { zh: '此物资必须填写有效期', en: 'is required for goods that age' },
  'expiry-before-production': { zh: '有效期早于生产日期', en: 'lies before the production date' },
  'production-in-future': { zh: '生产日期在入库之后', en: 'lies after the day on which the goods came in' },
  'lot-conflict': { zh: '同一批号的日期不一致', en: 'has other dates than the same batch elsewhere' },
  'lot-unknown': { zh: '该仓库没有这个批号', en: 'is no batch of this item in this depot' },
  'lot-ambiguous': {
    zh: '该仓库有多个批次，请填写批号',
    en: 'has several batches in this depot: write the batch number',
  },
  'lot-expired': { zh: '领用时已过有效期', en: 'was past its date on that day' },
  'lot-held': { zh: '该批次已被封存或召回', en: 'is of a batch that is held or recalled' },
  'quantity-exceeds-balance': { zh: '超过当时的结存数量', en: 'is more than the depot held then' },
  'return-exceeds-use': { zh: '归还数量超过领用数量', en: 'is more than was taken for use' },
  'region-invalid': { zh: '不是有效的区划代码或不在管辖范围', en: 'is no region code of yours' },
  'position-invalid': { zh: '经纬度无效', en: 'is no position' },
  'kind-unknown': { zh: '无法识别的仓库类型', en: 'is no kind of depot' },
  'number-invalid': { zh: '不是有效的数字', en: 'is no number that can be' },
  'shelter-places': { zh: '避难所必须填写可容纳人数，其他仓库不填', en: 'is required for shelters, and for them only' },
  'hours-invalid': { zh: '不是有效的小时数', en: 'is no number of hours' },
  'price-invalid': { zh: '不是有效的金额（元，最多两位小数）', en: 'is no amount of yuan with two decimals' },
  'phone-invalid': { zh: '不是有效的电话号码', en: 'is no telephone number' },
  'mode-not-imported': {
    zh: '企业代储和产能储备需绑定企业账号，请手工录入',
    en: 'needs the account of the enterprise: enter it by hand',
  },
  'mode-unknown': { zh: '无法识别的储备方式', en: 'is no mode of reserve' },
  'ends-before-begin': { zh: '终止日期早于起始日期', en: 'lies before the first day' },
  'code-invalid': { zh: '编码格式不正确', en: 'does not have the form of a code' },
  'code-taken': { zh: '此编码已属于另一个仓库', en: 'is the code of another depot' },
  'row-twice': { zh: '文件中重复', en: 'stands in the file twice' },
  'refused-by-ledger': { zh: '账簿拒绝过账', en: 'was refused by the ledger' },
} as const satisfies Record<string, { zh: string; en: string }> & Record<CellFault | QuantityFault, unknown>;

export type RowFaultCode = keyof typeof ROW_FAULTS;

/** One thing that is wrong with one row. */
export interface RowFault {
  readonly field: ImportField;
  readonly code: RowFaultCode;
  /** What stood there, cut off. */
  readonly value: string;
}

const MAX_VALUE_CHARACTERS = 40;

/** A value as a list of errors may repeat it: short, and without what a page or a log could stumble over. */
export const shownValue = (text: string): string => {
  const line = text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();
  return line.length > MAX_VALUE_CHARACTERS ? `${line.slice(0, MAX_VALUE_CHARACTERS - 1)}…` : line;
};

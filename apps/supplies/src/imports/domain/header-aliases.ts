import type { ImportField } from './import-kinds';
import { normalHeading } from './normal-text';

/**
 * What departments write above their columns. Collected from common forms of inbound, outbound and stock ledgers, and
 * grown by what people map by hand, which is remembered for each organisation besides.
 */
const ALIASES: Readonly<Record<ImportField, readonly string[]>> = {
  depot: [
    ...[
      '仓库',
      '仓库名称',
      '仓库编码',
      '仓库编号',
      '仓库代码',
      '所在仓库',
      '存放仓库',
      '储备库',
      '储备库名称',
      '库房',
      '库房名称',
    ],
    ...['库点', '库点名称', '储备点', '存放地点', '存放点', '存储地点', '储存地点', '物资库', '收货仓库', '发货仓库'],
    ...['depot', 'depot code', 'depot name', 'warehouse', 'warehouse code', 'warehouse name', 'store', 'location'],
  ],
  itemCode: [
    ...[
      '物资编码',
      '物资编号',
      '物资代码',
      '物品编码',
      '物品编号',
      '物料编码',
      '商品编码',
      '目录编码',
      '品目编码',
      '编码',
      '物资目录编码',
    ],
    ...['item code', 'code', 'item no', 'material code', 'catalogue code', 'sku'],
  ],
  itemName: [
    ...[
      '物资名称',
      '物品名称',
      '品名',
      '名称',
      '物资',
      '物品',
      '货品名称',
      '商品名称',
      '装备名称',
      '器材名称',
      '物料名称',
      '物资品名',
    ],
    ...['品名规格', '物资名称及规格', '物资品种', '品种', '本单位名称', '原名称', '我方名称'],
    ...['item', 'item name', 'name', 'product', 'product name', 'material', 'material name', 'goods', 'description'],
  ],
  quantity: [
    ...[
      '数量',
      '库存数量',
      '库存',
      '库存量',
      '结存数量',
      '结存',
      '账面数量',
      '账存数量',
      '实存数量',
      '实有数量',
      '现有数量',
      '期初数量',
    ],
    ...['期初库存', '储备数量', '出入库数量', '件数', '发生数量'],
    ...['quantity', 'qty', 'stock', 'on hand', 'balance', 'count', 'pieces', 'opening quantity'],
  ],
  quantityIn: [
    ...['入库数量', '收入数量', '收入', '入库量', '入库', '本期入库', '增加', '借方数量'],
    ...['quantity in', 'qty in', 'received', 'in'],
  ],
  quantityOut: [
    ...['出库数量', '发出数量', '发出', '出库量', '出库', '本期出库', '减少', '支出', '领用数量', '贷方数量'],
    ...['quantity out', 'qty out', 'issued', 'out'],
  ],
  unit: ['单位', '计量单位', '数量单位', '基本单位', 'unit', 'uom', 'unit of measure'],
  movement: [
    ...[
      '业务类型',
      '出入库类型',
      '出入库类别',
      '出入库方式',
      '收发类型',
      '收发类别',
      '单据类型',
      '操作类型',
      '变动类型',
      '类型',
      '类别',
    ],
    ...['事由', '用途', 'movement', 'movement type', 'transaction', 'transaction type', 'type', 'kind'],
  ],
  day: [
    ...[
      '日期',
      '业务日期',
      '出入库日期',
      '发生日期',
      '单据日期',
      '登记日期',
      '记账日期',
      '入库日期',
      '出库日期',
      '时间',
      '年月日',
      '出入库时间',
    ],
    ...['date', 'day', 'transaction date', 'movement date', 'posting date'],
  ],
  batchNumber: [
    '批号',
    '批次',
    '批次号',
    '生产批号',
    '产品批号',
    'batch',
    'batch number',
    'batch no',
    'lot',
    'lot number',
    'lot no',
  ],
  productionDate: [
    ...['生产日期', '出厂日期', '制造日期', '生产时间', '生产年月日'],
    ...['production date', 'manufacture date', 'manufacturing date', 'mfg date', 'produced'],
  ],
  expiryDate: [
    ...[
      '有效期',
      '有效期至',
      '有效期限',
      '有效日期',
      '到期日期',
      '到期日',
      '失效日期',
      '保质期至',
      '保质期限',
      '截止日期',
      '过期日期',
    ],
    ...['expiry date', 'expiry', 'expiration date', 'exp date', 'expires', 'use by', 'best before'],
  ],
  origin: ['来源', '物资来源', '来源方式', '取得方式', '购置方式', '入库来源', 'origin', 'source'],
  document: [
    ...['合同编号', '合同号', '协议编号', '协议号', 'contract', 'contract no', 'agreement no'],
    ...['单据号', '单据编号', '单号', '凭证号', '凭证编号', '票号', '入库单号', '出库单号', '出入库单号', '流水号'],
    ...['document', 'document no', 'document number', 'voucher', 'voucher no', 'reference', 'ref'],
  ],
  note: ['备注', '说明', '摘要', '附注', 'note', 'notes', 'remark', 'remarks', 'comment'],
  code: [
    '仓库编码',
    '仓库编号',
    '仓库代码',
    '编码',
    '编号',
    '代码',
    '库点编码',
    'depot code',
    'warehouse code',
    'code',
  ],
  nameZh: [
    ...['仓库名称', '名称', '中文名称', '库点名称', '储备库名称', '储备点名称', '仓库', '储备库', '库名'],
    ...['name', 'chinese name', 'depot name', 'warehouse name', 'name zh'],
  ],
  nameEn: ['英文名称', '英文名', 'english name', 'name en'],
  regionCode: [
    ...['行政区划代码', '区划代码', '行政区划编码', '统计用区划代码', '区划编码', '地区代码', '所在区划代码'],
    ...['region', 'region code', 'division code', 'administrative code'],
  ],
  depotKind: [
    '仓库类型',
    '库点类型',
    '仓库性质',
    '类型',
    '类别',
    'depot kind',
    'depot type',
    'warehouse type',
    'type',
    'kind',
  ],
  latitude: ['纬度', '北纬', 'latitude', 'lat'],
  longitude: ['经度', '东经', 'longitude', 'lon', 'lng', 'long'],
  counterparty: [
    ...[
      '供应商',
      '协议单位',
      '协议企业',
      '企业名称',
      '单位名称',
      '储备企业',
      '签约单位',
      '乙方',
      '供货单位',
      '供应商名称',
    ],
    ...['counterparty', 'supplier', 'company', 'enterprise'],
  ],
  mode: ['储备方式', '储备形式', '协议类型', '储备类型', 'mode', 'reserve mode'],
  responseHours: [
    '响应时间',
    '响应时限',
    '供货时限',
    '到货时限',
    '响应小时',
    '交货时间',
    'response hours',
    'response time',
  ],
  validFrom: [
    '签订日期',
    '签约日期',
    '起始日期',
    '开始日期',
    '生效日期',
    '协议起始',
    'valid from',
    'from',
    'start date',
  ],
  validTo: ['终止日期', '截止日期', '到期日期', '结束日期', '协议到期', '有效期至', 'valid to', 'to', 'end date'],
  serves: ['服务区域', '服务区域代码', '保障区域', '供应区域', 'serves', 'regions'],
  unitPrice: ['单价', '协议单价', '单价元', 'unit price', 'price'],
  contactName: ['联系人', '联系人姓名', '负责人', 'contact', 'contact name'],
  contactPhone: ['联系电话', '电话', '手机', '手机号', '联系方式', 'phone', 'contact phone', 'mobile'],
  capacityCubicMetres: ['库容', '容量', '仓容', '容积', '库容立方米', 'capacity', 'capacity m3', 'volume'],
  shelterPlaces: ['可容纳人数', '容纳人数', '安置人数', '床位数', 'places', 'shelter places', 'capacity people'],
  remote: ['偏远', '是否偏远', '偏远村', '高风险', 'remote', 'is remote'],
};

const NORMAL: ReadonlyMap<ImportField, ReadonlySet<string>> = new Map(
  Object.entries(ALIASES).map(([field, names]) => [field as ImportField, new Set(names.map(normalHeading))]),
);

/** Shortest alias that is looked for inside a longer heading: shorter ones stand in too many words. */
const SHORTEST_PART = 2;
const SHORTEST_LATIN_PART = 5;

/**
 * How well a heading fits a field: 1 when it is one of its names, a part of 1 when one of its names stands in it, 0
 * otherwise.
 * @param heading  in normal form
 */
export function fitOf(heading: string, field: ImportField): number {
  const names = NORMAL.get(field) ?? new Set();
  if (heading === '') return 0;
  if (names.has(heading)) return 1;
  const parts = [...names].filter((name) => isLongEnough(name) && heading.includes(name));
  return Math.max(0, ...parts.map((name) => 0.9 * (name.length / heading.length)));
}

const isLongEnough = (name: string): boolean =>
  name.length >= (/^[a-z ]+$/.test(name) ? SHORTEST_LATIN_PART : SHORTEST_PART);

/** The headings by which a field is known. */
export const headingsOf = (field: ImportField): readonly string[] => ALIASES[field];

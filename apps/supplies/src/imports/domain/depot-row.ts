import { isRegionCode, regionCovers, tierOf, type RegionTier } from '@ledger/contracts';
import type { DepotKind } from '../../depots/domain/depot-entry';
import type { FieldCells } from './mapping';
import { normalText } from './normal-text';
import { RowReader } from './read-fields';
import type { RowFault } from './row-faults';

/** A depot that a row asks for. */
export interface DepotSheetRow {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly regionCode: string;
  readonly tier: RegionTier;
  readonly kind: DepotKind;
  readonly latitude: number;
  readonly longitude: number;
  readonly remote: boolean;
  readonly capacityCubicCentimetres: number | null;
  /** Of shelters, and of them only. */
  readonly shelterPlaces: number | null;
}

const CODE = /^[A-Z0-9][A-Z0-9-]{1,29}$/;
const MAX_CHARACTERS = 100;

const KIND_WORDS: Readonly<Record<DepotKind, readonly string[]>> = {
  warehouse: ['仓库', '储备库', '库房', '中心库', '物资库', '县级库', '市级库', '省级库', 'warehouse', 'depot'],
  point: ['储备点', '物资点', '村级点', '乡镇点', '站点', '存放点', '点', 'point'],
  'enterprise-store': ['企业代储', '企业代储点', '代储点', '代储', '企业仓库', 'enterprise store', 'enterprise'],
  leased: ['租赁', '租用', '租赁仓库', 'leased'],
  'co-built': ['共建', '共建仓库', '合建', 'co-built'],
  shelter: ['避难所', '应急避难场所', '安置点', '避难场所', 'shelter'],
};
const KINDS = new Map(
  (Object.entries(KIND_WORDS) as [DepotKind, readonly string[]][]).flatMap(([kind, words]) =>
    words.map((word) => [normalText(word), kind] as const),
  ),
);
const YES = new Set(['是', '有', 'y', 'yes', 'true', '1', '√', '✓'].map((word) => word.toLowerCase()));

/**
 * Turns a row of a sheet of depots into a depot.
 * @param scope  the region within which depots may be brought in
 */
export function readDepotRow(
  cells: FieldCells,
  scope: string,
  since1904: boolean,
): DepotSheetRow | readonly RowFault[] {
  const reader = new RowReader(cells, since1904);
  const code = reader.requiredText('code', MAX_CHARACTERS).normalize('NFKC').toUpperCase();
  if (code !== '' && !CODE.test(code)) reader.refuse('code', 'code-invalid');
  const nameZh = reader.requiredText('nameZh', MAX_CHARACTERS);
  const nameEn = reader.text('nameEn', MAX_CHARACTERS) || nameZh;
  const regionCode = readRegion(reader, scope);
  const kind = readKind(reader);
  const latitude = readDegrees(reader, 'latitude', 90);
  const longitude = readDegrees(reader, 'longitude', 180);
  const tier = tierOf(regionCode);
  const cubicMetres = readNumber(reader, 'capacityCubicMetres', { most: 1_000_000, decimals: 3 });
  const shelterPlaces = readNumber(reader, 'shelterPlaces', { most: 1_000_000, decimals: 0 });
  if (kind && (kind === 'shelter') !== (shelterPlaces !== null)) reader.refuse('shelterPlaces', 'shelter-places');
  if (reader.faults.length > 0 || !tier || !kind || latitude === undefined || longitude === undefined) {
    return reader.faults;
  }
  const remote = YES.has(reader.text('remote', MAX_CHARACTERS).toLowerCase());
  return {
    ...{ code, nameZh, nameEn, regionCode, tier, kind, latitude, longitude, remote, shelterPlaces },
    capacityCubicCentimetres: cubicMetres === null ? null : Math.round(cubicMetres * 1_000_000),
  };
}

function readRegion(reader: RowReader, scope: string): string {
  const text = reader.requiredText('regionCode', MAX_CHARACTERS).normalize('NFKC');
  // The long form of the statistics office fills up with zeros: 140930000000 is the county 140930.
  const region = text.length === 12 ? shortForm(text) : text;
  if (text !== '' && !(isRegionCode(region) && regionCovers(scope, region)))
    reader.refuse('regionCode', 'region-invalid');
  return region;
}

function shortForm(code: string): string {
  const lengths = [2, 4, 6, 9];
  return code.slice(0, lengths.find((length) => /^0+$/.test(code.slice(length))) ?? 12);
}

function readKind(reader: RowReader): DepotKind | undefined {
  const text = reader.text('depotKind', MAX_CHARACTERS);
  if (text === '') return 'warehouse';
  const kind = KINDS.get(normalText(text));
  if (!kind) reader.refuse('depotKind', 'kind-unknown');
  return kind;
}

function readDegrees(reader: RowReader, field: 'latitude' | 'longitude', most: number): number | undefined {
  const before = reader.faults.length;
  const text = reader
    .requiredText(field, MAX_CHARACTERS)
    .normalize('NFKC')
    .replace(/[°度]$/, '');
  if (reader.faults.length > before) return undefined;
  const degrees = /^-?\d{1,3}(\.\d{1,12})?$/.test(text) ? Number(text) : NaN;
  if (Math.abs(degrees) <= most) return degrees;
  return void reader.refuse(field, 'position-invalid');
}

function readNumber(
  reader: RowReader,
  field: 'capacityCubicMetres' | 'shelterPlaces',
  { most, decimals }: { readonly most: number; readonly decimals: number },
): number | null {
  const text = reader.text(field, MAX_CHARACTERS).normalize('NFKC').replaceAll(',', '');
  if (text === '') return null;
  const [, fraction = ''] = /^\d{1,9}(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  const number = /^\d{1,9}(\.\d{1,9})?$/.test(text) && fraction.length <= decimals ? Number(text) : NaN;
  if (number > 0 && number <= most) return number;
  reader.refuse(field, 'number-invalid');
  return null;
}

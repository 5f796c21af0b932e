import { readDepotRow, type DepotSheetRow } from './depot-row';
import type { FieldCells } from './mapping';
import type { RowFault } from './row-faults';

const ROW: FieldCells = {
  code: 'd140930-2',
  nameZh: '沙坪乡储备点',
  regionCode: '140930201',
  depotKind: '储备点',
  latitude: 39.21,
  longitude: '111.5',
  remote: '是',
};
const read = (overrides: FieldCells = {}) => readDepotRow({ ...ROW, ...overrides }, '140930', false);
const faults = (row: DepotSheetRow | readonly RowFault[]): string[] =>
  Array.isArray(row) ? (row as readonly RowFault[]).map(({ field, code }) => `${field} ${code}`) : [];

it('a depot has the tier of its region', () => {
  expect(read()).toEqual({
    code: 'D140930-2',
    nameZh: '沙坪乡储备点',
    nameEn: '沙坪乡储备点',
    regionCode: '140930201',
    tier: 'township',
    kind: 'point',
    latitude: 39.21,
    longitude: 111.5,
    remote: true,
    capacityCubicCentimetres: null,
    shelterPlaces: null,
  });
});

it.each([
  ['140930000000', '140930', 'county'],
  ['140930201000', '140930201', 'township'],
  ['140930201203', '140930201203', 'village'],
  ['１４０９３０', '140930', 'county'],
  [140930, '140930', 'county'],
])('the region %s is %s, a %s', (written, regionCode, tier) => {
  expect(read({ regionCode: written })).toMatchObject({ regionCode, tier });
});

it.each<[string, FieldCells, string]>([
  ['a region of others', { regionCode: '140931' }, 'regionCode region-invalid'],
  ['the province above', { regionCode: '140000000000' }, 'regionCode region-invalid'],
  ['no region', { regionCode: '河曲县' }, 'regionCode region-invalid'],
  ['a latitude beyond the pole', { latitude: 91 }, 'latitude position-invalid'],
  ['a longitude in words', { longitude: '东经111度' }, 'longitude position-invalid'],
  ['a code that is none', { code: '河曲一库' }, 'code code-invalid'],
  ['another kind of house', { depotKind: '办公楼' }, 'depotKind kind-unknown'],
  ['no name', { nameZh: '' }, 'nameZh required-missing'],
  ['a capacity in words', { capacityCubicMetres: '很大' }, 'capacityCubicMetres number-invalid'],
  ['a shelter without places', { depotKind: '避难所' }, 'shelterPlaces shelter-places'],
  ['places in a store', { shelterPlaces: 50 }, 'shelterPlaces shelter-places'],
])('%s is refused', (_what, overrides, fault) => {
  expect(faults(read(overrides))).toEqual([fault]);
});

it('capacity is counted in cubic centimetres, and a shelter has places', () => {
  expect(read({ capacityCubicMetres: '1,200.5' })).toMatchObject({ capacityCubicCentimetres: 1_200_500_000 });
  expect(read({ depotKind: '应急避难场所', shelterPlaces: 300 })).toMatchObject({
    kind: 'shelter',
    shelterPlaces: 300,
  });
});

import { tierOf, type RegionTier } from '@ledger/contracts';
import { tableOf, type Table } from './csv';
import { englishName } from './english-names';
import { organisationId } from './organisations';
import { HEQU, placeOf, type Place } from './places';
import type { Reference } from './reference';
import { REMOTE_FROM_KM, villagesWithPoint } from './remoteness';
import { stableId } from './stable-id';

export interface Depot {
  /** `D` and the region code: one depot or point per region. */
  readonly code: string;
  readonly place: Place;
  readonly tier: RegionTier;
  readonly organisationCode: string;
  readonly remote: boolean;
}

const VILLAGE_POINTS = 30;
/** City and county depots; the first county is the one the demonstration is about, the others are its neighbours. */
const WAREHOUSE_REGIONS = ['1409', HEQU, '140931', '140932', '610822', '150622'];

/**
 * The depots of the city and the counties, a point in each township of Hequ, and points in its most remote villages.
 * Village points belong to their township's government.
 */
export function planDepots(reference: Reference, places: ReadonlyMap<string, Place>): Depot[] {
  const townships = reference.regions.filter((region) => region.parentCode === HEQU);
  const villages = villagesWithPoint(reference, places, VILLAGE_POINTS);
  const depot = (regionCode: string, organisationCode: string, remote = false): Depot => ({
    code: depotCode(regionCode),
    place: placeOf(places, regionCode),
    tier: tierOf(regionCode) ?? 'village',
    organisationCode,
    remote,
  });
  return [
    ...WAREHOUSE_REGIONS.map((region) => depot(region, `${region}-emergency`)),
    ...townships.map((township) => depot(township.code, `${township.code}-government`)),
    ...villages.map(({ village, remotenessKm }) =>
      depot(village.code, `${village.parentCode}-government`, remotenessKm >= REMOTE_FROM_KM),
    ),
  ];
}

export const depotCode = (regionCode: string): string => `D${regionCode}`;

export function depotTable(depots: readonly Depot[]): Table {
  return tableOf(
    'supplies/depots.csv',
    [
      'id',
      'code',
      'name_zh',
      'name_en',
      'region_code',
      'tier',
      'kind',
      'organisation_id',
      'latitude',
      'longitude',
      'position_basis',
      'remote',
      'synthetic',
    ],
    depots.map(depotRow),
  );
}

function depotRow({ code, place, tier, organisationCode, remote }: Depot) {
  const warehouse = tier === 'city' || tier === 'county';
  return {
    id: stableId('depot', code),
    code,
    name_zh: `${place.region.shortName}应急物资${warehouse ? '储备库' : '储备点'}（演示）`,
    name_en: `${englishName(place.region.code)} emergency ${warehouse ? 'depot' : 'reserve point'} (demonstration)`,
    region_code: place.region.code,
    tier,
    kind: warehouse ? 'warehouse' : 'point',
    organisation_id: organisationId(organisationCode),
    latitude: place.latitude,
    longitude: place.longitude,
    position_basis: place.basis,
    remote: remote ? 'y' : 'n',
    synthetic: 'y',
  };
}

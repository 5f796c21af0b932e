import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegionTier } from '@ledger/contracts';
import { fromCsv } from './csv';

export interface Region {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly tier: RegionTier;
  readonly parentCode: string;
  /** The unit's own kind as published: 镇, 乡, 村委会, 居委会(社区) and so on. */
  readonly kind: string;
}

/** Position of a county's seat town, WGS 84 degrees. */
export interface Seat {
  readonly countyCode: string;
  readonly latitude: number;
  readonly longitude: number;
  /** sourced: read in GeoNames; estimate: rounded general knowledge. */
  readonly basis: 'sourced' | 'estimate';
}

export interface CatalogueItem {
  readonly code: string;
  readonly category: string;
  readonly rotationRule: string;
  /** Months from production to the printed end, for goods that expire; undefined for goods that do not. */
  readonly expiresAfterMonths: number | undefined;
  /** Months of reserve life, for the draw of plausible production dates. */
  readonly reserveLifeMonths: number;
}

export interface TeamType {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export interface Reference {
  readonly regions: readonly Region[];
  readonly seats: readonly Seat[];
  readonly catalogue: readonly CatalogueItem[];
  readonly teamTypes: readonly TeamType[];
  readonly transportTypeCodes: readonly string[];
}

/** Used where the catalogue names no life, as for fuels. */
const DEFAULT_RESERVE_LIFE_MONTHS = 60;

/** Reads the reference files below the seeds folder; throws when one is missing or malformed. */
export function readReference(seedsFolder: string): Reference {
  const rowsOf = (path: string) => fromCsv(readFileSync(join(seedsFolder, path), 'utf8'));
  return {
    regions: rowsOf('reference/regions.csv').map(toRegion),
    seats: rowsOf('reference/region-seats.csv')
      .filter((row) => row.basis !== 'missing')
      .map(toSeat),
    catalogue: rowsOf('supplies/catalogue.csv').map(toItem),
    teamTypes: rowsOf('teams/team-types.csv').map(toTeamType),
    transportTypeCodes: rowsOf('transport/transport-types.csv').map((row) => row.code),
  };
}

type Row = Record<string, string>;

const toRegion = (row: Row): Region => ({
  code: row.code,
  name: row.name,
  shortName: row.short_name,
  tier: row.tier as RegionTier,
  parentCode: row.parent_code,
  kind: row.kind,
});

const toSeat = (row: Row): Seat => ({
  countyCode: row.county_code,
  latitude: Number(row.lat_wgs84),
  longitude: Number(row.lon_wgs84),
  basis: row.basis as Seat['basis'],
});

const toTeamType = (row: Row): TeamType => ({ code: row.code, nameZh: row.name_zh, nameEn: row.name_en });

function toItem(row: Row): CatalogueItem {
  const months = row.shelf_life_months === '' ? undefined : Number(row.shelf_life_months);
  return {
    code: row.code,
    category: row.category,
    rotationRule: row.rotation_rule,
    expiresAfterMonths: row.perishable === 'y' ? months : undefined,
    reserveLifeMonths: months ?? DEFAULT_RESERVE_LIFE_MONTHS,
  };
}

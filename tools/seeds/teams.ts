import { tableOf, type Table } from './csv';
import type { Depot } from './depots';
import { englishName } from './english-names';
import { organisationId } from './organisations';
import { placeOf, pointNear, type Place } from './places';
import { randomFor } from './random';
import type { Reference, TeamType } from './reference';
import { stableId } from './stable-id';
import { TEAM_LINES, TOWNSHIP_TEAM, VILLAGE_TEAM, VILLAGE_TEAMS, type TeamLine } from './team-plan';

export interface Team {
  /** `T-<kind>-<region>`: no region has two teams of one kind. */
  readonly code: string;
  readonly type: TeamType;
  readonly place: Place;
  readonly organisationCode: string;
  /** People, integer > 0. */
  readonly strength: number;
}

const WITHIN_KM = 1.5;
const READINESS_NOTES = [
  '24小时值班，接令后15分钟出动',
  '24小时值班，接令后30分钟出动',
  '日间值班，夜间电话召集',
  '接令后2小时集结',
  '部分装备年检中，可出动',
];

/** The listed teams, a vanguard team for every township point, and first responders in the most remote villages. */
export function planTeams(reference: Reference, places: ReadonlyMap<string, Place>, depots: readonly Depot[]): Team[] {
  const typeByCode = new Map(reference.teamTypes.map((type) => [type.code, type]));
  return [...TEAM_LINES, ...grassRootsLines(depots)].map(([typeCode, regionCode, organisationCode, strength]) => {
    const type = typeByCode.get(typeCode);
    if (!type) throw new Error(`unknown kind of team ${typeCode}`);
    return {
      code: `T-${typeCode}-${regionCode}`,
      type,
      place: placeOf(places, regionCode),
      organisationCode,
      strength,
    };
  });
}

export function teamTable(teams: readonly Team[]): Table {
  return tableOf(
    'teams/teams.csv',
    [
      'id',
      'code',
      'name_zh',
      'name_en',
      'type_code',
      'region_code',
      'organisation_id',
      'latitude',
      'longitude',
      'position_basis',
      'strength',
      'readiness_note',
      'synthetic',
    ],
    teams.map(teamRow),
  );
}

function grassRootsLines(depots: readonly Depot[]): TeamLine[] {
  const lineAt = ({ place, organisationCode }: Depot, kind: typeof VILLAGE_TEAM): TeamLine => {
    const random = randomFor(`team/${kind.typeCode}/${place.region.code}`);
    const strength = random.integer(kind.strength.low, kind.strength.high);
    return [kind.typeCode, place.region.code, organisationCode, strength];
  };
  const townships = depots.filter((depot) => depot.tier === 'township');
  const villages = depots.filter((depot) => depot.tier === 'village').slice(0, VILLAGE_TEAMS);
  return [
    ...townships.map((depot) => lineAt(depot, TOWNSHIP_TEAM)),
    ...villages.map((depot) => lineAt(depot, VILLAGE_TEAM)),
  ];
}

function teamRow({ code, type, place, organisationCode, strength }: Team) {
  const random = randomFor(`team/${code}`);
  return {
    id: stableId('team', code),
    code,
    name_zh: `${place.region.shortName}${type.nameZh.replace(/\(.*\)/, '')}（演示）`,
    name_en: `${englishName(place.region.code)} ${type.nameEn} (demonstration)`,
    type_code: type.code,
    region_code: place.region.code,
    organisation_id: organisationId(organisationCode),
    ...pointNear(place, WITHIN_KM, random),
    position_basis: 'synthetic',
    strength,
    readiness_note: `${random.pick(READINESS_NOTES)}（演示）`,
    synthetic: 'y',
  };
}

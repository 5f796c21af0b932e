import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { DEPOT_COLUMNS } from '../catalogue/catalogue.queries';
import { DEPOT_USE } from '../catalogue/depots.repository';
import type { DepotResponse, ReserveStandardResponse } from '../catalogue/dto/depot.dto';
import { mayActAt, regionPattern, type Place } from '../scope';
import { excessOver, percentUsed } from './domain/capacity';
import type { CapacityRule, DepotOwnerKind } from './domain/depot-entry';
import { maskedPhone } from './domain/keeper';
import type { DepotEntryResponse, DepotWarning, ShelterResponse } from './dto/depot-entry.dto';
import type { KeeperResponse, KeepersResponse } from './dto/keeper.dto';
import type { PeopleReportResponse, PeopleReportsResponse } from './dto/people.dto';

interface EntryRow extends DepotResponse {
  readonly version: number;
  readonly stateReason: string | null;
  readonly openingHours: string | null;
  readonly ownerName: string | null;
  readonly ownerKind: DepotOwnerKind | null;
  readonly capacityRule: CapacityRule;
  readonly capacityVolume: string | null;
  readonly capacityGrams: string | null;
  readonly shelterPlaces: number | null;
  readonly needReason: string | null;
  readonly needSource: string | null;
  readonly needSince: string | null;
  readonly used_volume: string;
  readonly used_grams: string;
  readonly holdsGoods: boolean;
  readonly peoplePresent: number | null;
  readonly priorityPeople: number | null;
  readonly countedAt: Date | null;
}

const TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`;

const ENTRY = `
  SELECT ${DEPOT_COLUMNS}, version, state_reason AS "stateReason", opening_hours AS "openingHours",
         owner_name AS "ownerName", owner_kind AS "ownerKind", capacity_rule AS "capacityRule",
         capacity_cubic_centimetres AS "capacityVolume", capacity_grams AS "capacityGrams",
         shelter_places AS "shelterPlaces", pre_positioning_reason AS "needReason",
         pre_positioning_source AS "needSource", pre_positioning_since::text AS "needSince", used.*,
         EXISTS (SELECT 1 FROM balances WHERE depot_id = $1 AND quantity_base > 0) AS "holdsGoods",
         people.people_present AS "peoplePresent", people.priority_people AS "priorityPeople",
         people.counted_at AS "countedAt"
  FROM depots CROSS JOIN LATERAL (${DEPOT_USE}) AS used LEFT JOIN LATERAL (
    SELECT people_present, priority_people, counted_at FROM depot_people_reports
    WHERE depot_id = $1 ORDER BY counted_at DESC, recorded_at DESC, id DESC LIMIT 1) AS people ON true
  WHERE id = $1 AND region_code LIKE $2`;

const KEEPERS = `
  SELECT id, user_id AS "userId", name, phone, valid_from::text AS "validFrom", valid_to::text AS "validTo",
         count(*) OVER () AS total
  FROM depot_keepers WHERE depot_id = $1`;

/** Reads of the entries of depots. */
@Injectable()
export class DepotEntriesQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, also for a depot outside the caller's region */
  async depot(caller: Caller, id: string): Promise<DepotEntryResponse> {
    const [row] = await this.database.query<EntryRow>(ENTRY, [id, regionPattern(caller.regionCode)]);
    if (!row) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    const keepers = await this.database.query<KeeperResponse & { total: string }>(
      `${KEEPERS} AND valid_from <= ${TODAY} AND coalesce(valid_to, ${TODAY}) >= ${TODAY}
       ORDER BY valid_from, id LIMIT 50`,
      [row.id],
    );
    const shown = keepers.map((keeper) => keeperOf(caller, row, keeper));
    return { ...answerOf(row), keepers: shown, warnings: warningsOf(row, shown), ...(await this.standards(row.id)) };
  }

  /** Everybody who ever kept the depot, the latest first. @throws DomainError SUPPLIES_DEPOT_NOT_FOUND */
  async keepers(caller: Caller, id: string, page: PageQuery): Promise<KeepersResponse> {
    const depot = await this.place(caller, id);
    const rows = await this.database.query<KeeperResponse & { total: string }>(
      `${KEEPERS} ORDER BY valid_from DESC, id LIMIT $2 OFFSET $3`,
      [id, page.limit, page.offset],
    );
    return { items: rows.map((row) => keeperOf(caller, depot, row)), total: totalOf(rows) };
  }

  /** Counts of people, the latest first. @throws DomainError SUPPLIES_DEPOT_NOT_FOUND */
  async peopleReports(caller: Caller, id: string, page: PageQuery): Promise<PeopleReportsResponse> {
    await this.place(caller, id);
    const rows = await this.database.query<
      Omit<PeopleReportResponse, 'countedAt'> & { countedAt: Date; total: string }
    >(
      `SELECT id, people_present AS "peoplePresent", priority_people AS "priorityPeople", counted_at AS "countedAt",
              reported_by AS "reportedBy", note, count(*) OVER () AS total
       FROM depot_people_reports WHERE depot_id = $1
       ORDER BY counted_at DESC, recorded_at DESC, id DESC LIMIT $2 OFFSET $3`,
      [id, page.limit, page.offset],
    );
    const items = rows.map(({ total: _total, countedAt, ...report }) => ({
      ...report,
      countedAt: countedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, also for a depot outside the caller's region */
  async place(caller: Caller, id: string): Promise<Place> {
    const [depot] = await this.database.query<Place>(
      `SELECT region_code AS "regionCode", organisation_id AS "organisationId" FROM depots
       WHERE id = $1 AND region_code LIKE $2`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!depot) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    return depot;
  }

  private async standards(depotId: string): Promise<{ reserveStandards: ReserveStandardResponse[] }> {
    const rows = await this.database.query<{ itemCode: string; floor: string; basis: string; validFrom: string }>(
      `SELECT DISTINCT ON (item_code) item_code AS "itemCode", floor_base AS floor, basis, valid_from::text AS "validFrom"
       FROM reserve_standards WHERE depot_id = $1 AND valid_from <= ${TODAY} ORDER BY item_code, valid_from DESC`,
      [depotId],
    );
    return { reserveStandards: rows.map(({ floor, ...row }) => ({ ...row, floorBase: safeInteger(floor) })) };
  }
}

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);
const orNull = (value: string | null): number | null => (value === null ? null : safeInteger(value));

const capacityOf = (row: EntryRow) => ({
  cubicCentimetres: orNull(row.capacityVolume),
  grams: orNull(row.capacityGrams),
});
const useOf = (row: EntryRow) => ({
  cubicCentimetres: safeInteger(row.used_volume),
  grams: safeInteger(row.used_grams),
});

/** People who may act in the depot call its keepers; others see that there is somebody. */
function keeperOf(caller: Caller, depot: Place, row: KeeperResponse): KeeperResponse {
  return {
    id: row.id,
    userId: row.userId,
    name: row.name,
    phone: mayActAt(caller, depot) ? row.phone : maskedPhone(row.phone),
    validFrom: row.validFrom,
    validTo: row.validTo,
  };
}

function warningsOf(row: EntryRow, keepers: readonly KeeperResponse[]): DepotWarning[] {
  const warnings: DepotWarning[] = [...excessOver(capacityOf(row), useOf(row))];
  if (row.state === 'closed' && row.holdsGoods) warnings.push('goods-in-closed-depot');
  if (row.shelterPlaces !== null && (row.peoplePresent ?? 0) > row.shelterPlaces) warnings.push('shelter-overcrowded');
  if (row.state !== 'closed' && keepers.length === 0) warnings.push('no-keeper');
  return warnings;
}

function shelterOf(row: EntryRow): ShelterResponse | null {
  if (row.shelterPlaces === null) return null;
  return {
    places: row.shelterPlaces,
    peoplePresent: row.peoplePresent,
    priorityPeople: row.priorityPeople,
    countedAt: row.countedAt?.toISOString() ?? null,
    freePlaces: row.peoplePresent === null ? null : Math.max(0, row.shelterPlaces - row.peoplePresent),
    site: {
      siteId: row.id,
      name: row.nameZh,
      regionCode: row.regionCode,
      latitude: row.latitude,
      longitude: row.longitude,
    },
  };
}

function answerOf(row: EntryRow): Omit<DepotEntryResponse, 'keepers' | 'warnings' | 'reserveStandards'> {
  const { cubicCentimetres: capacityCubicCentimetres, grams: capacityGrams } = capacityOf(row);
  const { cubicCentimetres: usedCubicCentimetres, grams: usedGrams } = useOf(row);
  return {
    id: row.id,
    code: row.code,
    nameZh: row.nameZh,
    nameEn: row.nameEn,
    regionCode: row.regionCode,
    tier: row.tier,
    kind: row.kind,
    organisationId: row.organisationId,
    latitude: row.latitude,
    longitude: row.longitude,
    positionBasis: row.positionBasis,
    remote: row.remote,
    synthetic: row.synthetic,
    state: row.state,
    prePositioningNeed: row.prePositioningNeed,
    version: row.version,
    stateReason: row.stateReason,
    openingHours: row.openingHours,
    owner: row.ownerName === null || row.ownerKind === null ? null : { name: row.ownerName, kind: row.ownerKind },
    capacity: {
      rule: row.capacityRule,
      capacityCubicCentimetres,
      usedCubicCentimetres,
      volumePercent: percentUsed(usedCubicCentimetres, capacityCubicCentimetres),
      capacityGrams,
      usedGrams,
      weightPercent: percentUsed(usedGrams, capacityGrams),
    },
    shelter: shelterOf(row),
    prePositioning: {
      need: row.prePositioningNeed,
      reason: row.needReason,
      source: row.needSource,
      since: row.needSince,
    },
  };
}

import { Injectable } from '@nestjs/common';
import { DepotRegistered, DomainError, type Caller, type RegionTier } from '@ledger/contracts';
import { Outbox, newId, safeInteger, type Cause, type Tx } from '@ledger/platform';
import { mayActAt } from '../scope';
import type { Recorder } from '../stock/domain/recorder';
import type { DepotFacts } from './domain/check-depot';
import type { OpeningState } from './domain/depot-entry';

/** The whole entry of a depot. */
export interface DepotEntry extends DepotFacts {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly organisationId: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly remote: boolean;
  readonly state: OpeningState;
  readonly stateReason: string | null;
  readonly openingHours: string | null;
  readonly prePositioningReason: string | null;
  readonly prePositioningSource: string | null;
  readonly prePositioningSince: string | null;
  readonly version: number;
}

type EntryRow = Omit<DepotEntry, 'capacityCubicCentimetres' | 'capacityGrams'> & {
  readonly capacityCubicCentimetres: string | null;
  readonly capacityGrams: string | null;
};

export interface StateChange {
  readonly to: OpeningState;
  readonly reason: string;
  readonly by: Recorder;
}

const COLUMNS = `
  id, code, name_zh AS "nameZh", name_en AS "nameEn", region_code AS "regionCode", tier, kind,
  organisation_id AS "organisationId", owner_name AS "ownerName", owner_kind AS "ownerKind", latitude, longitude,
  position_basis AS "positionBasis", remote, synthetic, capacity_rule AS "capacityRule",
  capacity_cubic_centimetres AS "capacityCubicCentimetres", capacity_grams AS "capacityGrams", state,
  state_reason AS "stateReason", opening_hours AS "openingHours", shelter_places AS "shelterPlaces",
  pre_positioning_reason AS "prePositioningReason", pre_positioning_source AS "prePositioningSource",
  pre_positioning_since::text AS "prePositioningSince", version`;

const orNull = (value: string | null): number | null => (value === null ? null : safeInteger(value));

export const entryOf = (row: EntryRow): DepotEntry => ({
  ...row,
  capacityCubicCentimetres: orNull(row.capacityCubicCentimetres),
  capacityGrams: orNull(row.capacityGrams),
});

/** Writes the entries of depots, and tells the other services of every change. */
@Injectable()
export class DepotEntriesRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Locks the entry of a depot. It waits for the work in hand there, and work that comes later waits for the change.
   * @throws DomainError SUPPLIES_DEPOT_NOT_FOUND for one that does not exist or is out of the caller's reach
   */
  async lockFor(tx: Tx, caller: Caller, depotId: string): Promise<DepotEntry> {
    const [row] = await tx.query<EntryRow>(`SELECT ${COLUMNS} FROM depots WHERE id = $1 FOR UPDATE`, [depotId]);
    if (!row || !mayActAt(caller, row)) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    return entryOf(row);
  }

  /** @throws DomainError SUPPLIES_DEPOT_CODE_TAKEN */
  async insert(tx: Tx, entry: DepotEntry, cause: Cause): Promise<void> {
    const inserted = await tx.execute(
      `INSERT INTO depots (id, name_zh, name_en, kind, organisation_id, owner_name, owner_kind, latitude, longitude,
                           position_basis, remote, capacity_rule, capacity_cubic_centimetres, capacity_grams,
                           opening_hours, shelter_places, pre_positioning_reason, pre_positioning_source,
                           pre_positioning_since, pre_positioning_need, code, region_code, tier, synthetic)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
               $24)
       ON CONFLICT (code) DO NOTHING`,
      [...amendable(entry), entry.code, entry.regionCode, entry.tier, entry.synthetic],
    );
    if (inserted === 0) throw new DomainError('SUPPLIES_DEPOT_CODE_TAKEN', { facts: { code: entry.code } });
    await this.announce(tx, entry, cause);
  }

  /** @throws DomainError SUPPLIES_VERSION_STALE when the entry is no longer the version that was changed */
  async amend(tx: Tx, entry: DepotEntry, cause: Cause): Promise<void> {
    const changed = await tx.execute(
      `UPDATE depots SET name_zh = $2, name_en = $3, kind = $4, organisation_id = $5, owner_name = $6, owner_kind = $7,
         latitude = $8, longitude = $9, position_basis = $10, remote = $11, capacity_rule = $12,
         capacity_cubic_centimetres = $13, capacity_grams = $14, opening_hours = $15, shelter_places = $16,
         pre_positioning_reason = $17, pre_positioning_source = $18, pre_positioning_since = $19,
         pre_positioning_need = $20, version = version + 1
       WHERE id = $1 AND version = $21`,
      [...amendable(entry), entry.version],
    );
    if (changed === 0) throw new DomainError('SUPPLIES_VERSION_STALE');
    await this.announce(tx, entry, cause);
  }

  /** @throws DomainError SUPPLIES_VERSION_STALE when the entry is no longer the version that was changed */
  async changeState(tx: Tx, entry: DepotEntry, change: StateChange, cause: Cause): Promise<void> {
    const changed = await tx.execute(
      `UPDATE depots SET state = $2, state_reason = $3, version = version + 1 WHERE id = $1 AND version = $4`,
      [entry.id, change.to, change.reason, entry.version],
    );
    if (changed === 0) throw new DomainError('SUPPLIES_VERSION_STALE');
    await tx.execute(
      `INSERT INTO depot_state_changes (id, depot_id, from_state, to_state, reason, changed_by, changed_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), entry.id, entry.state, change.to, change.reason, change.by.name, change.by.userId],
    );
    await this.announce(tx, { ...entry, state: change.to }, cause);
  }

  private async announce(tx: Tx, entry: DepotEntry, cause: Cause): Promise<void> {
    await this.outbox.add(tx, DepotRegistered, eventOf(entry), cause);
  }
}

/** Parameters 1 to 20 of the statements above: the id, and what a change may touch. */
const amendable = (entry: DepotEntry): unknown[] => [
  entry.id,
  entry.nameZh,
  entry.nameEn,
  entry.kind,
  entry.organisationId,
  entry.ownerName,
  entry.ownerKind,
  entry.latitude,
  entry.longitude,
  entry.positionBasis,
  entry.remote,
  entry.capacityRule,
  entry.capacityCubicCentimetres,
  entry.capacityGrams,
  entry.openingHours,
  entry.shelterPlaces,
  entry.prePositioningReason,
  entry.prePositioningSource,
  entry.prePositioningSince,
  entry.prePositioningReason !== null,
];

const eventOf = (entry: DepotEntry): DepotRegistered => ({
  depotId: entry.id,
  code: entry.code,
  nameZh: entry.nameZh,
  nameEn: entry.nameEn,
  regionCode: entry.regionCode,
  organisationId: entry.organisationId,
  tier: entry.tier satisfies RegionTier,
  kind: entry.kind,
  latitude: entry.latitude,
  longitude: entry.longitude,
  positionBasis: entry.positionBasis,
  remote: entry.remote,
  synthetic: entry.synthetic,
  state: entry.state,
});

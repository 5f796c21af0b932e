import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { mayActAt } from '../scope';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { DepotEntriesRepository, type DepotEntry } from './depot-entries.repository';
import { depotFaults } from './domain/check-depot';
import type { AmendDepotRequest, DepotWrittenResponse, RegisterDepotRequest } from './dto/depot-entry.dto';

export interface Registration {
  readonly caller: Caller;
  readonly request: RegisterDepotRequest;
}

/** Enters a new depot. */
@Injectable()
export class RegisterDepotUseCase {
  constructor(private readonly entries: DepotEntriesRepository) {}

  /**
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, SUPPLIES_DEPOT_ORGANISATION_FOREIGN,
   *   SUPPLIES_DEPOT_ENTRY_INVALID (tier and region, owner, capacity, places), SUPPLIES_DEPOT_CODE_TAKEN
   * Source: plan 004 §22 (central management; co-built and entrusted depots), plan 001 §2(2)3 (grass-roots points).
   */
  async execute(tx: Tx, { caller, request }: Registration, cause: Cause): Promise<DepotWrittenResponse> {
    if (!regionCovers(caller.regionCode, request.regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    const { code, regionCode, tier } = request;
    const entry: DepotEntry = {
      ...amendableOf(request, chinaDay(tx.now)),
      ...{ id: newId(), code, regionCode, tier, synthetic: false, version: 1 },
      ...({ state: 'open', stateReason: null } as const),
    };
    assertSound(caller, entry);
    await this.entries.insert(tx, entry, cause);
    return { depotId: entry.id, code, state: entry.state, version: entry.version };
  }
}

/** @throws DomainError SUPPLIES_DEPOT_ORGANISATION_FOREIGN, SUPPLIES_DEPOT_ENTRY_INVALID */
export function assertSound(caller: Caller, entry: DepotEntry): void {
  if (!mayActAt(caller, entry)) throw new DomainError('SUPPLIES_DEPOT_ORGANISATION_FOREIGN');
  const errors = depotFaults(entry);
  if (errors.length > 0) throw new DomainError('SUPPLIES_DEPOT_ENTRY_INVALID', { errors });
}

type Amendable = Omit<
  DepotEntry,
  'id' | 'code' | 'regionCode' | 'tier' | 'synthetic' | 'version' | 'state' | 'stateReason'
>;

/** What a request says of a depot; a need without a first day begins today. */
export function amendableOf(request: RegisterDepotRequest | AmendDepotRequest, today: Day): Amendable {
  const need = request.prePositioning ?? null;
  return {
    nameZh: request.nameZh,
    nameEn: request.nameEn,
    kind: request.kind,
    organisationId: request.organisationId,
    ownerName: request.ownerName ?? null,
    ownerKind: request.ownerKind ?? null,
    latitude: request.latitude,
    longitude: request.longitude,
    positionBasis: request.positionBasis,
    remote: request.remote,
    capacityRule: request.capacityRule,
    capacityCubicCentimetres: request.capacityCubicCentimetres ?? null,
    capacityGrams: request.capacityGrams ?? null,
    openingHours: request.openingHours ?? null,
    shelterPlaces: request.shelterPlaces ?? null,
    prePositioningReason: need?.reason ?? null,
    prePositioningSource: need?.source ?? null,
    prePositioningSince: need ? (need.since ?? today) : null,
  };
}

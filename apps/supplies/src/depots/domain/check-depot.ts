import { tierOf, type FieldFault, type RegionTier } from '@ledger/contracts';
import type { CapacityRule, DepotKind, DepotOwnerKind, PositionBasis } from './depot-entry';

/** What an entry of a depot says of itself, as far as one part depends on another. */
export interface DepotFacts {
  readonly regionCode: string;
  readonly tier: RegionTier;
  readonly kind: DepotKind;
  readonly ownerName: string | null;
  readonly ownerKind: DepotOwnerKind | null;
  readonly positionBasis: PositionBasis;
  readonly synthetic: boolean;
  readonly capacityRule: CapacityRule;
  readonly capacityCubicCentimetres: number | null;
  readonly capacityGrams: number | null;
  readonly shelterPlaces: number | null;
}

/** @returns the contradictions of an entry, in the order of its fields; empty when there are none */
export function depotFaults(depot: DepotFacts): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, reason: string): void => void faults.push({ pointer, reason });
  const tier = tierOf(depot.regionCode);
  if (depot.tier !== tier) fault('/tier', `does not agree with the region, whose code is one of a ${tier}`);
  if ((depot.ownerName === null) !== (depot.ownerKind === null)) {
    fault(depot.ownerName === null ? '/ownerName' : '/ownerKind', 'belongs with the other field of the owner');
  }
  if (depot.positionBasis === 'synthetic' && !depot.synthetic) fault('/positionBasis', 'is for invented depots only');
  if (depot.capacityRule === 'hard' && depot.capacityCubicCentimetres === null && depot.capacityGrams === null) {
    fault('/capacityRule', 'needs a capacity in volume or weight');
  }
  if (depot.kind === 'shelter' && depot.shelterPlaces === null) fault('/shelterPlaces', 'is required for a shelter');
  if (depot.kind !== 'shelter' && depot.shelterPlaces !== null) fault('/shelterPlaces', 'is for shelters only');
  return faults;
}

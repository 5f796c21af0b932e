import { tierOf, type RegionTier } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import type { RiskLevel } from './region-fact';
import type { Measure } from './standard-rule';

const TIERS: readonly RegionTier[] = ['province', 'city', 'county', 'township', 'village'];

interface ProposedRule {
  readonly regionCode: string;
  readonly tier?: RegionTier;
  readonly enterpriseId?: string;
  readonly enterpriseName?: string;
  readonly itemCode?: string;
  readonly category?: string;
  readonly capability?: string;
  readonly measure: Measure;
  readonly perPeople?: number;
  readonly riskLevel?: RiskLevel;
  readonly validFrom: Day;
  readonly validTo?: Day;
}

interface Fault {
  readonly pointer: string;
  readonly reason: string;
}

/** Fields of a rule that do not go together, in the order in which they are asked for; empty for a sound one. */
export function ruleFaults(rule: ProposedRule): Fault[] {
  return [...holderFaults(rule), ...targetFaults(rule), ...measureFaults(rule), ...periodFaults(rule)];
}

/** @returns faults of a period that ends before it begins */
export function periodFaults({ validFrom, validTo }: { readonly validFrom: Day; readonly validTo?: Day }): Fault[] {
  return validTo !== undefined && validTo < validFrom
    ? [{ pointer: '/validTo', reason: 'lies before the first day' }]
    : [];
}

function holderFaults({ regionCode, tier, enterpriseId, enterpriseName, measure }: ProposedRule): Fault[] {
  if (enterpriseId !== undefined) {
    return [
      ...(tier === undefined ? [] : [{ pointer: '/tier', reason: 'does not go with an enterprise' }]),
      ...(enterpriseName === undefined
        ? [{ pointer: '/enterpriseName', reason: 'is required for an enterprise' }]
        : []),
      ...(measure === 'fixed' ? [] : [{ pointer: '/measure', reason: 'is fixed for an enterprise' }]),
    ];
  }
  if (enterpriseName !== undefined) return [{ pointer: '/enterpriseId', reason: 'is required for an enterprise' }];
  if (tier === undefined) return [{ pointer: '/tier', reason: 'is required unless the rule names an enterprise' }];
  const scope = tierOf(regionCode);
  return scope && TIERS.indexOf(tier) < TIERS.indexOf(scope)
    ? [{ pointer: '/tier', reason: 'lies above the region of the rule' }]
    : [];
}

function targetFaults({ itemCode, category, capability }: ProposedRule): Fault[] {
  const named = [itemCode, category, capability].filter((target) => target !== undefined);
  return named.length === 1 ? [] : [{ pointer: '/itemCode', reason: 'or one of category and capability, exactly one' }];
}

function measureFaults({ measure, perPeople, riskLevel }: ProposedRule): Fault[] {
  const faults: Fault[] = [];
  if ((measure === 'per-people') !== (perPeople !== undefined)) {
    faults.push({ pointer: '/perPeople', reason: 'goes with the measure per-people, and only with it' });
  }
  if ((measure === 'risk-level') !== (riskLevel !== undefined)) {
    faults.push({ pointer: '/riskLevel', reason: 'goes with the measure risk-level, and only with it' });
  }
  return faults;
}

import { regionCovers, tierOf } from '@ledger/contracts';
import { NOTHING_KNOWN, type RegionFacts } from './region-fact';
import { appliesTo, requiredBy, type MissingFact, type StandardRule } from './standard-rule';
import { SHARE_MODES, sharePercentOf, type ShareMode, type StandardShare } from './standard-share';
import { columnsOf, itemTarget, type Contribution, type Target } from './target';

/** So many base units of an item that belong to, are asked of, or are promised to one region. */
export interface RegionQuantity {
  readonly regionCode: string;
  readonly itemCode: string;
  readonly quantityBase: number;
}

export interface PromisedQuantity extends RegionQuantity {
  readonly mode: ShareMode;
}

/** Everything a gap list is made of, as it stands on one day. */
export interface GapInput {
  readonly regions: readonly string[];
  readonly facts: ReadonlyMap<string, RegionFacts>;
  /** In force on the day. */
  readonly rules: readonly StandardRule[];
  readonly shares: readonly StandardShare[];
  /** Standing floors of the depots of each region, added up. */
  readonly floors: readonly RegionQuantity[];
  /** What standards for a time add, for regions and for their depots. */
  readonly temporary: readonly RegionQuantity[];
  /** Owned by the region, in store there or with a tier above, issuable on the day; reserved goods included. */
  readonly held: readonly RegionQuantity[];
  readonly promised: readonly PromisedQuantity[];
  /** What items count towards categories and capabilities. An item counts as one towards itself. */
  readonly contributions: readonly Contribution[];
  readonly categories: ReadonlyMap<string, string>;
}

/** Figures that can be added up over places. `requiredBase + surplusBase = heldBase + coveredBase + gapBase`. */
export interface GapFigures {
  readonly requiredBase: number;
  readonly heldBase: number;
  /** Missing in store and covered by contracts, up to the share that may be. */
  readonly coveredBase: number;
  readonly gapBase: number;
  readonly surplusBase: number;
}

/** What made the number of a place. */
export interface Requirement {
  /** The rule that asked for the most, or null when the floors of the depots ask for more or nothing but them does. */
  readonly rule: StandardRule | null;
  readonly standingBase: number;
  readonly floorsBase: number;
  readonly temporaryBase: number;
  /** Facts that rules ask for and nobody has entered; the requirement may be higher than it looks. */
  readonly missing: readonly MissingFact[];
}

/** What one region itself has to keep of a target, and what it has; regions below it are not in it. */
export interface PlaceGap extends GapFigures {
  readonly regionCode: string;
  readonly target: Target;
  readonly requirement: Requirement;
  /** Promised by contracts, whether or not the share lets it count. */
  readonly promisedBase: number;
}

/**
 * What every region itself lacks. Its requirement is the highest that any rule asks of it, or the sum of its depots'
 * floors where that is higher: an upper tier's rule can be raised below, never lowered, and floors say where a
 * requirement lies rather than adding to it. Standards for a time come on top. Contracts cover a part of the standing
 * requirement up to their share (rounded down), never what is asked for a time, because that has to be on the spot.
 * @returns one entry per region and target that asks for something, owns something, or cannot be worked out
 * Source: plan 004 §22 (standards, scale adjusted, agreement share).
 */
export function placeGaps(input: GapInput): PlaceGap[] {
  const sums = sumsOf(input);
  const targets = targetsOf(input);
  const places: PlaceGap[] = [];
  const ofTier = Map.groupBy(input.rules, ({ tier }) => tier);
  for (const regionCode of input.regions) {
    const candidates = ofTier.get(tierOf(regionCode) ?? null) ?? [];
    const rules = Map.groupBy(
      candidates.filter((rule) => appliesTo(rule, regionCode)),
      ({ target }) => target,
    );
    for (const target of targets) {
      const requirement = requirementOf(rules.get(target) ?? [], input.facts.get(regionCode) ?? NOTHING_KNOWN, {
        floorsBase: sums.floors(regionCode, target),
        temporaryBase: sums.temporary(regionCode, target),
      });
      const heldBase = sums.held(regionCode, target);
      if (requirement.standingBase + requirement.temporaryBase + heldBase + requirement.missing.length === 0) continue;
      places.push(placeGap({ regionCode, target, requirement, heldBase }, input, sums.promised));
    }
  }
  return places;
}

/** Every target that anything asks for; a list of what nobody asks for would only hide them. */
export function targetsOf(input: Pick<GapInput, 'rules' | 'floors' | 'temporary'>): Target[] {
  const asked = [...input.floors, ...input.temporary].filter(({ quantityBase }) => quantityBase > 0);
  const targets = new Set([
    ...input.rules.filter(({ tier }) => tier !== null).map(({ target }) => target),
    ...asked.map(({ itemCode }) => itemTarget(itemCode)),
  ]);
  return [...targets].sort();
}

function requirementOf(
  rules: readonly StandardRule[],
  facts: RegionFacts,
  asked: { readonly floorsBase: number; readonly temporaryBase: number },
): Requirement {
  let rule: StandardRule | null = null;
  let ruleBase = 0;
  const missing = new Set<MissingFact>();
  for (const candidate of rules) {
    const required = requiredBy(candidate, facts);
    if (typeof required === 'string') missing.add(required);
    else if (required > ruleBase) [rule, ruleBase] = [candidate, required];
  }
  const standingBase = Math.max(ruleBase, asked.floorsBase);
  return { ...asked, rule: standingBase > ruleBase ? null : rule, standingBase, missing: [...missing].sort() };
}

type Sum = (regionCode: string, target: Target) => number;

function placeGap(
  place: Pick<PlaceGap, 'regionCode' | 'target' | 'requirement' | 'heldBase'>,
  { shares, categories }: GapInput,
  promised: Readonly<Record<ShareMode, Sum>>,
): PlaceGap {
  const { regionCode, target, requirement, heldBase } = place;
  const requiredBase = requirement.standingBase + requirement.temporaryBase;
  const lackingBase = Math.max(0, requiredBase - heldBase);
  const { itemCode, category } = columnsOf(target);
  const of = { regionCode, itemCode, category: category ?? (itemCode && categories.get(itemCode)) ?? null };
  let promisedBase = 0;
  let mayCoverBase = 0;
  for (const mode of SHARE_MODES) {
    const base = promised[mode](regionCode, target);
    const percent = base > 0 ? sharePercentOf(shares, mode, of) : 0;
    promisedBase += base;
    mayCoverBase += Math.min(base, Math.floor((requirement.standingBase * percent) / 100));
  }
  const coveredBase = Math.min(mayCoverBase, requirement.standingBase, lackingBase);
  const surplusBase = Math.max(0, heldBase - requiredBase);
  const gapBase = lackingBase - coveredBase;
  return { ...place, requiredBase, coveredBase, gapBase, surplusBase, promisedBase };
}

function sumsOf({ floors, temporary, held, promised, contributions }: GapInput) {
  const towards = Map.groupBy(contributions, ({ itemCode }) => itemCode);
  const sumOf = (rows: readonly RegionQuantity[]): Sum => {
    const sums = new Map<string, Map<Target, number>>();
    const add = (regionCode: string, target: Target, base: number): void => {
      const ofRegion = sums.get(regionCode) ?? new Map<Target, number>();
      sums.set(regionCode, ofRegion.set(target, (ofRegion.get(target) ?? 0) + base));
    };
    for (const { regionCode, itemCode, quantityBase } of rows) {
      add(regionCode, itemTarget(itemCode), quantityBase);
      for (const { target, perUnit } of towards.get(itemCode) ?? []) add(regionCode, target, quantityBase * perUnit);
    }
    return (regionCode, target) => sums.get(regionCode)?.get(target) ?? 0;
  };
  const sumOfItems = (rows: readonly RegionQuantity[]): Sum => {
    const sum = sumOf(rows);
    return (regionCode, target) => (columnsOf(target).itemCode === null ? 0 : sum(regionCode, target));
  };
  const ofMode = (mode: ShareMode): Sum => sumOf(promised.filter((row) => row.mode === mode));
  return {
    floors: sumOfItems(floors),
    temporary: sumOfItems(temporary),
    held: sumOf(held),
    promised: { agreement: ofMode('agreement'), enterprise: ofMode('enterprise'), capacity: ofMode('capacity') },
  };
}

export const NO_FIGURES: GapFigures = { requiredBase: 0, heldBase: 0, coveredBase: 0, gapBase: 0, surplusBase: 0 };

/**
 * The figures of a region with everything below it: its own and those of its townships and villages, each once. A
 * piece has one owner region and a requirement one place, so nothing is counted twice; and what one place has too much
 * of does not hide what another lacks, so gaps are added up as they are.
 */
export function rolledUp(places: readonly PlaceGap[], regionCode: string): GapFigures {
  return addUp(places.filter((place) => regionCovers(regionCode, place.regionCode)));
}

export function addUp(figures: readonly GapFigures[]): GapFigures {
  const sum = { ...NO_FIGURES };
  for (const each of figures) {
    sum.requiredBase += each.requiredBase;
    sum.heldBase += each.heldBase;
    sum.coveredBase += each.coveredBase;
    sum.gapBase += each.gapBase;
    sum.surplusBase += each.surplusBase;
  }
  return sum;
}

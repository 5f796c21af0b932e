import { Injectable } from '@nestjs/common';
import { DomainError, parentRegionOf, regionCovers, tierOf, type Caller, type RegionTier } from '@ledger/contracts';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { addUp, placeGaps, targetsOf, type GapFigures, type GapInput, type PlaceGap } from './domain/gap';
import { targetOf, type Target } from './domain/target';
import { suppose, type Supposition } from './domain/what-if';
import type {
  ChildGapResponse,
  GapFiguresResponse,
  GapResponse,
  GapsQuery,
  GapsResponse,
  PlaceGapResponse,
  PlaceGapsQuery,
  PlaceGapsResponse,
  RequirementResponse,
  WhatIfRequest,
  WhatIfResponse,
} from './dto/gap.dto';
import { GapFactsQueries, type GapFacts, type Reader } from './gap-facts.queries';
import { TargetNames, type NameOf } from './target-names';

/** Places times targets that are worked out in one answer; a province with all its villages asks item by item. */
const MAX_CELLS = 300_000;
const MAX_WITHOUT_STANDARD = 200;

export type GapsWanted = Pick<GapsQuery, 'region' | 'item' | 'category' | 'day'>;

export interface GapList extends GapFacts {
  readonly region: string;
  readonly day: Day;
  readonly places: readonly PlaceGap[];
}

/** Reads of what is missing, and of what would be missing. */
@Injectable()
export class GapsQueries {
  constructor(
    private readonly facts: GapFactsQueries,
    private readonly names: TargetNames,
  ) {}

  async gaps(caller: Caller, query: GapsQuery): Promise<GapsResponse> {
    const list = await this.list(caller, query);
    const rows = rollUps(list.places, list.region).filter((row) => query.all || isShort(row));
    const nameOf = await this.names.of(rows.map(({ target }) => target));
    const page = rows.slice(query.offset, query.offset + query.limit);
    const items = page.map((row) => responseOf(row, nameOf));
    return { day: list.day, region: list.region, items, total: rows.length };
  }

  async places(caller: Caller, query: PlaceGapsQuery): Promise<PlaceGapsResponse> {
    const list = await this.list(caller, query);
    const { needs, day, region } = list;
    const rows = list.places
      .filter(({ regionCode }) => !query.prePositioning || needs.has(regionCode))
      .filter((place) => query.all || isShort({ total: place, missing: [...place.requirement.missing] }));
    const page = rows.slice(query.offset, query.offset + query.limit);
    const nameOf = await this.names.of(page.map(({ target }) => target));
    const asked = new Set(list.places.filter(isAsked).map(({ regionCode }) => regionCode));
    const withoutStandard = [...needs.values()].filter(({ regionCode }) => !asked.has(regionCode));
    return {
      ...{ day, region, items: page.map((place) => placeOf(place, list, nameOf)), total: rows.length },
      withoutStandard: withoutStandard.slice(0, MAX_WITHOUT_STANDARD),
    };
  }

  /**
   * Works out a gap list as it would be; nothing is written.
   * @throws DomainError REQUEST_INVALID for a supposition about another region
   */
  async whatIf(caller: Caller, request: WhatIfRequest): Promise<WhatIfResponse> {
    assertInside(request.region ?? caller.regionCode, request);
    const list = await this.list(caller, request);
    const supposed = suppose(list.input, suppositionOf(request));
    const rows = rollUps(placesOf(supposed), list.region);
    const now = new Map(rollUps(list.places, list.region).map(({ target, total }) => [target, total]));
    const shown = rows.filter((row) => request.all || isShort(row) || (now.get(row.target)?.gapBase ?? 0) > 0);
    const page = shown.slice(request.offset, request.offset + request.limit);
    const nameOf = await this.names.of(page.map(({ target }) => target));
    const items = page.map((row) => ({
      ...responseOf(row, nameOf),
      now: figuresOf(now.get(row.target) ?? addUp([])),
    }));
    return { day: list.day, region: list.region, items, total: shown.length };
  }

  /** @throws DomainError SUPPLIES_GAP_LIST_TOO_WIDE */
  async list(caller: Caller, query: GapsWanted, reader?: Reader): Promise<GapList> {
    const region = query.region ?? caller.regionCode;
    const day = query.day ?? chinaDay(await this.facts.now(reader));
    const facts = await this.facts.facts(region, day, { item: query.item, category: query.category, reader });
    return { ...facts, region, day, places: placesOf(facts.input) };
  }
}

/** People are supposed of a region in the list; a risk may also be that of a region around it. */
function assertInside(region: string, { populations, riskLevels }: WhatIfRequest): void {
  const isApart = (code: string): boolean => !regionCovers(region, code) && !regionCovers(code, region);
  const reason = 'lies outside the region of the list';
  const errors = [
    ...populations.map(({ regionCode }, index) =>
      regionCovers(region, regionCode) ? [] : [{ pointer: `/populations/${index}/regionCode`, reason }],
    ),
    ...riskLevels.map(({ regionCode }, index) =>
      isApart(regionCode) ? [{ pointer: `/riskLevels/${index}/regionCode`, reason }] : [],
    ),
  ].flat();
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}

interface RollUp {
  readonly target: Target;
  readonly own: GapFigures;
  readonly total: GapFigures;
  readonly children: readonly (GapFigures & { readonly regionCode: string })[];
  readonly missing: GapResponse['missing'];
}

/** @throws DomainError SUPPLIES_GAP_LIST_TOO_WIDE */
function placesOf(input: GapInput): PlaceGap[] {
  const cells = input.regions.length * targetsOf(input).length;
  if (cells > MAX_CELLS) throw new DomainError('SUPPLIES_GAP_LIST_TOO_WIDE', { facts: { cells, most: MAX_CELLS } });
  return placeGaps(input);
}

/** One row per target, the largest gap first. */
function rollUps(places: readonly PlaceGap[], region: string): RollUp[] {
  const rows = [...Map.groupBy(places, ({ target }) => target)].map(([target, of]) => rollUpOf(target, of, region));
  return rows.sort((one, other) => other.total.gapBase - one.total.gapBase || (one.target < other.target ? -1 : 1));
}

function rollUpOf(target: Target, places: readonly PlaceGap[], region: string): RollUp {
  const own = addUp(places.filter(({ regionCode }) => regionCode === region));
  const below = Map.groupBy(
    places.filter(({ regionCode }) => regionCode !== region),
    ({ regionCode }) => childOf(region, regionCode),
  );
  const children = [...below].map(([regionCode, of]) => ({ regionCode, ...addUp(of) }));
  return {
    target,
    own,
    total: addUp([own, ...children]),
    children: children.sort((one, other) => (one.regionCode < other.regionCode ? -1 : 1)),
    missing: [...new Set(places.flatMap(({ requirement }) => requirement.missing))].sort(),
  };
}

/** The region one tier below `region` in which a place lies that is below it. */
function childOf(region: string, place: string): string {
  let code = place;
  for (let parent = parentRegionOf(code); parent !== undefined && parent !== region; parent = parentRegionOf(code)) {
    code = parent;
  }
  return code;
}

const isShort = ({ total, missing }: Pick<RollUp, 'total' | 'missing'>): boolean =>
  total.gapBase > 0 || missing.length > 0;

const isAsked = ({ requiredBase, requirement }: PlaceGap): boolean =>
  requiredBase > 0 || requirement.missing.length > 0;

const figuresOf = (figures: GapFigures): GapFiguresResponse => ({
  requiredBase: figures.requiredBase,
  heldBase: figures.heldBase,
  coveredBase: figures.coveredBase,
  gapBase: figures.gapBase,
  surplusBase: figures.surplusBase,
});

function responseOf({ target, own, total, children, missing }: RollUp, nameOf: NameOf): GapResponse {
  const childrenOf: ChildGapResponse[] = children.map((child) => ({
    regionCode: child.regionCode,
    ...figuresOf(child),
  }));
  const movableBase = Math.min(total.gapBase, total.surplusBase);
  return {
    ...{ target: nameOf(target), own: figuresOf(own), total: figuresOf(total), movableBase },
    ...{ children: childrenOf, missing },
  };
}

function placeOf(place: PlaceGap, { input, needs }: GapFacts, nameOf: NameOf): PlaceGapResponse {
  const { regionCode, target, promisedBase } = place;
  return {
    ...{ regionCode, tier: tierOf(regionCode) as RegionTier, target: nameOf(target), ...figuresOf(place) },
    ...{ promisedBase, requirement: requirementOf(place, input), prePositioning: needs.get(regionCode) ?? null },
  };
}

function requirementOf({ regionCode, requirement }: PlaceGap, { facts }: GapInput): RequirementResponse {
  const { rule, standingBase, floorsBase, temporaryBase, missing } = requirement;
  return {
    ruleId: rule?.id ?? null,
    ruleRegionCode: rule?.regionCode ?? null,
    measure: rule?.measure ?? null,
    amountBase: rule?.amountBase ?? null,
    perPeople: rule?.perPeople ?? null,
    ruleRiskLevel: rule?.riskLevel ?? null,
    source: rule?.source ?? null,
    basis: rule?.basis ?? null,
    population: facts.get(regionCode)?.population ?? null,
    riskLevel: facts.get(regionCode)?.riskLevel ?? null,
    ...{ standingBase, floorsBase, temporaryBase, missing: [...missing] },
  };
}

function suppositionOf({ populations, populationPercent, riskLevels, standards }: WhatIfRequest): Supposition {
  const standardPercents = standards.map(({ itemCode = null, category = null, capability = null, percent }) => ({
    target: (itemCode ?? category ?? capability) ? targetOf({ itemCode, category, capability }) : null,
    percent,
  }));
  return { populations, populationPercent, riskLevels, standardPercents };
}

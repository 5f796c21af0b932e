import { Injectable } from '@nestjs/common';
import { DomainError, dayAfter, dayInChina, startOfDayInChina, type Caller, type FieldFault } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { CallableSources, type NamedSource } from '../../reserves/callable-sources';
import { OwnSourcesQueries } from '../../reserves/own-sources.queries';
import { refuseEnterprise } from '../../reserves/reach';
import { regionPattern } from '../../scope';
import { demandOf, type DemandRate, type ItemDemand } from './domain/demand';
import type { AssessDemandRequest } from './dto/assessment.dto';

/** An item that the scenario needs, and where it could come from. */
export interface SourcedDemand extends ItemDemand {
  /** Sent to suppliers and promised in time. */
  readonly orderedBase: number;
  readonly sources: readonly NamedSource[];
}

/** What a scenario is set against, read at one moment. */
export interface ScenarioFacts {
  readonly at: Date;
  /** Until the goods have to be there. */
  readonly hours: number;
  readonly demands: readonly SourcedDemand[];
}

const MAX_DAYS_AHEAD = 366;
const MAX_ITEMS = 100;
const HOUR_MS = 3_600_000;

const RATES = `
  SELECT DISTINCT ON (item_code) item_code AS "itemCode", once_per_thousand_base AS "oncePerThousandBase",
         daily_per_thousand_base AS "dailyPerThousandBase", basis, source
  FROM demand_rates WHERE valid_from <= $1::date AND ($2::text[] IS NULL OR item_code = ANY($2))
  ORDER BY item_code, valid_from DESC`;

const ORDERED = `
  SELECT line.item_code AS "itemCode", sum(greatest(0, line.ordered_base - line.received_base)) AS open
  FROM purchase_orders AS orders JOIN purchase_order_lines AS line ON line.order_id = orders.id
  WHERE orders.region_code LIKE $1 AND line.item_code = ANY($2) AND orders.state IN ('sent', 'partly-received')
    AND orders.promised_by <= $3::date
  GROUP BY line.item_code`;

/**
 * Reads demand, stock and reserves for a scenario, before the transaction that stores the assessment: the sources of the
 * callable curve are many, and no number of them may hold a transaction open.
 */
@Injectable()
export class ScenarioFactsQueries {
  constructor(
    private readonly database: Database,
    private readonly own: OwnSourcesQueries,
    private readonly others: CallableSources,
  ) {}

  /**
   * @throws DomainError in this order: AUTH_ROLE_MISSING (people of an enterprise), REQUEST_INVALID for a day that is
   *   past or too far ahead, a region named twice, and a scenario that needs nothing or too many items;
   *   SUPPLIES_ITEM_UNKNOWN
   */
  async gather(caller: Caller, request: AssessDemandRequest): Promise<ScenarioFacts> {
    refuseEnterprise(caller);
    const [{ now: at }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const faults = faultsOf(request, dayInChina(at));
    if (faults.length > 0) throw new DomainError('REQUEST_INVALID', { errors: faults });
    await this.assertCatalogued(request);
    const people = request.people.reduce((sum, region) => sum + region.people, 0);
    const rates = await this.database.query<DemandRate>(RATES, [dayInChina(at), request.itemCodes ?? null]);
    const demands = demandOf({ people, days: request.days, lines: request.lines }, people > 0 ? rates : []);
    if (demands.length === 0 || demands.length > MAX_ITEMS) {
      const reason = demands.length === 0 ? 'needs nothing' : `needs more than ${MAX_ITEMS} items; name some of them`;
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/itemCodes', reason }] });
    }
    const hours = Math.max(0, Math.floor((startOfDayInChina(request.neededBy).getTime() - at.getTime()) / HOUR_MS));
    const sourced: SourcedDemand[] = [];
    const ordered = await this.ordered(request, demands);
    for (const demand of demands) {
      const sources = await this.sourcesOf(caller, request, demand, at);
      sourced.push({ ...demand, orderedBase: ordered.get(demand.itemCode) ?? 0, sources });
    }
    return { at, hours, demands: sourced };
  }

  private async ordered(
    { regionCode, neededBy }: AssessDemandRequest,
    demands: readonly ItemDemand[],
  ): Promise<Map<string, number>> {
    const rows = await this.database.query<{ itemCode: string; open: string }>(ORDERED, [
      regionPattern(regionCode),
      demands.map(({ itemCode }) => itemCode),
      neededBy,
    ]);
    return new Map(rows.map(({ itemCode, open }) => [itemCode, safeInteger(open)]));
  }

  private async sourcesOf(
    caller: Caller,
    { regionCode }: AssessDemandRequest,
    { itemCode }: ItemDemand,
    at: Date,
  ): Promise<NamedSource[]> {
    const place = { itemCode, regionCode, at, caller };
    const contracts = await this.own.contracts(place);
    const counted = contracts.filter(({ uncounted }) => !uncounted).map(({ source }) => source);
    return [...(await this.own.depots(place)), ...counted, ...(await this.others.of(place))];
  }

  private async assertCatalogued({ lines }: AssessDemandRequest): Promise<void> {
    const codes = lines.map(({ itemCode }) => itemCode);
    const rows = await this.database.query<{ code: string }>('SELECT code FROM items WHERE code = ANY($1)', [codes]);
    const known = new Set(rows.map(({ code }) => code));
    const errors = codes.flatMap((code, index) =>
      known.has(code) ? [] : [{ pointer: `/lines/${index}/itemCode`, reason: 'is not in the catalogue' }],
    );
    if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
  }
}

function faultsOf({ neededBy, people }: AssessDemandRequest, today: string): FieldFault[] {
  const faults: FieldFault[] = [];
  if (neededBy < today) faults.push({ pointer: '/neededBy', reason: 'lies in the past' });
  if (neededBy > dayAfter(today, MAX_DAYS_AHEAD)) {
    faults.push({ pointer: '/neededBy', reason: 'lies more than a year ahead' });
  }
  people.forEach(({ regionCode }, index) => {
    const overlaps = people.some(
      (other, place) =>
        place < index && (other.regionCode.startsWith(regionCode) || regionCode.startsWith(other.regionCode)),
    );
    if (overlaps)
      faults.push({ pointer: `/people/${index}/regionCode`, reason: 'counts people of another line again' });
  });
  return faults;
}

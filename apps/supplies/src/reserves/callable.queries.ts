import { Injectable } from '@nestjs/common';
import {
  CURVE_HOURS,
  DomainError,
  callableCurve,
  confirmationDue,
  coverDemand,
  dayAfter,
  dayInChina,
  hoursUntil,
  inOrderOfUse,
  knownStockBase,
  type Caller,
} from '@ledger/contracts';
import { Database } from '@ledger/platform';
import { CallableSources, type NamedSource } from './callable-sources';
import type {
  CallableQuery,
  CallableResponse,
  CallableSourceResponse,
  DeclaredSourceResponse,
  DemandResponse,
  UncountedSourceResponse,
} from './dto/callable.dto';
import { OwnSourcesQueries, type StandingContract } from './own-sources.queries';
import { refuseEnterprise } from './reach';

const MAX_DAYS_AHEAD = 366;
const DEFAULT_DEMAND_HOURS = 72;
const HOUR_MS = 60 * 60 * 1000;

/**
 * What can be called for a place, now and later, and what to start by when. Worked out from rows and clock at the moment
 * of the question, so that nothing has to run for a stale figure to drop out.
 * Source: plan 004 §22.
 */
@Injectable()
export class CallableQueries {
  constructor(
    private readonly database: Database,
    private readonly own: OwnSourcesQueries,
    private readonly others: CallableSources,
  ) {}

  /**
   * @throws DomainError in this order: AUTH_ROLE_MISSING (people of an enterprise), SUPPLIES_ITEM_NOT_FOUND,
   *   REQUEST_INVALID (a moment that has passed or lies too far ahead)
   */
  async callable(caller: Caller, itemCode: string, query: CallableQuery): Promise<CallableResponse> {
    refuseEnterprise(caller);
    const [item] = await this.database.query<{ unit: string; now: Date }>(
      'SELECT unit, now() AS now FROM items WHERE code = $1',
      [itemCode],
    );
    if (!item) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    const at = momentOf(query.at, item.now);
    const place = { itemCode, regionCode: query.region ?? caller.regionCode, at, caller };
    const contracts = await this.own.contracts(place);
    const counted = contracts.filter(({ uncounted }) => !uncounted).map(({ source }) => source);
    const sources = inOrderOfUse([...(await this.own.depots(place)), ...counted, ...(await this.others.of(place))]);
    const hours = query.hours === undefined ? CURVE_HOURS : [...CURVE_HOURS, query.hours];
    return {
      itemCode,
      unit: item.unit,
      region: place.regionCode,
      at: at.toISOString(),
      points: callableCurve(sources, hours).map((point) => ({ ...point, byKind: { ...point.byKind } })),
      sources: sources.slice(query.offset, query.offset + query.limit).map(sourceOf),
      totalSources: sources.length,
      uncounted: contracts.flatMap(uncountedOf),
      declared: contracts.flatMap((standing) => declaredOf(standing, at)),
      demand: demandOf(query, sources, at),
    };
  }
}

/** @throws DomainError REQUEST_INVALID */
function momentOf(asked: string | undefined, now: Date): Date {
  if (asked === undefined) return now;
  const at = new Date(asked);
  const isTooLate = dayInChina(at) > dayAfter(dayInChina(now), MAX_DAYS_AHEAD);
  if (at >= now && !isTooLate) return at;
  const reason = isTooLate ? 'lies more than a year ahead' : 'lies in the past';
  throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/at', reason }] });
}

function sourceOf(source: NamedSource): CallableSourceResponse {
  const { sourceId, kind, name, documentNumber, regionCode, limitBase } = source;
  return {
    sourceId,
    kind,
    name,
    documentNumber,
    regionCode,
    limitBase,
    firstAfterHours: hoursUntil(source, 1) ?? null,
  };
}

function uncountedOf({ contract, source, uncounted }: StandingContract): UncountedSourceResponse[] {
  if (!uncounted || uncounted.code === 'declared-only') return [];
  const { contractId, documentNumber, mode, counterpartyName: name } = contract;
  return [{ contractId, documentNumber, mode, name, quantityBase: source.limitBase, ...uncounted }];
}

function declaredOf({ contract, uncounted }: StandingContract, at: Date): DeclaredSourceResponse[] {
  if (uncounted?.code !== 'declared-only' || contract.state !== 'active') return [];
  const today = dayInChina(at);
  if (today < contract.validFrom || today > contract.validTo) return [];
  const { contractId, documentNumber, mode, counterpartyName: name } = contract;
  const quantityBase = Math.min(contract.quantityBase, knownStockBase(contract));
  const declaredAt = contract.confirmation?.confirmedAt ?? contract.activatedAt;
  const stale = confirmationDue(contract, at)?.stale ?? false;
  return [{ contractId, documentNumber, mode, name, quantityBase, declaredAt, stale }];
}

function demandOf(query: CallableQuery, sources: readonly NamedSource[], at: Date): DemandResponse | null {
  const { quantityBase, hours = DEFAULT_DEMAND_HOURS } = query;
  if (quantityBase === undefined) return null;
  const byId = new Map(sources.map((source) => [source.sourceId, source]));
  const { feasible, shortBase, parts } = coverDemand(sources, { quantityBase, hours });
  const inHours = (count: number): string => new Date(at.getTime() + count * HOUR_MS).toISOString();
  const named = parts.map((part) => {
    const { name, documentNumber } = byId.get(part.sourceId) as NamedSource;
    const { sourceId, kind, arrivesAfterHours, startWithinHours } = part;
    const times = { arrivesAt: inHours(arrivesAfterHours), startBy: inHours(startWithinHours) };
    return { sourceId, kind, name, documentNumber, quantityBase: part.quantityBase, ...times };
  });
  const contractsToStart = named.flatMap(({ documentNumber }) => (documentNumber === null ? [] : [documentNumber]));
  return { quantityBase, hours, feasible, shortBase, parts: named, contractsToStart };
}

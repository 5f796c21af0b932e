import { tiersApart } from '@ledger/contracts';
import type { Day } from '../../../stock/domain/calendar';
import { addDays, addMonths, daysBetween } from '../../domain/months';
import { assign, type Giver, type Lane, type Pool, type Taker } from './assign';
import { travelDays, type Stop } from './travel';

export const PURPOSES = ['drill', 'training', 'consumption', 'relief'] as const;
/** consumption is spread evenly over its time; the others need their goods at its beginning. */
export type Purpose = (typeof PURPOSES)[number];

/** Goods near the end of their life that their place can spare. */
export interface DyingLot {
  readonly id: string;
  readonly depotId: string;
  readonly depotCode: string;
  readonly at: Stop;
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly lifeEnd: Day;
  /** Free pieces of the lot. */
  readonly quantityBase: number;
  /** What the depot has of the item above its floor, over all lots. */
  readonly spareBase: number;
  /** Of one piece; null when nobody knows. */
  readonly priceFen: number | null;
}

/** Goods that are needed elsewhere, new or near the end of their life. */
export interface Demand {
  readonly id: string;
  readonly depotId: string;
  readonly depotCode: string;
  readonly at: Stop;
  readonly itemCode: string;
  readonly purpose: Purpose;
  readonly quantityBase: number;
  readonly from: Day;
  /** The last day on which the goods are used. */
  readonly until: Day;
}

/** Goods that would go from one place to another, and what is not wasted by it. */
export interface Proposal {
  readonly lotKey: string;
  readonly demandId: string;
  readonly quantityBase: number;
  readonly arrivesOn: Day;
  /** Days of life left on the day of arrival. */
  readonly lifeLeftDays: number;
  readonly savedFen: number | null;
  /** For the people who have to agree. */
  readonly sentence: string;
}

/** A part of a demand that has to be covered as a whole: one month of a consumption, or the whole of any other. */
export interface Slot {
  readonly id: string;
  readonly demandId: string;
  readonly from: Day;
  readonly until: Day;
  readonly quantityBase: number;
}

/**
 * The parts of a demand. Consumption is cut into months, so that goods which end in between are offered for the months
 * before only. What does not divide evenly goes to the earlier months.
 */
export function slotsOf(demand: Pick<Demand, 'id' | 'purpose' | 'quantityBase' | 'from' | 'until'>): Slot[] {
  const { id: demandId, from, until, quantityBase, purpose } = demand;
  if (purpose !== 'consumption') return [{ id: `${demandId} 0`, demandId, from, until, quantityBase }];
  const starts: Day[] = [];
  for (let month = 0; addMonths(from, month) <= until; month++) starts.push(addMonths(from, month));
  const share = (index: number): number => Math.ceil((quantityBase * index) / starts.length);
  return starts
    .map((start, index) => ({
      id: `${demandId} ${index}`,
      demandId,
      from: start,
      until: index + 1 < starts.length ? addDays(starts[index + 1], -1) : until,
      quantityBase: share(index + 1) - share(index),
    }))
    .filter((slot) => slot.quantityBase > 0);
}

/**
 * The day on which a lot would arrive for a part of a demand, or undefined when it does not fit: other goods, the same
 * place, too late, or not good to the end of its use.
 */
export function arrivalFor(
  lot: Pick<DyingLot, 'itemCode' | 'depotId' | 'at' | 'lifeEnd'>,
  demand: Pick<Demand, 'itemCode' | 'depotId' | 'at' | 'purpose'>,
  slot: Slot,
  today: Day,
): Day | undefined {
  if (lot.itemCode !== demand.itemCode || lot.depotId === demand.depotId) return undefined;
  const arrivesOn = addDays(today, travelDays(lot.at, demand.at));
  const isThereOn = demand.purpose === 'drill' || demand.purpose === 'training' ? slot.from : slot.until;
  return arrivesOn <= isThereOn && lot.lifeEnd >= slot.until ? arrivesOn : undefined;
}

/** Pieces of a lot that a demand can use in time: all, of some months of a consumption, or none. */
export function usableFor(
  lot: Parameters<typeof arrivalFor>[0],
  demand: Parameters<typeof arrivalFor>[1] & Parameters<typeof slotsOf>[0],
  today: Day,
): number {
  const fitting = slotsOf(demand).filter((slot) => arrivalFor(lot, demand, slot, today) !== undefined);
  return fitting.reduce((sum, { quantityBase }) => sum + quantityBase, 0);
}

/**
 * Matches dying lots to demands elsewhere: as many pieces as possible are used in time, by the shortest journeys, and no
 * place gives from below its floor. One place agrees with another by hand; these are only proposals.
 * Source: plan 004 §3 (mutual aid), plan 004 §22 (rotation), plan 004 §27 (sharing).
 */
export function matchSharing(lots: readonly DyingLot[], demands: readonly Demand[], today: Day): Proposal[] {
  const items = [...new Set(lots.map(({ itemCode }) => itemCode))].sort();
  return items.flatMap((itemCode) =>
    matchItem(
      lots.filter((lot) => lot.itemCode === itemCode),
      demands.filter((demand) => demand.itemCode === itemCode),
      today,
    ),
  );
}

function matchItem(lots: readonly DyingLot[], demands: readonly Demand[], today: Day): Proposal[] {
  const demandById = new Map(demands.map((demand) => [demand.id, demand]));
  const slots = demands.flatMap(slotsOf);
  const demandOf = (slot: Slot): Demand => demandById.get(slot.demandId) as Demand;
  const lanes = lots.flatMap((lot) =>
    slots.flatMap((slot): Lane[] => {
      const arrivesOn = arrivalFor(lot, demandOf(slot), slot, today);
      return arrivesOn === undefined
        ? []
        : [{ giverId: lot.id, takerId: slot.id, cost: costOfLane(lot, demandOf(slot), daysBetween(today, arrivesOn)) }];
    }),
  );
  const spare = new Map(lots.map(({ depotId, spareBase }) => [depotId, spareBase]));
  const pools = [...spare].map(([id, quantity]): Pool => ({ id, quantity: Math.max(0, quantity) }));
  const givers = lots.map(({ id, depotId, quantityBase }): Giver => ({ id, poolId: depotId, quantity: quantityBase }));
  const takers = slots.map(({ id, quantityBase }): Taker => ({ id, quantity: quantityBase }));
  const slotById = new Map(slots.map((slot) => [slot.id, slot]));
  const sums = new Map<string, { lot: DyingLot; demand: Demand; quantityBase: number }>();
  for (const { giverId, takerId, quantity } of assign(pools, givers, takers, lanes)) {
    const lot = lots.find(({ id }) => id === giverId) as DyingLot;
    const demand = demandOf(slotById.get(takerId) as Slot);
    const before = sums.get(`${giverId} ${demand.id}`)?.quantityBase ?? 0;
    sums.set(`${giverId} ${demand.id}`, { lot, demand, quantityBase: before + quantity });
  }
  return [...sums.values()].map(({ lot, demand, quantityBase }) => proposalOf(lot, demand, quantityBase, today));
}

/** Days on the road first, then the tiers that have to agree. */
const costOfLane = (lot: DyingLot, demand: Demand, days: number): number =>
  days * 10 + tiersApart(lot.at.regionCode, demand.at.regionCode);

function proposalOf(lot: DyingLot, demand: Demand, quantityBase: number, today: Day): Proposal {
  const arrivesOn = addDays(today, travelDays(lot.at, demand.at));
  const lifeLeftDays = daysBetween(arrivesOn, lot.lifeEnd);
  const savedFen = lot.priceFen === null ? null : Math.min(quantityBase * lot.priceFen, Number.MAX_SAFE_INTEGER);
  const money = savedFen === null ? '' : `, worth ${(savedFen / 100).toFixed(2)} yuan,`;
  const use = demand.from === demand.until ? `on ${demand.from}` : `from ${demand.from} to ${demand.until}`;
  return {
    ...{ lotKey: lot.id, demandId: demand.id, quantityBase, arrivesOn, lifeLeftDays, savedFen },
    sentence:
      `${quantityBase} of ${lot.itemCode}${money} from ${lot.depotCode} (batch ${lot.batchNumber}, good until ` +
      `${lot.lifeEnd}) reach ${demand.depotCode} on ${arrivesOn} for ${demand.purpose} ${use}, with ${lifeLeftDays} ` +
      `days of life left; ${lot.depotCode} stays at or above its standard.`,
  };
}

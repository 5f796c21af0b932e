import { tierOf, travelSeconds, type Position } from '@ledger/contracts';
import { fill, mergedLines, sizeOf, without, type LoadLine, type LoadShare, type LoadSize } from './load';
import { goodsRefusal, vehicleLineRefusal } from './plan-refusal';
import { SOURCINGS, mayReach, type ReachRules, type Sourcing } from './reach';

/** A free vehicle with what the plan has to know of it. */
export interface PlanVehicle extends Position {
  readonly vehicleId: string;
  readonly typeCode: string;
  readonly sourcing: Sourcing;
  readonly regionCode: string;
  readonly payloadGrams: number;
  readonly volumeCubicCentimetres: number;
  readonly speedKmh: number;
  /** False for coaches, tankers, plant and the like. */
  readonly carriesGoods: boolean;
  /** True for vehicles that cannot leave main roads: they serve no village. */
  readonly mainRoadsOnly: boolean;
}

export interface Place extends Position {
  readonly name: string;
  readonly regionCode: string;
}

export interface PlanShipment {
  readonly shipmentId: string;
  readonly origin: Place;
  readonly lines: readonly LoadLine[];
}

export interface VehicleLine {
  readonly lineId: string;
  readonly typeCode: string;
  readonly count: number;
}

export interface TransportDemand {
  readonly site: Place;
  readonly shipments: readonly PlanShipment[];
  readonly vehicleLines: readonly VehicleLine[];
}

export interface PlanRules extends ReachRules {
  /** Road length ÷ great-circle length. */
  readonly roadFactor: number;
}

/** One vehicle on one way: with part of one shipment, or for a vehicle line, or both at once. */
export interface PlannedTrip {
  readonly vehicleId: string;
  readonly shipmentId: string | null;
  readonly lineId: string | null;
  readonly load: readonly LoadShare[];
  /** From the vehicle's place to the goods; 0 without goods. */
  readonly approachSeconds: number;
  /** From the goods, or from the vehicle's place when it has none, to the site. */
  readonly carriageSeconds: number;
}

export type LoadPlan =
  | { readonly trips: readonly PlannedTrip[]; readonly refusal: null }
  | { readonly trips: null; readonly refusal: string };

/** Vehicles whose ways to the goods fall into the same step count as equally near. */
const NEARNESS_STEP_SECONDS = 600;

/**
 * Plans vehicles for all shipments and vehicle lines, or refuses with a reason for a person. Every piece of every
 * shipment is on exactly one trip, no vehicle is used twice or overloaded.
 *
 * A vehicle of a kind that a line asks for carries goods before others do. Otherwise the one that takes the most of
 * what is left comes first (so a shipment is split only when no single vehicle is enough), then own before contract
 * before requisition, then the nearer one in steps of ten minutes, then the smaller one. Vehicle lines that trips with
 * goods have not filled get the nearest vehicles of their kind. It is a greedy plan: not always the fewest trips.
 *
 * Source: plan 004 §23 (fewer trans-shipments), plan 000 §26 (reserve forces and requisition).
 */
export function planTrips(demand: TransportDemand, vehicles: readonly PlanVehicle[], rules: PlanRules): LoadPlan {
  const plan = new OpenPlan(demand, vehicles, rules);
  for (const shipment of demand.shipments) {
    const refusal = plan.carry(shipment);
    if (refusal !== undefined) return { trips: null, refusal };
  }
  for (const line of demand.vehicleLines) {
    const refusal = plan.send(line);
    if (refusal !== undefined) return { trips: null, refusal };
  }
  return plan.trips.length > 0
    ? { trips: plan.trips, refusal: null }
    : { trips: null, refusal: 'neither goods nor vehicles are asked for' };
}

/** The plan while it grows: which vehicles are still free and which vehicle lines still open. */
class OpenPlan {
  readonly trips: PlannedTrip[] = [];
  private readonly free: Map<string, PlanVehicle>;
  private readonly openCounts: Map<string, number>;

  constructor(
    private readonly demand: TransportDemand,
    vehicles: readonly PlanVehicle[],
    private readonly rules: PlanRules,
  ) {
    this.free = new Map(vehicles.map((vehicle) => [vehicle.vehicleId, vehicle]));
    this.openCounts = new Map(demand.vehicleLines.map((line) => [line.lineId, line.count]));
  }

  /** @returns why the shipment cannot be carried whole, or undefined when all of it is on trips */
  carry(shipment: PlanShipment): string | undefined {
    let left = mergedLines(shipment.lines);
    while (left.length > 0) {
      const usable = [...this.free.values()].filter((vehicle) => this.mayCarry(vehicle, shipment.origin));
      const best = this.bestCarrier(usable, left, shipment.origin);
      if (!best) return goodsRefusal(shipment.origin.name, left, usable.length);
      this.book(best.vehicle, { shipment, load: best.load, lineId: this.openLine(best.vehicle)?.lineId ?? null });
      left = without(left, best.load);
    }
    return undefined;
  }

  /** @returns why the line cannot be filled, or undefined when enough vehicles go */
  send(line: VehicleLine): string | undefined {
    const reachable = [...this.free.values()]
      .filter((vehicle) => vehicle.typeCode === line.typeCode && this.isInReach(vehicle, this.demand.site))
      .map((vehicle) => ({ vehicle, keys: [SOURCINGS.indexOf(vehicle.sourcing), this.seconds(vehicle, vehicle)] }))
      .sort(byKeys);
    const missing = this.openCounts.get(line.lineId) ?? 0;
    if (reachable.length < missing) return vehicleLineRefusal(line.typeCode, { missing, free: reachable.length });
    for (const { vehicle } of reachable.slice(0, missing)) this.book(vehicle, { lineId: line.lineId, load: [] });
    return undefined;
  }

  private bestCarrier(usable: readonly PlanVehicle[], left: readonly LoadLine[], origin: Place): Carrier | undefined {
    const whole = sizeOf(left);
    return usable
      .map((vehicle) => ({ vehicle, load: fill(left, vehicle) }))
      .filter(({ load }) => load.length > 0)
      .map((carrier) => ({ ...carrier, keys: this.keysOf(carrier, whole, origin) }))
      .sort(byKeys)[0];
  }

  private keysOf({ vehicle, load }: Omit<Carrier, 'keys'>, whole: LoadSize, origin: Place): number[] {
    const approach = this.seconds(vehicle, vehicle, origin);
    return [
      this.openLine(vehicle) ? 0 : 1,
      -shareTaken(sizeOf(load), whole),
      SOURCINGS.indexOf(vehicle.sourcing),
      Math.floor(approach / NEARNESS_STEP_SECONDS),
      vehicle.payloadGrams,
      vehicle.volumeCubicCentimetres,
      approach,
    ];
  }

  private book(
    vehicle: PlanVehicle,
    task: { readonly shipment?: PlanShipment; readonly lineId: string | null; readonly load: readonly LoadShare[] },
  ): void {
    const { shipment, lineId, load } = task;
    this.free.delete(vehicle.vehicleId);
    if (lineId !== null) this.openCounts.set(lineId, (this.openCounts.get(lineId) ?? 0) - 1);
    this.trips.push({
      vehicleId: vehicle.vehicleId,
      shipmentId: shipment?.shipmentId ?? null,
      lineId,
      load,
      approachSeconds: shipment ? this.seconds(vehicle, vehicle, shipment.origin) : 0,
      carriageSeconds: this.seconds(vehicle, shipment?.origin ?? vehicle),
    });
  }

  private mayCarry(vehicle: PlanVehicle, origin: Place): boolean {
    const servesRoads = !vehicle.mainRoadsOnly || (isOnMainRoad(origin) && isOnMainRoad(this.demand.site));
    return vehicle.carriesGoods && servesRoads && this.isInReach(vehicle, origin);
  }

  private isInReach(vehicle: PlanVehicle, pickUp: Position): boolean {
    return mayReach(vehicle, { siteRegionCode: this.demand.site.regionCode, pickUp }, this.rules);
  }

  /** The first line that asks for this kind of vehicle and has not got enough of them. */
  private openLine(vehicle: PlanVehicle): VehicleLine | undefined {
    return this.demand.vehicleLines.find(
      (line) => line.typeCode === vehicle.typeCode && (this.openCounts.get(line.lineId) ?? 0) > 0,
    );
  }

  private seconds(vehicle: PlanVehicle, from: Position, to: Position = this.demand.site): number {
    return travelSeconds(from, to, { speedKmh: vehicle.speedKmh, roadFactor: this.rules.roadFactor });
  }
}

interface Carrier {
  readonly vehicle: PlanVehicle;
  readonly load: readonly LoadShare[];
  /** Sort keys, the more important first, the smaller the better. */
  readonly keys: readonly number[];
}

/** By the first key that differs, then by id, so that the same input always gives the same plan. */
function byKeys(a: Pick<Carrier, 'vehicle' | 'keys'>, b: Pick<Carrier, 'vehicle' | 'keys'>): number {
  const differing = a.keys.findIndex((key, index) => key !== b.keys[index]);
  if (differing >= 0) return a.keys[differing] - b.keys[differing];
  return a.vehicle.vehicleId < b.vehicle.vehicleId ? -1 : 1;
}

/** 0 to 3: the share of the weight, of the volume and of the pieces; 3 when everything is taken. */
function shareTaken(taken: LoadSize, whole: LoadSize): number {
  const share = (part: number, sum: number): number => (sum === 0 ? 1 : part / sum);
  return (
    share(taken.weightGrams, whole.weightGrams) +
    share(taken.volumeCubicCentimetres, whole.volumeCubicCentimetres) +
    share(taken.pieces, whole.pieces)
  );
}

/** Villages are taken to lie off the main roads; positions of roads are not known here. */
function isOnMainRoad(place: Place): boolean {
  return tierOf(place.regionCode) !== 'village';
}

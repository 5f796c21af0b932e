import fc from 'fast-check';
import { planTrips, type PlanShipment, type PlanVehicle, type PlannedTrip, type TransportDemand } from './load-plan';
import { sizeOf, type LoadLine } from './load';

const RULES = { ownRegionCode: '140930', neighbourRadiusMetres: 80_000, roadFactor: 1.4 };
const SITE = { name: '楼子营村安置点', regionCode: '140930101200', latitude: 39.42, longitude: 111.22 };
const DEPOT = { name: '河曲县库', regionCode: '140930', latitude: 39.38, longitude: 111.14 };

const aVehicle = (changes: Partial<PlanVehicle> = {}): PlanVehicle => ({
  vehicleId: 'truck',
  typeCode: 'TRK-02',
  sourcing: 'own',
  regionCode: '140930',
  latitude: 39.39,
  longitude: 111.15,
  payloadGrams: 9_000_000,
  volumeCubicCentimetres: 38_000_000,
  speedKmh: 70,
  carriesGoods: true,
  mainRoadsOnly: false,
  ...changes,
});

const PICKUP = { typeCode: 'TRK-07', payloadGrams: 500_000, volumeCubicCentimetres: 1_500_000 };

const aLine = (changes: Partial<LoadLine> = {}): LoadLine => ({
  lineId: 'tents',
  itemCode: 'LRS-020',
  quantityBase: 60,
  weightGrams: 45_000,
  volumeCubicCentimetres: 150_000,
  ...changes,
});

const aShipment = (lines: LoadLine[] = [aLine()], changes: Partial<PlanShipment> = {}): PlanShipment => ({
  shipmentId: 'shipment',
  origin: DEPOT,
  lines,
  ...changes,
});

const aDemand = (changes: Partial<TransportDemand> = {}): TransportDemand => ({
  site: SITE,
  shipments: [aShipment()],
  vehicleLines: [],
  ...changes,
});

function tripsOf(demand: TransportDemand, vehicles: PlanVehicle[]): readonly PlannedTrip[] {
  const { trips, refusal } = planTrips(demand, vehicles, RULES);
  if (trips === null) throw new Error(refusal);
  return trips;
}

const refusalOf = (demand: TransportDemand, vehicles: PlanVehicle[]): string | null =>
  planTrips(demand, vehicles, RULES).refusal;

describe('planTrips chooses', () => {
  it('one vehicle that takes all rather than several that take parts', () => {
    const vehicles = [aVehicle({ vehicleId: 'pickup', ...PICKUP }), aVehicle()];
    expect(tripsOf(aDemand(), vehicles).map((trip) => trip.vehicleId)).toEqual(['truck']);
  });

  it('the smaller one of two that take all from equally near', () => {
    const vehicles = [aVehicle({ vehicleId: 'heavy', payloadGrams: 17_000_000 }), aVehicle()];
    expect(tripsOf(aDemand(), vehicles).map((trip) => trip.vehicleId)).toEqual(['truck']);
  });

  it('the nearer one, even when it is larger', () => {
    const vehicles = [aVehicle({ latitude: 39.0 }), aVehicle({ vehicleId: 'heavy', payloadGrams: 17_000_000 })];
    expect(tripsOf(aDemand(), vehicles).map((trip) => trip.vehicleId)).toEqual(['heavy']);
  });

  it('own before contract before requisition', () => {
    const vehicles = (['requisition', 'contract', 'own'] as const).map((sourcing) =>
      aVehicle({ vehicleId: sourcing, sourcing }),
    );
    expect(tripsOf(aDemand(), vehicles).map((trip) => trip.vehicleId)).toEqual(['own']);
  });

  it('a vehicle of the kind asked for, which then counts for its line', () => {
    const vehicles = [aVehicle(), aVehicle({ vehicleId: 'asked', typeCode: 'TRK-03', payloadGrams: 17_000_000 })];
    const demand = aDemand({ vehicleLines: [{ lineId: 'trucks', typeCode: 'TRK-03', count: 1 }] });
    expect(tripsOf(demand, vehicles)).toEqual([
      expect.objectContaining({ vehicleId: 'asked', shipmentId: 'shipment', lineId: 'trucks' }),
    ]);
  });

  it('vehicles without goods for what a line still needs, the nearest first', () => {
    const vehicles = [
      aVehicle({ vehicleId: 'far coach', typeCode: 'BUS-01', carriesGoods: false, latitude: 39.2 }),
      aVehicle({ vehicleId: 'near coach', typeCode: 'BUS-01', carriesGoods: false }),
    ];
    const vehicleLines = [{ lineId: 'coaches', typeCode: 'BUS-01', count: 1 }];
    expect(tripsOf(aDemand({ shipments: [], vehicleLines }), vehicles)).toEqual([
      expect.objectContaining({ vehicleId: 'near coach', shipmentId: null, lineId: 'coaches', load: [] }),
    ]);
  });

  it('several vehicles when one is not enough, the largest first', () => {
    const vehicles = [
      aVehicle({ vehicleId: 'pickup', ...PICKUP }),
      aVehicle({ vehicleId: 'light', payloadGrams: 1_500_000 }),
      aVehicle({ vehicleId: 'middle', payloadGrams: 2_000_000 }),
    ];
    const trips = tripsOf(aDemand({ shipments: [aShipment([aLine({ quantityBase: 80 })])] }), vehicles);
    expect(trips.map((trip) => [trip.vehicleId, trip.load[0].quantityBase])).toEqual([
      ['middle', 44],
      ['light', 33],
      ['pickup', 3],
    ]);
  });

  it('adds the way to the goods to the way with them', () => {
    const [trip] = tripsOf(aDemand(), [aVehicle({ latitude: 39.2 })]);
    expect(trip.approachSeconds).toBeGreaterThan(trip.carriageSeconds);
    expect(trip.carriageSeconds).toBe(590);
  });
});

describe('planTrips refuses', () => {
  it('when no vehicle for goods is in reach', () => {
    const vehicles = [aVehicle({ carriesGoods: false }), aVehicle({ regionCode: '1404', latitude: 36 })];
    expect(refusalOf(aDemand(), vehicles)).toBe(
      '2700 kg and 9.00 m³ wait at 河曲县库, and no free vehicle for goods is in reach',
    );
  });

  it('a village to vehicles that cannot leave main roads, but not a county seat', () => {
    const trailer = aVehicle({ mainRoadsOnly: true });
    expect(refusalOf(aDemand(), [trailer])).toContain('no free vehicle for goods is in reach');
    expect(tripsOf(aDemand({ site: { ...SITE, regionCode: '140930' } }), [trailer])).toHaveLength(1);
  });

  it('when one piece is larger than every vehicle', () => {
    const demand = aDemand({ shipments: [aShipment([aLine({ quantityBase: 1, weightGrams: 600_000 })])] });
    expect(refusalOf(demand, [aVehicle(PICKUP)])).toBe(
      'one piece of LRS-020 at 河曲县库 (600 kg and 0.15 m³) fits into none of the 1 free vehicles in reach',
    );
  });

  it('the whole demand when its last part cannot be had', () => {
    const demand = aDemand({ vehicleLines: [{ lineId: 'coaches', typeCode: 'BUS-01', count: 2 }] });
    const vehicles = [aVehicle(), aVehicle({ vehicleId: 'coach', typeCode: 'BUS-01', carriesGoods: false })];
    expect(planTrips(demand, vehicles, RULES)).toEqual({
      trips: null,
      refusal: '2 vehicles of kind BUS-01 are still needed, 1 are free and in reach',
    });
  });
});

describe('planTrips, asked for nothing,', () => {
  it('refuses rather than assign no vehicle', () => {
    expect(refusalOf(aDemand({ shipments: [] }), [aVehicle()])).toBe('neither goods nor vehicles are asked for');
  });
});

const anyVehicles = fc.uniqueArray(
  fc.record<PlanVehicle>({
    vehicleId: fc.uuid(),
    typeCode: fc.constantFrom('TRK-01', 'TRK-02', 'BUS-01'),
    sourcing: fc.constantFrom('own', 'contract', 'requisition'),
    regionCode: fc.constantFrom('140930', '140931', '1409', '610822'),
    latitude: fc.double({ min: 39, max: 39.6, noNaN: true }),
    longitude: fc.double({ min: 111, max: 111.5, noNaN: true }),
    payloadGrams: fc.integer({ min: 0, max: 9_000_000 }),
    volumeCubicCentimetres: fc.integer({ min: 0, max: 38_000_000 }),
    speedKmh: fc.constantFrom(40, 70),
    carriesGoods: fc.boolean(),
    mainRoadsOnly: fc.boolean(),
  }),
  { maxLength: 15, selector: (vehicle) => vehicle.vehicleId },
);
const anyLine = fc.record<LoadLine>({
  lineId: fc.constantFrom('tents', 'quilts', 'pumps'),
  itemCode: fc.constant('LRS-020'),
  quantityBase: fc.integer({ min: 1, max: 300 }),
  weightGrams: fc.integer({ min: 0, max: 60_000 }),
  volumeCubicCentimetres: fc.integer({ min: 0, max: 300_000 }),
});
const anyDemand = fc.record<TransportDemand>({
  site: fc.constant(SITE),
  shipments: fc
    .array(fc.array(anyLine, { minLength: 1, maxLength: 4 }), { maxLength: 3 })
    .map((shipments) => shipments.map((lines, index) => aShipment(lines, { shipmentId: `shipment ${index}` }))),
  vehicleLines: fc.uniqueArray(
    fc.record({
      lineId: fc.constantFrom('first', 'second'),
      typeCode: fc.constantFrom('TRK-01', 'BUS-01'),
      count: fc.integer({ min: 1, max: 3 }),
    }),
    { selector: (line) => line.lineId },
  ),
});

const pieces = (lines: readonly LoadLine[], lineId: string): number =>
  sizeOf(lines.filter((line) => line.lineId === lineId)).pieces;

describe('planTrips, whatever is asked and whatever is free,', () => {
  it('puts every piece on exactly one trip, fills every line, and overloads nothing', () => {
    fc.assert(
      fc.property(anyDemand, anyVehicles, (demand, vehicles) => {
        const { trips } = planTrips(demand, vehicles, RULES);
        if (trips === null) return;
        const byId = new Map(vehicles.map((vehicle) => [vehicle.vehicleId, vehicle]));
        expect(new Set(trips.map((trip) => trip.vehicleId)).size).toBe(trips.length);
        for (const shipment of demand.shipments) {
          const loads = trips.filter((trip) => trip.shipmentId === shipment.shipmentId).flatMap((trip) => trip.load);
          for (const { lineId } of shipment.lines) expect(pieces(loads, lineId)).toBe(pieces(shipment.lines, lineId));
        }
        for (const line of demand.vehicleLines) {
          expect(trips.filter((trip) => trip.lineId === line.lineId)).toHaveLength(line.count);
        }
        for (const trip of trips) {
          const vehicle = byId.get(trip.vehicleId)!;
          const load = sizeOf(trip.load);
          expect(load.weightGrams).toBeLessThanOrEqual(vehicle.payloadGrams);
          expect(load.volumeCubicCentimetres).toBeLessThanOrEqual(vehicle.volumeCubicCentimetres);
          expect(trip.shipmentId === null).toBe(trip.load.length === 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('plans the same for the same input in another order', () => {
    fc.assert(
      fc.property(anyDemand, anyVehicles, (demand, vehicles) => {
        expect(planTrips(demand, [...vehicles].reverse(), RULES)).toEqual(planTrips(demand, vehicles, RULES));
      }),
    );
  });
});

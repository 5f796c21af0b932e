import { emptyAccount, type AllocationState, type GoodsLine, type PlannedSource } from '../../allocation';

const uuid = (kind: number, number: number): string =>
  `0197f0c0-0000-7000-8000-${kind.toString(16).padStart(4, '0')}${number.toString(16).padStart(8, '0')}`;

/** Ids in order, so that a run can be repeated and compared. */
export function countingIds(start = 1): () => string {
  let next = start;
  return () => uuid(0xf00d, next++);
}

export const aSource = (overrides: Partial<PlannedSource> = {}): PlannedSource => ({
  depotId: uuid(0xd, 1),
  depotName: 'county depot',
  regionCode: '140930',
  latitude: 39.38,
  longitude: 111.14,
  quantityBase: 60,
  travelSeconds: 1_800,
  foreign: false,
  reason: 'nearest in the county',
  ...overrides,
});

export const aGoodsLine = (overrides: Partial<GoodsLine> = {}): GoodsLine => ({
  lineId: uuid(0xa, 1),
  itemCode: 'LRS-015',
  itemName: 'tent',
  unit: 'piece',
  recoverable: true,
  weightGrams: 45_000,
  volumeCubicCentimetres: 150_000,
  requestedBase: 60,
  sources: [aSource()],
  shortBase: 0,
  reservationId: null,
  reservation: 'none',
  excludedDepotIds: [],
  attempts: 0,
  account: emptyAccount(),
  ...overrides,
});

/** A draft with one line of goods and one team for a village of Hequ. */
export const anAllocation = (overrides: Partial<AllocationState> = {}): AllocationState => ({
  allocationId: uuid(0xaa, 1),
  incidentId: uuid(0x1c, 1),
  incidentLevel: 'III',
  realm: 'real',
  site: { siteId: uuid(0x51, 1), name: 'village', regionCode: '140930101200', latitude: 39.24, longitude: 111.34 },
  usableUntil: '2026-07-08',
  phase: 'draft',
  outcome: null,
  useOrder: null,
  goods: [aGoodsLine()],
  teams: [
    {
      lineId: uuid(0xa, 9),
      typeCode: 'PRO-02',
      callUps: [{ callUpId: uuid(0xc, 1), status: 'none', teamId: null, teamName: null }],
    },
  ],
  vehicles: [],
  assignment: null,
  shipments: [],
  trips: [],
  peopleReached: 0,
  firstHandoutAt: null,
  attention: null,
  retries: {},
  ...overrides,
});

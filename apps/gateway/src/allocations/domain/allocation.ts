import type { Realm, RecordDelivery, Site } from '@ledger/contracts';

/** Where an allocation stands. `phase-transitions.ts` says which may follow which. */
export const PHASES = [
  'draft',
  'awaiting-approval',
  'mobilising',
  'ready',
  'under-way',
  'on-site',
  'turning-back',
  'releasing',
  'closed',
  'rejected',
  'lapsed',
  'cancelled',
  'failed',
] as const;
export type Phase = (typeof PHASES)[number];

/** How an allocation ends. */
export type Outcome = 'closed' | 'rejected' | 'lapsed' | 'cancelled' | 'failed';

/** A depot that is planned to give part of a line, and why this one. */
export interface PlannedSource {
  readonly depotId: string;
  readonly depotName: string;
  readonly regionCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly quantityBase: number;
  readonly travelSeconds: number;
  /** The depot lies outside the county of the site. */
  readonly foreign: boolean;
  readonly reason: string;
}

/**
 * The life of a line's promise of goods: `held` is soft until the approval, `firm` after it; `none` is a line that
 * nobody can cover.
 */
export type ReservationStatus =
  'none' | 'requested' | 'held' | 'confirming' | 'firm' | 'releasing' | 'released' | 'issued';

/** Where the pieces of a line are, in base units; every issued piece is in exactly one of the other counts. */
export interface LineAccount {
  issuedBase: number;
  /** Between depot and site, a missing rest of a delivery included. */
  inTransitBase: number;
  /** At the site and usable, handed out recoverable pieces included. */
  atSiteBase: number;
  damagedAtSiteBase: number;
  consumedBase: number;
  returnedBase: number;
  lostBase: number;
  /** Handed out to people, consumed or not. */
  handedOutBase: number;
}

export interface GoodsLine {
  readonly lineId: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly unit: string;
  readonly recoverable: boolean;
  readonly weightGrams: number;
  readonly volumeCubicCentimetres: number;
  readonly requestedBase: number;
  sources: PlannedSource[];
  shortBase: number;
  reservationId: string | null;
  reservation: ReservationStatus;
  /** Sources that refused; a replan leaves them out. */
  excludedDepotIds: string[];
  attempts: number;
  account: LineAccount;
}

export type CallUpStatus = 'none' | 'requested' | 'accepted' | 'refused' | 'standing-down' | 'stood-down';

export interface CallUp {
  readonly callUpId: string;
  status: CallUpStatus;
  teamId: string | null;
  teamName: string | null;
}

export interface TeamLine {
  readonly lineId: string;
  readonly typeCode: string;
  callUps: CallUp[];
}

export interface VehicleLine {
  readonly lineId: string;
  readonly typeCode: string;
  readonly count: number;
}

export const SOURCINGS = ['own', 'contract', 'requisition'] as const;
export type Sourcing = (typeof SOURCINGS)[number];

export interface Assignment {
  readonly assignmentId: string;
  readonly sourcing: Sourcing;
  status: 'requested' | 'booked' | 'releasing' | 'released' | 'refused';
}

export interface ShipmentLine {
  readonly lineId: string;
  readonly reservationId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
}

export interface Shipment {
  readonly shipmentId: string;
  readonly depotId: string;
  lines: ShipmentLine[];
  status: 'planned' | 'ordered' | 'issued';
}

export interface Trip {
  readonly tripId: string;
  readonly shipmentId: string | null;
  readonly plate: string;
  readonly driverName: string;
  readonly sourcing: Sourcing;
  status: 'assigned' | 'departed' | 'delivered' | 'turned-back' | 'completed' | 'cancelled';
  /** The ledger has taken the delivery over. */
  booked: boolean;
  /** What was handed over, kept until the ledger has answered. */
  delivery: RecordDelivery | null;
}

/** Somebody who has to act because the machine cannot go on alone. */
export interface Attention {
  readonly owner: string;
  readonly reason: string;
}

/** Everything the saga knows of one allocation. Plain data: it is stored, replayed and compared as it is. */
export interface AllocationState {
  readonly allocationId: string;
  readonly incidentId: string;
  readonly incidentLevel: 'I' | 'II' | 'III' | 'IV';
  readonly realm: Realm;
  readonly site: Site;
  /** Last day on which the goods must still be usable, an ISO date. */
  readonly usableUntil: string;
  phase: Phase;
  outcome: Outcome | null;
  useOrder: string | null;
  goods: GoodsLine[];
  teams: TeamLine[];
  vehicles: VehicleLine[];
  assignment: Assignment | null;
  shipments: Shipment[];
  trips: Trip[];
  peopleReached: number;
  firstHandoutAt: string | null;
  attention: Attention | null;
  /** How often a step was asked again without an answer, by its subject. */
  retries: Record<string, number>;
}

export const emptyAccount = (): LineAccount => ({
  issuedBase: 0,
  inTransitBase: 0,
  atSiteBase: 0,
  damagedAtSiteBase: 0,
  consumedBase: 0,
  returnedBase: 0,
  lostBase: 0,
  handedOutBase: 0,
});

import type {
  AssignmentRefused,
  CallUpRefused,
  DifferenceSettled,
  HandoutRecorded,
  ReservationRenewed,
  StockDelivered,
  StockIssued,
  StockRefused,
  StockReleased,
  StockReserved,
  StockReturned,
  TeamAccepted,
  TeamDeclined,
  TeamProgressed,
  TeamRequested,
  TeamStoodDown,
  TripCompleted,
  TripDelivered,
  TripDeparted,
  TripTurnedBack,
  VehiclesAssigned,
  VehiclesReleased,
} from '@ledger/contracts';
import type { PlannedSource } from '../allocation';

/** What people and the clock do to an allocation. */
export interface DecisionEvents {
  submitted: { readonly approvalTier: string };
  approved: { readonly useOrder: string };
  rejected: { readonly reason: string };
  cancelled: { readonly reason: string };
  replanned: { readonly lineId: string; readonly sources: PlannedSource[]; readonly shortBase: number };
  'deadline-passed': { readonly kind: DeadlineKind; readonly subjectId: string };
}

/** What the other services report. */
export interface ServiceEvents {
  'stock-reserved': StockReserved;
  'stock-refused': StockRefused;
  'reservation-renewed': ReservationRenewed;
  'stock-released': StockReleased;
  'stock-issued': StockIssued;
  'stock-delivered': StockDelivered;
  'difference-settled': DifferenceSettled;
  'handout-recorded': HandoutRecorded;
  'stock-returned': StockReturned;
  'vehicles-assigned': VehiclesAssigned;
  'assignment-refused': AssignmentRefused;
  'vehicles-released': VehiclesReleased;
  'trip-departed': TripDeparted;
  'trip-delivered': TripDelivered;
  'trip-turned-back': TripTurnedBack;
  'trip-completed': TripCompleted;
  'team-requested': TeamRequested;
  'team-accepted': TeamAccepted;
  'team-declined': TeamDeclined;
  'call-up-refused': CallUpRefused;
  'team-progressed': TeamProgressed;
  'team-stood-down': TeamStoodDown;
}

export type SagaEventData = DecisionEvents & ServiceEvents;
export type SagaEventType = keyof SagaEventData;
export type SagaEvent = {
  [Type in SagaEventType]: { readonly type: Type; readonly data: SagaEventData[Type] };
}[SagaEventType];

/**
 * What can be late. The subject is the row the deadline belongs to: the allocation for `approval`, `renewal`, `release`
 * `departure` and `closing`; the reservation, assignment, call-up or trip for the others.
 */
export const DEADLINE_KINDS = [
  'approval',
  'renewal',
  'release',
  'departure',
  'reservation',
  'assignment',
  'call-up',
  'delivery-booking',
  'arrival',
  'closing',
] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

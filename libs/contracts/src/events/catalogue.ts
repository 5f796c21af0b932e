import { ItemCatalogued } from './supplies/item-catalogued.v1';
import { DepotRegistered } from './supplies/depot-registered.v1';
import { ReserveStandardsSet } from './supplies/reserve-standards-set.v1';
import { TemporaryStandardUnfilled } from './supplies/temporary-standard-unfilled.v1';
import { LoanChanged } from './supplies/loan-changed.v1';
import { MovementPosted } from './supplies/movement-posted.v1';
import { LedgerSealed } from './supplies/ledger-sealed.v1';
import { StockReserved } from './supplies/stock-reserved.v1';
import { StockRefused } from './supplies/stock-refused.v1';
import { ReservationRenewed } from './supplies/reservation-renewed.v1';
import { StockReleased } from './supplies/stock-released.v1';
import { StockIssued } from './supplies/stock-issued.v1';
import { StockDelivered } from './supplies/stock-delivered.v1';
import { HandoutRecorded } from './supplies/handout-recorded.v1';
import { StockReturned } from './supplies/stock-returned.v1';
import { DifferenceSettled } from './supplies/difference-settled.v1';
import { PurchaseOrderApproved } from './supplies/purchase-order-approved.v1';
import { PurchasePapersOverdue } from './supplies/purchase-papers-overdue.v1';
import { DonationAccepted } from './supplies/donation-accepted.v1';
import { RotationOrderOpened } from './supplies/rotation-order-opened.v1';
import { RotationOrderClosed } from './supplies/rotation-order-closed.v1';
import { RotationOffered } from './supplies/rotation-offered.v1';
import { EquipmentTestRecorded } from './supplies/equipment-test-recorded.v1';
import { ReserveContractChanged } from './supplies/reserve-contract-changed.v1';
import { EnterpriseBelowMinimum } from './supplies/enterprise-below-minimum.v1';
import { ReserveCallChanged } from './supplies/reserve-call-changed.v1';
import { ReserveConfirmationDue } from './supplies/reserve-confirmation-due.v1';
import { LotQualityChanged } from './supplies/lot-quality-changed.v1';
import { WorkOverdue } from './supplies/work-overdue.v1';
import { TeamRegistered } from './teams/team-registered.v1';
import { ReadinessChanged } from './teams/readiness-changed.v1';
import { TeamRequested } from './teams/team-requested.v1';
import { TeamAccepted } from './teams/team-accepted.v1';
import { TeamDeclined } from './teams/team-declined.v1';
import { CallUpRefused } from './teams/call-up-refused.v1';
import { TeamProgressed } from './teams/team-progressed.v1';
import { TeamStoodDown } from './teams/team-stood-down.v1';
import { VehicleRegistered } from './transport/vehicle-registered.v1';
import { VehiclesAssigned } from './transport/vehicles-assigned.v1';
import { AssignmentRefused } from './transport/assignment-refused.v1';
import { VehiclesReleased } from './transport/vehicles-released.v1';
import { TripDeparted } from './transport/trip-departed.v1';
import { TripDelivered } from './transport/trip-delivered.v1';
import { TripTurnedBack } from './transport/trip-turned-back.v1';
import { TripCompleted } from './transport/trip-completed.v1';
import { IncidentReported } from './dispatch/incident-reported.v1';
import { AllocationChanged } from './dispatch/allocation-changed.v1';
import { ReserveStock } from '../commands/supplies/reserve-stock.v1';
import { RenewReservation } from '../commands/supplies/renew-reservation.v1';
import { ReleaseStock } from '../commands/supplies/release-stock.v1';
import { OrderIssue } from '../commands/supplies/order-issue.v1';
import { RecordDelivery } from '../commands/supplies/record-delivery.v1';
import { AssignVehicles } from '../commands/transport/assign-vehicles.v1';
import { ReleaseVehicles } from '../commands/transport/release-vehicles.v1';
import { TurnBack } from '../commands/transport/turn-back.v1';
import { CallUp } from '../commands/teams/call-up.v1';
import { StandDown } from '../commands/teams/stand-down.v1';
import type { EventDefinition } from './define-event';

/** Every event and command there is. Documents, fixtures and checks are made from this list. */
export const EVENT_CATALOGUE: readonly EventDefinition[] = [
  ItemCatalogued,
  DepotRegistered,
  ReserveStandardsSet,
  TemporaryStandardUnfilled,
  LoanChanged,
  MovementPosted,
  LedgerSealed,
  StockReserved,
  StockRefused,
  ReservationRenewed,
  StockReleased,
  StockIssued,
  StockDelivered,
  HandoutRecorded,
  StockReturned,
  DifferenceSettled,
  PurchaseOrderApproved,
  PurchasePapersOverdue,
  DonationAccepted,
  RotationOrderOpened,
  RotationOrderClosed,
  RotationOffered,
  EquipmentTestRecorded,
  ReserveContractChanged,
  EnterpriseBelowMinimum,
  ReserveCallChanged,
  ReserveConfirmationDue,
  LotQualityChanged,
  WorkOverdue,
  TeamRegistered,
  ReadinessChanged,
  TeamRequested,
  TeamAccepted,
  TeamDeclined,
  CallUpRefused,
  TeamProgressed,
  TeamStoodDown,
  VehicleRegistered,
  VehiclesAssigned,
  AssignmentRefused,
  VehiclesReleased,
  TripDeparted,
  TripDelivered,
  TripTurnedBack,
  TripCompleted,
  IncidentReported,
  AllocationChanged,
  ReserveStock,
  RenewReservation,
  ReleaseStock,
  OrderIssue,
  RecordDelivery,
  AssignVehicles,
  ReleaseVehicles,
  TurnBack,
  CallUp,
  StandDown,
] as unknown as readonly EventDefinition[];

const BY_TYPE = new Map(EVENT_CATALOGUE.map((definition) => [definition.type, definition]));

/** The definition of a type, or undefined when nobody knows it. */
export const eventDefinition = (type: string): EventDefinition | undefined => BY_TYPE.get(type);

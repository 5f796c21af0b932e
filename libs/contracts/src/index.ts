export {
  DEPOT_STATES,
  JOURNEY_ACCOUNT_PATTERN,
  OUTSIDE_ACCOUNTS,
  damagedSiteAccount,
  depotAccount,
  isInside,
  parseDepotAccount,
  siteAccount,
  transitAccount,
} from './accounts';
export type { Account, DepotAccount, DepotState, OutsideAccount, SiteAccount, TransitAccount } from './accounts';
export {
  CALLABLE_KINDS,
  CURVE_HOURS,
  MAX_CURVE_HOURS,
  callableBase,
  callableCurve,
  coverDemand,
  hoursUntil,
  inOrderOfUse,
} from './callable-curve';
export type { CallableKind, CallableSource, CoveredPart, CurvePoint, DemandAnswer, Production } from './callable-curve';
export { dayAfter, dayInChina, daysBetween, startOfDayInChina } from './days';
export { DEMO_PASSWORD } from './demonstration';
export { DomainError } from './domain-error';
export type { FieldFault, ProblemDetails } from './domain-error';
export { defineEvent } from './events/define-event';
export type { EventData, EventDefinition } from './events/define-event';
export { EVENT_CONTENT_TYPE, MAX_EVENT_BYTES, envelopeSchema } from './events/envelope';
export type { EventEnvelope, RawEnvelope } from './events/envelope';
export { EVENT_CATALOGUE, eventDefinition } from './events/catalogue';
export { MAX_QUANTITY_BASE } from './events/shapes';
export type { Site } from './events/shapes';
export { DEFAULT_ROAD_FACTOR, distanceMetres, travelSeconds } from './geography';
export type { Position } from './geography';
export type { Invariant } from './invariant';
export { POLICY, mayDo } from './policy';
export type { Action } from './policy';
export { PROBLEMS, problemType } from './problems';
export type { ProblemCode } from './problems';
export {
  codeLengthBelow,
  codeLengthOf,
  REGION_CODE_PATTERN,
  isRegionCode,
  lineageOf,
  parentRegionOf,
  regionCovers,
  tierOf,
  tiersApart,
} from './regions';
export type { RegionTier } from './regions';
export {
  KEY_INPUT_LEVELS,
  PROMISED_MODES,
  RESERVE_CALL_STATES,
  RESERVE_MODES,
  RESERVE_STATES,
  RESTORATIONS,
  UNCOUNTED_CODES,
  callableSourceOf,
  confirmationDue,
  knownStockBase,
  uncalledBase,
  whyUncounted,
} from './reserve-contract';
export type {
  ConfirmationDue,
  KeyInputLevel,
  PromisedMode,
  ReserveCallState,
  ReserveConfirmation,
  ReserveContractTerms,
  ReserveMode,
  ReserveState,
  Restoration,
  Uncounted,
  UncountedCode,
} from './reserve-contract';
export { ORGANISATION_KINDS, REALMS, ROLES } from './roles';
export type { Caller, OrganisationKind, Realm, Role } from './roles';
export { INBOX_RETENTION_MS, SERVICES, TOPICS, TOPIC_PARTITIONS, TOPIC_RETENTION_MS } from './topics';
export type { ServiceName, Topic } from './topics';
export { UPLOAD_ROUTES, XLSX_MEDIA_TYPE, uploadRouteOf } from './uploads';
export type { UploadRoute } from './uploads';
export { ItemCatalogued } from './events/supplies/item-catalogued.v1';
export { DepotRegistered } from './events/supplies/depot-registered.v1';
export { ReserveStandardsSet } from './events/supplies/reserve-standards-set.v1';
export { TemporaryStandardUnfilled } from './events/supplies/temporary-standard-unfilled.v1';
export { LedgerSealed } from './events/supplies/ledger-sealed.v1';
export { LOAN_CHANGES, LoanChanged, type LoanChangeName } from './events/supplies/loan-changed.v1';
export { MovementPosted } from './events/supplies/movement-posted.v1';
export { StockReserved } from './events/supplies/stock-reserved.v1';
export { StockRefused } from './events/supplies/stock-refused.v1';
export { ReservationRenewed } from './events/supplies/reservation-renewed.v1';
export { StockReleased } from './events/supplies/stock-released.v1';
export { StockIssued } from './events/supplies/stock-issued.v1';
export { StockDelivered } from './events/supplies/stock-delivered.v1';
export { HandoutRecorded } from './events/supplies/handout-recorded.v1';
export { StockReturned } from './events/supplies/stock-returned.v1';
export { DifferenceSettled } from './events/supplies/difference-settled.v1';
export { PurchaseOrderApproved } from './events/supplies/purchase-order-approved.v1';
export { PurchasePapersOverdue } from './events/supplies/purchase-papers-overdue.v1';
export { DonationAccepted } from './events/supplies/donation-accepted.v1';
export { RotationOrderOpened } from './events/supplies/rotation-order-opened.v1';
export { RotationOrderClosed } from './events/supplies/rotation-order-closed.v1';
export { RotationOffered } from './events/supplies/rotation-offered.v1';
export { EquipmentTestRecorded } from './events/supplies/equipment-test-recorded.v1';
export { ReserveContractChanged } from './events/supplies/reserve-contract-changed.v1';
export { EnterpriseBelowMinimum } from './events/supplies/enterprise-below-minimum.v1';
export { ReserveCallChanged } from './events/supplies/reserve-call-changed.v1';
export { ReserveConfirmationDue } from './events/supplies/reserve-confirmation-due.v1';
export { WorkOverdue } from './events/supplies/work-overdue.v1';
export { LotQualityChanged } from './events/supplies/lot-quality-changed.v1';
export { TeamRegistered } from './events/teams/team-registered.v1';
export { ReadinessChanged } from './events/teams/readiness-changed.v1';
export { TeamRequested } from './events/teams/team-requested.v1';
export { TeamAccepted } from './events/teams/team-accepted.v1';
export { TeamDeclined } from './events/teams/team-declined.v1';
export { CallUpRefused } from './events/teams/call-up-refused.v1';
export { TeamProgressed } from './events/teams/team-progressed.v1';
export { TeamStoodDown } from './events/teams/team-stood-down.v1';
export { VehicleRegistered } from './events/transport/vehicle-registered.v1';
export { VehiclesAssigned } from './events/transport/vehicles-assigned.v1';
export { AssignmentRefused } from './events/transport/assignment-refused.v1';
export { VehiclesReleased } from './events/transport/vehicles-released.v1';
export { TripDeparted } from './events/transport/trip-departed.v1';
export { TripDelivered } from './events/transport/trip-delivered.v1';
export { TripTurnedBack } from './events/transport/trip-turned-back.v1';
export { TripCompleted } from './events/transport/trip-completed.v1';
export { IncidentReported } from './events/dispatch/incident-reported.v1';
export { AllocationChanged } from './events/dispatch/allocation-changed.v1';
export { ReserveStock } from './commands/supplies/reserve-stock.v1';
export { RenewReservation } from './commands/supplies/renew-reservation.v1';
export { ReleaseStock } from './commands/supplies/release-stock.v1';
export { OrderIssue } from './commands/supplies/order-issue.v1';
export { RecordDelivery } from './commands/supplies/record-delivery.v1';
export { AssignVehicles } from './commands/transport/assign-vehicles.v1';
export { ReleaseVehicles } from './commands/transport/release-vehicles.v1';
export { TurnBack } from './commands/transport/turn-back.v1';
export { CallUp } from './commands/teams/call-up.v1';
export { StandDown } from './commands/teams/stand-down.v1';

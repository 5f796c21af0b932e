import type {
  AssignVehicles,
  CallUp,
  OrderIssue,
  RecordDelivery,
  ReleaseStock,
  ReleaseVehicles,
  RenewReservation,
  ReserveStock,
  StandDown,
  TurnBack,
} from '@ledger/contracts';
import type { DeadlineKind } from './saga-events';

/** What the saga asks of the other services; `send` names the command's contract. */
export type ServiceCommand =
  | { readonly send: 'reserve-stock'; readonly data: ReserveStock }
  | { readonly send: 'renew-reservation'; readonly data: RenewReservation }
  | { readonly send: 'release-stock'; readonly data: ReleaseStock }
  | { readonly send: 'order-issue'; readonly data: OrderIssue }
  | { readonly send: 'record-delivery'; readonly data: RecordDelivery }
  | { readonly send: 'assign-vehicles'; readonly data: AssignVehicles }
  | { readonly send: 'release-vehicles'; readonly data: ReleaseVehicles }
  | { readonly send: 'turn-back'; readonly data: TurnBack }
  | { readonly send: 'call-up'; readonly data: CallUp }
  | { readonly send: 'stand-down'; readonly data: StandDown };

/** What the saga asks of its own surroundings. */
export type OwnCommand =
  | { readonly own: 'replan'; readonly lineId: string }
  | {
      readonly own: 'set-deadline';
      readonly kind: DeadlineKind;
      readonly subjectId: string;
      readonly seconds: number;
      readonly owner: string;
    }
  | { readonly own: 'clear-deadline'; readonly kind: DeadlineKind; readonly subjectId: string };

export type SagaCommand = ServiceCommand | OwnCommand;

/** One line of the timeline: what happened and why; who, when and by which event is added when it is stored. */
export interface TimelineEntry {
  readonly step: string;
  readonly what: string;
  readonly why: string;
}

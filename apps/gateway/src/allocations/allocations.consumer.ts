import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import {
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
  type EventEnvelope,
} from '@ledger/contracts';
import { Inbox } from '@ledger/platform';
import { AdvanceAllocation } from './advance-allocation';
import { AllocationsRepository } from './allocations.repository';
import type { SagaEvent, ServiceEvents } from './domain/saga/saga-events';

/** Every report of the other services that concerns an allocation, by the saga's own name for it. */
const REPORTS: Readonly<Record<keyof ServiceEvents, { readonly type: string }>> = {
  'stock-reserved': StockReserved,
  'stock-refused': StockRefused,
  'reservation-renewed': ReservationRenewed,
  'stock-released': StockReleased,
  'stock-issued': StockIssued,
  'stock-delivered': StockDelivered,
  'difference-settled': DifferenceSettled,
  'handout-recorded': HandoutRecorded,
  'stock-returned': StockReturned,
  'vehicles-assigned': VehiclesAssigned,
  'assignment-refused': AssignmentRefused,
  'vehicles-released': VehiclesReleased,
  'trip-departed': TripDeparted,
  'trip-delivered': TripDelivered,
  'trip-turned-back': TripTurnedBack,
  'trip-completed': TripCompleted,
  'team-requested': TeamRequested,
  'team-accepted': TeamAccepted,
  'team-declined': TeamDeclined,
  'call-up-refused': CallUpRefused,
  'team-progressed': TeamProgressed,
  'team-stood-down': TeamStoodDown,
};
const NAMES = new Map(Object.entries(REPORTS).map(([name, { type }]) => [type, name as keyof ServiceEvents]));

/** Feeds the reports of the other services to the saga; a report about an unknown allocation is parked. */
@Controller()
export class AllocationsConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly repository: AllocationsRepository,
    private readonly advance: AdvanceAllocation,
  ) {}

  @EventPattern([...NAMES.keys()])
  onReport(@Payload() event: EventEnvelope<{ allocationId: string }>): Promise<void> {
    return this.inbox.once(event, async (tx) => {
      const { state } = await this.repository.lock(tx, event.data.allocationId);
      const sagaEvent = { type: NAMES.get(event.type), data: event.data } as SagaEvent;
      await this.advance.execute(tx, state, sagaEvent, { actor: event.source.slice(1), eventId: event.id });
    });
  }
}

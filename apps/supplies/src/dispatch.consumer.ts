import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import {
  OrderIssue,
  RecordDelivery,
  ReleaseStock,
  RenewReservation,
  ReserveStock,
  type EventEnvelope,
} from '@ledger/contracts';
import { Inbox, causeOf } from '@ledger/platform';
import { ReleaseStockUseCase } from './reservations/release-stock';
import { RenewReservationUseCase } from './reservations/renew-reservation';
import { ReserveStockUseCase } from './reservations/reserve-stock';
import { OrderIssueUseCase } from './shipments/order-issue';
import { RecordDeliveryUseCase } from './shipments/record-delivery';

/**
 * The commands of the dispatch saga. What the saga must hear of (goods that cannot be promised, promises that are over)
 * is answered by an event; a DomainError means that the command contradicts what is known, and parks it.
 */
@Controller()
export class DispatchConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly reserveStock: ReserveStockUseCase,
    private readonly renewReservation: RenewReservationUseCase,
    private readonly releaseStock: ReleaseStockUseCase,
    private readonly orderIssue: OrderIssueUseCase,
    private readonly recordDelivery: RecordDeliveryUseCase,
  ) {}

  @EventPattern<string>(ReserveStock.type)
  onReserveStock(@Payload() event: EventEnvelope<ReserveStock>): Promise<void> {
    return this.inbox.once(event, (tx) => this.reserveStock.execute(tx, event.data, causeOf(event)));
  }

  @EventPattern<string>(RenewReservation.type)
  onRenewReservation(@Payload() event: EventEnvelope<RenewReservation>): Promise<void> {
    return this.inbox.once(event, (tx) => this.renewReservation.execute(tx, event.data, causeOf(event)));
  }

  @EventPattern<string>(ReleaseStock.type)
  onReleaseStock(@Payload() event: EventEnvelope<ReleaseStock>): Promise<void> {
    return this.inbox.once(event, (tx) => this.releaseStock.execute(tx, event.data, causeOf(event)));
  }

  @EventPattern<string>(OrderIssue.type)
  onOrderIssue(@Payload() event: EventEnvelope<OrderIssue>): Promise<void> {
    return this.inbox.once(event, (tx) => this.orderIssue.execute(tx, event.data, causeOf(event)));
  }

  @EventPattern<string>(RecordDelivery.type)
  onRecordDelivery(@Payload() event: EventEnvelope<RecordDelivery>): Promise<void> {
    return this.inbox.once(event, (tx) => this.recordDelivery.execute(tx, event.data, causeOf(event)));
  }
}

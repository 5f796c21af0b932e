import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import {
  DepotRegistered,
  ItemCatalogued,
  MovementPosted,
  ReserveStandardsSet,
  type EventEnvelope,
} from '@ledger/contracts';
import { Inbox } from '@ledger/platform';
import { ProjectionRepository } from './projection.repository';

/** Follows catalogue, depots, reserve standards and movements of the supplies service. */
@Controller()
export class SuppliesProjectionConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly projection: ProjectionRepository,
  ) {}

  @EventPattern<string>(ItemCatalogued.type)
  onItemCatalogued(@Payload() event: EventEnvelope<ItemCatalogued>): Promise<void> {
    return this.inbox.once(event, (tx) => this.projection.item(tx, event));
  }

  @EventPattern<string>(DepotRegistered.type)
  onDepotRegistered(@Payload() event: EventEnvelope<DepotRegistered>): Promise<void> {
    return this.inbox.once(event, (tx) => this.projection.depot(tx, event));
  }

  @EventPattern<string>(ReserveStandardsSet.type)
  onReserveStandardsSet(@Payload() event: EventEnvelope<ReserveStandardsSet>): Promise<void> {
    return this.inbox.once(event, (tx) => this.projection.floors(tx, event));
  }

  @EventPattern<string>(MovementPosted.type)
  onMovementPosted(@Payload() event: EventEnvelope<MovementPosted>): Promise<void> {
    return this.inbox.once(event, (tx) => this.projection.movement(tx, event));
  }
}

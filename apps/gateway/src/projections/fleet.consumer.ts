import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { TeamRegistered, VehicleRegistered, type EventEnvelope } from '@ledger/contracts';
import { Inbox } from '@ledger/platform';
import { ProjectionRepository } from './projection.repository';

/** Follows which teams and vehicles there are. */
@Controller()
export class FleetProjectionConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly projection: ProjectionRepository,
  ) {}

  @EventPattern<string>(TeamRegistered.type)
  onTeamRegistered(@Payload() event: EventEnvelope<TeamRegistered>): Promise<void> {
    return this.inbox.once(event, (tx) => this.projection.team(tx, event));
  }

  @EventPattern<string>(VehicleRegistered.type)
  onVehicleRegistered(@Payload() event: EventEnvelope<VehicleRegistered>): Promise<void> {
    return this.inbox.once(event, (tx) => this.projection.vehicle(tx, event));
  }
}

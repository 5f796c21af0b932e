import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { AssignVehicles, ReleaseVehicles, type EventEnvelope } from '@ledger/contracts';
import { Inbox, causeOf } from '@ledger/platform';
import { AssignVehiclesToTrips } from './assign-vehicles';
import { ReleaseAssignment } from './release-assignment';

/** The dispatcher's commands for vehicles. */
@Controller()
export class AssignmentsConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly assignVehicles: AssignVehiclesToTrips,
    private readonly releaseAssignment: ReleaseAssignment,
  ) {}

  @EventPattern<string>(AssignVehicles.type)
  async onAssignVehicles(@Payload() event: EventEnvelope<AssignVehicles>): Promise<void> {
    await this.inbox.once(event, (tx) => this.assignVehicles.execute(tx, event.data, causeOf(event)));
  }

  @EventPattern<string>(ReleaseVehicles.type)
  async onReleaseVehicles(@Payload() event: EventEnvelope<ReleaseVehicles>): Promise<void> {
    await this.inbox.once(event, (tx) => this.releaseAssignment.byCommand(tx, event.data, causeOf(event)));
  }
}

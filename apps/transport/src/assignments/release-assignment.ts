import { Injectable } from '@nestjs/common';
import { VehiclesReleased, type ReleaseVehicles } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import { isWaiting } from '../trips/domain/trip-state';
import { EndTrip } from '../trips/end-trip';
import { TripsRepository } from '../trips/trips.repository';
import { AssignmentsRepository, type StoredAssignment } from './assignments.repository';
import { HOLD_DEADLINE } from './hold-deadline';

/**
 * Ends an assignment: trips that have not departed are cancelled and their vehicles free; trips under way go on until
 * they are ordered back. Repeated, it tells the same again. When it overtakes the assignment it leaves a tombstone,
 * which refuses the late command.
 */
@Injectable()
export class ReleaseAssignment {
  constructor(
    private readonly repository: AssignmentsRepository,
    private readonly trips: TripsRepository,
    private readonly endTrip: EndTrip,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  /** The deadline's row is taken before the assignment's, in the order in which the sweeper takes them. */
  async byCommand(tx: Tx, command: ReleaseVehicles, cause: Cause): Promise<void> {
    await this.deadlines.cancel(tx, HOLD_DEADLINE, command.assignmentId);
    await this.repository.insertTombstone(tx, command);
    const assignment = await this.repository.lock(tx, command.assignmentId);
    if (!assignment) throw new Error(`assignment ${command.assignmentId} vanished`);
    await this.execute(tx, assignment, command.reason, cause);
  }

  /** For a caller that holds the lock on the assignment. */
  async execute(tx: Tx, assignment: StoredAssignment, reason: string, cause: Cause): Promise<void> {
    const { id: assignmentId, allocationId } = assignment;
    const releasedTrips = assignment.releasedTrips ?? (await this.release(tx, assignmentId, reason));
    await this.outbox.add(tx, VehiclesReleased, { allocationId, assignmentId, releasedTrips }, cause);
  }

  private async release(tx: Tx, assignmentId: string, reason: string): Promise<number> {
    const waiting = (await this.trips.lockOfAssignment(tx, assignmentId)).filter((trip) => isWaiting(trip.state));
    for (const trip of waiting) await this.endTrip.execute(tx, trip, { step: 'cancel', reason });
    await this.repository.release(tx, assignmentId, { releasedTrips: waiting.length, reason });
    return waiting.length;
  }
}

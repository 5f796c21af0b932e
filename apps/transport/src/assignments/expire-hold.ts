import { Injectable, type OnModuleInit } from '@nestjs/common';
import { REALMS } from '@ledger/contracts';
import { Deadlines, type Cause, type Deadline, type Tx } from '@ledger/platform';
import { z } from 'zod';
import { EndTrip } from '../trips/end-trip';
import { TripsRepository } from '../trips/trips.repository';
import { AssignmentsRepository } from './assignments.repository';
import { HOLD_DEADLINE } from './hold-deadline';
import { ReleaseAssignment } from './release-assignment';

const deadlinePayload = z.object({ realm: z.enum(REALMS) });
const REASON = 'the vehicles were held to the end of their time and did not depart';

/**
 * The hold of an assignment ran out. If none of its trips was loaded or has departed, the whole assignment is released;
 * else only the trips that still wait empty are cancelled, each with its own event.
 */
@Injectable()
export class ExpireHold implements OnModuleInit {
  constructor(
    private readonly repository: AssignmentsRepository,
    private readonly trips: TripsRepository,
    private readonly releaseAssignment: ReleaseAssignment,
    private readonly endTrip: EndTrip,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(HOLD_DEADLINE, (tx, deadline) => this.execute(tx, deadline));
  }

  private async execute(tx: Tx, deadline: Deadline): Promise<void> {
    const { realm } = deadlinePayload.parse(deadline.payload);
    const assignment = await this.repository.lock(tx, deadline.subjectId);
    if (assignment?.state !== 'booked') return;
    const causationId = `${HOLD_DEADLINE}:${assignment.id}`;
    const cause: Cause = { correlationId: assignment.allocationId, causationId, realm };
    const trips = await this.trips.lockOfAssignment(tx, assignment.id);
    const waiting = trips.filter((trip) => trip.state === 'assigned');
    const isUnused = trips.every((trip) => trip.state === 'assigned' || trip.state === 'cancelled');
    if (isUnused) return this.releaseAssignment.execute(tx, assignment, REASON, cause);
    for (const trip of waiting) {
      const ended = await this.endTrip.execute(tx, trip, { step: 'cancel', reason: REASON });
      await this.endTrip.announce(tx, ended, cause);
    }
  }
}

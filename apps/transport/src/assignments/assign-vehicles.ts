import { Inject, Injectable } from '@nestjs/common';
import { AssignmentRefused, VehiclesAssigned, type AssignVehicles } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import { passHours } from '../passes/domain/pass-claims';
import { IssuePass } from '../passes/issue-pass';
import { PLANNING_SETTINGS, type PlanningSettings } from '../planning-settings';
import { AssignmentsRepository, type NewTrip, type StoredAssignment } from './assignments.repository';
import { HOLD_DEADLINE } from './hold-deadline';
import { planTrips, type PlannedTrip } from './domain/load-plan';
import { ownRegionOf } from './domain/reach';
import { FreeVehicles, type FreeVehicle } from './free-vehicles';

const MILLISECONDS_PER_SECOND = 1_000;

/**
 * Books vehicles for the shipments and vehicle lines of an allocation, all or nothing. The same command again repeats
 * the answer, so that a wider way of sourcing is asked for under a new id; after a release it is refused with
 * TRANSPORT_ASSIGNMENT_RELEASED.
 */
@Injectable()
export class AssignVehiclesToTrips {
  constructor(
    private readonly repository: AssignmentsRepository,
    private readonly freeVehicles: FreeVehicles,
    private readonly issuePass: IssuePass,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
    @Inject(PLANNING_SETTINGS) private readonly settings: PlanningSettings,
  ) {}

  async execute(tx: Tx, command: AssignVehicles, cause: Cause): Promise<void> {
    const isNew = await this.repository.insert(tx, command);
    const assignment = await this.repository.lock(tx, command.assignmentId);
    if (!assignment) throw new Error(`assignment ${command.assignmentId} vanished`);
    if (!isNew) return this.answer(tx, assignment, command, cause);
    const refusal = await this.book(tx, command, cause);
    if (refusal !== null) await this.repository.refuse(tx, command.assignmentId, refusal);
    const decided = { state: refusal === null ? 'booked' : 'refused', endReason: refusal } as const;
    await this.answer(tx, { ...assignment, ...decided }, command, cause);
  }

  /** @returns why nothing was booked, or null when everything was */
  private async book(tx: Tx, command: AssignVehicles, cause: Cause): Promise<string | null> {
    const rules = { ...this.settings, ownRegionCode: ownRegionOf(command.regionCode) };
    const vehicles = await this.freeVehicles.lock(tx, command, rules);
    const plan = planTrips(command, vehicles, rules);
    if (plan.trips === null) return plan.refusal;
    for (const trip of newTrips(command, plan.trips, vehicles)) await this.bookTrip(tx, command, trip);
    await this.deadlines.schedule(tx, {
      kind: HOLD_DEADLINE,
      subjectId: command.assignmentId,
      dueInSeconds: command.holdSeconds,
      owner: 'dispatcher',
      payload: { realm: cause.realm },
    });
    return null;
  }

  private async bookTrip(tx: Tx, command: AssignVehicles, trip: NewTrip): Promise<void> {
    const { planned, vehicle, shipment } = trip;
    const tripId = await this.repository.insertTrip(tx, command, trip);
    const holdUntil = new Date(tx.now.getTime() + command.holdSeconds * MILLISECONDS_PER_SECOND);
    await this.issuePass.execute(tx, {
      tripId,
      allocationId: command.allocationId,
      plate: vehicle.plate,
      driverName: vehicle.driverName,
      originName: shipment?.origin.name ?? null,
      siteName: command.site.name,
      ...passHours(tx.now, { ...planned, holdUntil }),
    });
  }

  private async answer(tx: Tx, decided: StoredAssignment, command: AssignVehicles, cause: Cause): Promise<void> {
    const { id: assignmentId, allocationId } = decided;
    if (decided.state === 'booked') {
      const trips = await this.repository.assignedTrips(tx, assignmentId);
      await this.outbox.add(tx, VehiclesAssigned, { allocationId, assignmentId, trips }, cause);
      return;
    }
    const code = decided.state === 'refused' ? 'TRANSPORT_NO_VEHICLE' : 'TRANSPORT_ASSIGNMENT_RELEASED';
    const sourcing = decided.sourcing ?? command.sourcing;
    const reason = decided.endReason ?? code;
    await this.outbox.add(tx, AssignmentRefused, { allocationId, assignmentId, sourcing, code, reason }, cause);
  }
}

function newTrips(
  command: AssignVehicles,
  planned: readonly PlannedTrip[],
  vehicles: readonly FreeVehicle[],
): NewTrip[] {
  const vehicleById = new Map(vehicles.map((vehicle) => [vehicle.vehicleId, vehicle]));
  const shipmentById = new Map(command.shipments.map((shipment) => [shipment.shipmentId, shipment]));
  return planned.map((trip) => {
    const vehicle = vehicleById.get(trip.vehicleId);
    if (!vehicle) throw new Error(`vehicle ${trip.vehicleId} of the plan is unknown`);
    const shipment = trip.shipmentId === null ? null : (shipmentById.get(trip.shipmentId) ?? null);
    return { planned: trip, vehicle, shipment };
  });
}

import type { AllocationState } from '../../allocation';
import { advance } from '../saga';
import type { SagaCommand, ServiceCommand } from '../saga-commands';
import type { DeadlineKind, SagaEvent } from '../saga-events';
import { countingIds } from './an-allocation';

type Service = 'supplies' | 'teams' | 'transport';

/** Draws numbers for one run; `chance(p)` is true with probability p. */
export interface Dice {
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

interface Reservation {
  lineId: string;
  itemCode: string;
  base: number;
  shares: { depotId: string; base: number; issued: boolean }[];
  state: 'held' | 'released' | 'issued';
}

interface WorldTrip {
  tripId: string;
  shipmentId: string | null;
  load: { lineId: string; itemCode: string; quantityBase: number }[];
  state: 'assigned' | 'departed' | 'delivered' | 'turned-back' | 'completed' | 'cancelled';
  wasTurnedBack?: boolean;
}

const SERVICE_OF: Readonly<Record<ServiceCommand['send'], Service>> = {
  'reserve-stock': 'supplies',
  'renew-reservation': 'supplies',
  'release-stock': 'supplies',
  'order-issue': 'supplies',
  'record-delivery': 'supplies',
  'assign-vehicles': 'transport',
  'release-vehicles': 'transport',
  'turn-back': 'transport',
  'call-up': 'teams',
  'stand-down': 'teams',
};

const NOW = '2026-07-01T00:00:00.000Z';

/**
 * The other three services and the people, small enough to run thousands of times: commands and reports wait in one lane
 * per service and direction, so their order holds within a lane and nothing is promised between lanes. Refusals, delays
 * and early deadlines are drawn. It keeps books of what is held, against which the saga is checked.
 */
export class World {
  state: AllocationState;
  readonly reservations = new Map<string, Reservation>();
  readonly assignments = new Map<string, { trips: WorldTrip[]; released: boolean }>();
  readonly callUps = new Map<string, 'requested' | 'accepted' | 'ended'>();
  readonly deadlines = new Map<string, { kind: DeadlineKind; subjectId: string }>();
  readonly atSite = new Map<string, { usable: number; damaged: number; itemCode: string }>();
  readonly inTransit = new Map<string, { shipmentId: string; lineId: string; itemCode: string; base: number }>();
  private readonly toServices: Record<Service, ServiceCommand[]> = { supplies: [], teams: [], transport: [] };
  private readonly toGateway: Record<Service, SagaEvent[]> = { supplies: [], teams: [], transport: [] };
  private readonly nextId = countingIds();
  private readonly worldId = countingIds(1_000_000);

  constructor(
    state: AllocationState,
    private readonly dice: Dice,
    private readonly refusals: number,
  ) {
    this.state = state;
  }

  /** One event into the saga; its commands go into the lanes, replans are answered at once as in the gateway. */
  feed(event: SagaEvent): void {
    const step = advance(this.state, event, { nextId: this.nextId });
    this.state = step.state;
    for (const command of step.commands) this.route(command);
  }

  /** Carries one message of one lane; false when all lanes are empty. */
  carry(): boolean {
    const lanes = [
      ...Object.values(this.toServices).map((lane) => ({
        lane,
        run: (item: unknown) => this.serve(item as ServiceCommand),
      })),
      ...Object.values(this.toGateway).map((lane) => ({ lane, run: (item: unknown) => this.feed(item as SagaEvent) })),
    ].filter(({ lane }) => lane.length > 0);
    if (lanes.length === 0) return false;
    const { lane, run } = this.dice.pick(lanes);
    run(lane.shift());
    return true;
  }

  /** Lets one deadline pass; false when none is set. */
  passDeadline(): boolean {
    if (this.deadlines.size === 0) return false;
    const [name, deadline] = this.dice.pick([...this.deadlines]);
    this.deadlines.delete(name);
    this.feed({ type: 'deadline-passed', data: deadline });
    return true;
  }

  /** One thing that a keeper, a driver or a team can do now; false when nobody can do anything. */
  work(): boolean {
    const jobs = [...this.issueJobs(), ...this.tripJobs(), ...this.siteJobs(), ...this.teamJobs()];
    if (jobs.length === 0) return false;
    this.dice.pick(jobs)();
    return true;
  }

  /** Everything that is still promised or out, in words. */
  held(): string[] {
    return [
      ...[...this.reservations.values()]
        .filter(({ state }) => state === 'held')
        .map(({ lineId }) => `goods of ${lineId}`),
      ...[...this.assignments.values()]
        .flatMap(({ trips }) => trips)
        .filter(({ state }) => !['completed', 'cancelled'].includes(state))
        .map(({ tripId, state }) => `trip ${tripId} ${state}`),
      ...[...this.callUps].filter(([, state]) => state !== 'ended').map(([id]) => `call-up ${id}`),
      ...[...this.inTransit.values()].filter(({ base }) => base > 0).map(({ lineId }) => `in transit of ${lineId}`),
      ...[...this.atSite.values()]
        .filter(({ usable, damaged }) => usable + damaged > 0)
        .map(({ itemCode }) => `at site ${itemCode}`),
    ];
  }

  private route(command: SagaCommand): void {
    if ('send' in command) {
      this.toServices[SERVICE_OF[command.send]].push(command);
    } else if (command.own === 'set-deadline') {
      const { kind, subjectId } = command;
      this.deadlines.set(`${kind} ${subjectId}`, { kind, subjectId });
    } else if (command.own === 'clear-deadline') {
      this.deadlines.delete(`${command.kind} ${command.subjectId}`);
    } else {
      this.replan(command.lineId);
    }
  }

  private replan(lineId: string): void {
    const line = this.state.goods.find((candidate) => candidate.lineId === lineId);
    if (!line) return;
    const covered = this.dice.chance(0.7);
    const sources = covered ? line.sources.map((source) => ({ ...source, depotId: this.worldId() })) : [];
    this.feed({ type: 'replanned', data: { lineId, sources, shortBase: covered ? 0 : line.requestedBase } });
  }

  private report(service: Service, event: SagaEvent): void {
    this.toGateway[service].push(event);
  }

  private serve(command: ServiceCommand): void {
    const { allocationId } = this.state;
    switch (command.send) {
      case 'reserve-stock':
        return this.reserve(command.data);
      case 'renew-reservation': {
        const { lineId, reservationId } = command.data;
        if (this.reservations.get(reservationId)?.state !== 'held') return;
        const data = { allocationId, lineId, reservationId, firm: true, expiresAt: NOW };
        return this.report('supplies', { type: 'reservation-renewed', data });
      }
      case 'release-stock': {
        const { lineId, reservationId } = command.data;
        const reservation = this.reservations.get(reservationId);
        if (reservation?.state === 'issued') return;
        this.reservations.set(reservationId, {
          ...(reservation ?? { lineId, itemCode: 'LRS-015', base: 0, shares: [] }),
          state: 'released',
        });
        const data = {
          allocationId,
          lineId,
          reservationId,
          cause: 'released',
          releasedBase: reservation?.base ?? 0,
        } as const;
        return this.report('supplies', { type: 'stock-released', data });
      }
      case 'order-issue':
        return;
      case 'record-delivery':
        return this.recordDelivery(command.data);
      case 'assign-vehicles':
        return this.assign(command.data);
      case 'release-vehicles': {
        const { assignmentId } = command.data;
        const assignment = this.assignments.get(assignmentId) ?? { trips: [], released: true };
        for (const trip of assignment.trips) if (trip.state === 'assigned') trip.state = 'cancelled';
        this.assignments.set(assignmentId, { ...assignment, released: true });
        const data = { allocationId, assignmentId, releasedTrips: assignment.trips.length };
        return this.report('transport', { type: 'vehicles-released', data });
      }
      case 'turn-back':
        return this.turnBack(command.data.tripId);
      case 'call-up':
        return this.callUp(command.data);
      case 'stand-down': {
        const { lineId, callUpId } = command.data;
        if (this.callUps.get(callUpId) === 'ended') return;
        this.callUps.set(callUpId, 'ended');
        const data = { allocationId, lineId, callUpId, teamId: null, cause: 'cancelled', at: NOW } as const;
        return this.report('teams', { type: 'team-stood-down', data });
      }
    }
  }

  private reserve(data: Extract<ServiceCommand, { send: 'reserve-stock' }>['data']): void {
    const { allocationId, lineId, reservationId, itemCode } = data;
    if (this.reservations.has(reservationId)) return;
    const base = data.sources.reduce((sum, source) => sum + source.quantityBase, 0);
    const shares = data.sources.map((source) => ({
      depotId: source.depotId,
      base: source.quantityBase,
      issued: false,
    }));
    const refused = this.dice.chance(this.refusals);
    this.reservations.set(reservationId, { lineId, itemCode, base, shares, state: refused ? 'released' : 'held' });
    if (refused) {
      const refusal = { allocationId, lineId, reservationId, code: 'SHORT', reason: 'short', shortDepotIds: [] };
      return this.report('supplies', { type: 'stock-refused', data: refusal });
    }
    const lots = shares.map((share) => ({
      depotId: share.depotId,
      lotId: this.worldId(),
      expiryDate: null,
      quantityBase: share.base,
    }));
    const reserved = { allocationId, lineId, reservationId, itemCode, shares: lots, firm: data.firm, expiresAt: NOW };
    this.report('supplies', { type: 'stock-reserved', data: reserved });
  }

  private assign(data: Extract<ServiceCommand, { send: 'assign-vehicles' }>['data']): void {
    const { allocationId, assignmentId, sourcing } = data;
    if (this.assignments.has(assignmentId)) return;
    if (this.dice.chance(this.refusals)) {
      this.assignments.set(assignmentId, { trips: [], released: true });
      const refusal = { allocationId, assignmentId, sourcing, code: 'TRANSPORT_NO_VEHICLE', reason: 'none free' };
      return this.report('transport', { type: 'assignment-refused', data: refusal });
    }
    const trips: WorldTrip[] = data.shipments.map((shipment) => ({
      tripId: this.worldId(),
      shipmentId: shipment.shipmentId,
      load: shipment.lines.map(({ lineId, itemCode, quantityBase }) => ({ lineId, itemCode, quantityBase })),
      state: 'assigned',
    }));
    this.assignments.set(assignmentId, { trips, released: false });
    const described = trips.map(({ tripId, shipmentId, load }) => ({
      tripId,
      shipmentId,
      lineId: null,
      vehicleId: this.worldId(),
      plate: tripId.slice(-6),
      carrierName: 'fleet',
      driverName: 'driver',
      sourcing,
      estimatedSeconds: 60,
      load,
    }));
    if (trips.length > 0) {
      this.report('transport', { type: 'vehicles-assigned', data: { allocationId, assignmentId, trips: described } });
    }
  }

  private turnBack(tripId: string): void {
    const trip = this.trips().find((candidate) => candidate.tripId === tripId);
    if (!trip || !['assigned', 'departed'].includes(trip.state)) return;
    const { allocationId } = this.state;
    if (trip.state === 'assigned') {
      trip.state = 'cancelled';
      const data = { allocationId, tripId, vehicleId: this.worldId(), at: NOW };
      return this.report('transport', { type: 'trip-completed', data });
    }
    trip.state = 'turned-back';
    trip.wasTurnedBack = true;
    this.report('transport', {
      type: 'trip-turned-back',
      data: { allocationId, tripId, shipmentId: trip.shipmentId, at: NOW },
    });
  }

  private callUp(data: Extract<ServiceCommand, { send: 'call-up' }>['data']): void {
    const { allocationId, lineId, callUpId } = data;
    if (this.callUps.has(callUpId)) return;
    if (this.dice.chance(this.refusals)) {
      this.callUps.set(callUpId, 'ended');
      const refusal = { allocationId, lineId, callUpId, code: 'TEAMS_NO_TEAM_LEFT', reason: 'none left' };
      return this.report('teams', { type: 'call-up-refused', data: refusal });
    }
    this.callUps.set(callUpId, 'requested');
    const asked = {
      allocationId,
      lineId,
      callUpId,
      teamId: this.worldId(),
      teamName: 'team',
      answerBy: NOW,
      skipped: [],
    };
    this.report('teams', { type: 'team-requested', data: asked });
  }

  private trips(): WorldTrip[] {
    return [...this.assignments.values()].flatMap(({ trips }) => trips);
  }

  /** A keeper issues a shipment whose goods are held, as ordered by the saga. */
  private issueJobs(): (() => void)[] {
    return this.state.shipments
      .filter((shipment) => shipment.status === 'ordered')
      .map((shipment) => ({
        shipment,
        lines: shipment.lines.filter(
          (line) =>
            this.reservations.get(line.reservationId)?.state === 'held' &&
            this.shareOf(line.reservationId, shipment.depotId)?.issued === false,
        ),
      }))
      .filter(({ lines }) => lines.length > 0)
      .map(({ shipment, lines }) => () => {
        for (const line of lines) this.takeOut(shipment, line);
        const data = {
          allocationId: this.state.allocationId,
          shipmentId: shipment.shipmentId,
          depotId: shipment.depotId,
          movementId: this.worldId(),
          lines: lines.map((line) => ({
            lineId: line.lineId,
            itemCode: line.itemCode,
            lotId: this.worldId(),
            quantityBase: line.quantityBase,
          })),
          issuedBy: 'keeper',
          issuedAt: NOW,
        };
        this.report('supplies', { type: 'stock-issued', data });
      });
  }

  private shareOf(reservationId: string, depotId: string): Reservation['shares'][number] | undefined {
    return this.reservations.get(reservationId)?.shares.find((share) => share.depotId === depotId);
  }

  private takeOut(
    shipment: { shipmentId: string; depotId: string },
    line: { lineId: string; reservationId: string; itemCode: string; quantityBase: number },
  ): void {
    const share = this.shareOf(line.reservationId, shipment.depotId);
    const reservation = this.reservations.get(line.reservationId);
    if (!share || !reservation) return;
    share.issued = true;
    if (reservation.shares.every(({ issued }) => issued)) reservation.state = 'issued';
    this.inTransit.set(`${shipment.shipmentId} ${line.lineId}`, {
      shipmentId: shipment.shipmentId,
      lineId: line.lineId,
      itemCode: line.itemCode,
      base: line.quantityBase,
    });
  }

  private loaded(trip: WorldTrip): boolean {
    return trip.load.every((line) => this.inTransit.has(`${trip.shipmentId} ${line.lineId}`));
  }

  private tripJobs(): (() => void)[] {
    const { allocationId } = this.state;
    return this.trips().flatMap((trip): (() => void)[] => {
      const { tripId, shipmentId } = trip;
      if (trip.state === 'assigned' && this.loaded(trip)) {
        return [
          () => {
            trip.state = 'departed';
            const papers = { plate: 'plate', driverName: 'driver', passNumber: 'pass' };
            const data = { allocationId, tripId, shipmentId, ...papers, departedAt: NOW, estimatedArrival: NOW };
            this.report('transport', { type: 'trip-departed', data });
          },
        ];
      }
      if (trip.state === 'departed') return [() => this.deliver(trip)];
      if (trip.state === 'delivered' || (trip.state === 'turned-back' && this.takenBack(trip))) {
        return [
          () => {
            trip.state = 'completed';
            const data = { allocationId, tripId, vehicleId: this.worldId(), at: NOW };
            this.report('transport', { type: 'trip-completed', data });
          },
        ];
      }
      return [];
    });
  }

  private takenBack(trip: WorldTrip): boolean {
    return trip.load.every((line) => this.inTransit.get(`${trip.shipmentId} ${line.lineId}`)?.base === 0);
  }

  private deliver(trip: WorldTrip): void {
    trip.state = 'delivered';
    const lines = trip.load.map(({ lineId, itemCode, quantityBase }) => {
      const damagedBase = this.dice.chance(0.3) ? 1 : 0;
      const lostBase = this.dice.chance(0.3) ? 1 : 0;
      const missingBase = this.dice.chance(0.2) ? 1 : 0;
      const receivedBase = quantityBase - damagedBase - lostBase - missingBase;
      return { lineId, itemCode, receivedBase, damagedBase, lostBase, missingBase };
    });
    const { allocationId, site } = this.state;
    const { tripId, shipmentId } = trip;
    const place = { siteId: site.siteId, receiverName: 'receiver', deliveredAt: NOW };
    this.report('transport', { type: 'trip-delivered', data: { allocationId, tripId, shipmentId, ...place, lines } });
  }

  private recordDelivery(data: Extract<ServiceCommand, { send: 'record-delivery' }>['data']): void {
    const key = (lineId: string): string => `${data.shipmentId} ${lineId}`;
    const booked = this.inTransitBooked.has(data.tripId);
    this.inTransitBooked.add(data.tripId);
    if (booked) return;
    const lines = data.lines.map((line) => {
      const transit = this.inTransit.get(key(line.lineId));
      if (transit) transit.base -= line.receivedBase + line.damagedBase + line.lostBase;
      const there = this.atSite.get(line.lineId) ?? { usable: 0, damaged: 0, itemCode: line.itemCode };
      there.usable += line.receivedBase;
      there.damaged += line.damagedBase;
      this.atSite.set(line.lineId, there);
      const { lineId, itemCode, receivedBase, damagedBase, lostBase, missingBase } = line;
      return { lineId, itemCode, receivedBase, damagedBase, lostBase, inTransitBase: missingBase };
    });
    const { allocationId, shipmentId, tripId, site } = data;
    const head = { allocationId, shipmentId, tripId, siteId: site.siteId, movementId: this.worldId() };
    this.report('supplies', { type: 'stock-delivered', data: { ...head, lines } });
  }
  private readonly inTransitBooked = new Set<string>();

  /** Missing pieces are settled, turned-back loads received, goods at the site brought home. */
  private siteJobs(): (() => void)[] {
    const { allocationId, site } = this.state;
    const head = { allocationId, depotId: this.worldId(), movementId: this.worldId(), returnedAt: NOW };
    const settle = [...this.inTransit.values()].flatMap((transit): (() => void)[] => {
      const trip = this.trips().find((candidate) => candidate.shipmentId === transit.shipmentId);
      const { shipmentId, lineId, itemCode } = transit;
      const isBooked = trip && this.inTransitBooked.has(trip.tripId);
      const isBack = trip && (trip.wasTurnedBack || trip.state === 'cancelled');
      if (transit.base === 0 || !(isBooked || isBack)) return [];
      return [
        () => {
          const base = transit.base;
          transit.base = 0;
          if (isBooked) {
            const lines = [{ lineId, itemCode, foundBase: 0, lostBase: base }];
            const data = { allocationId, shipmentId, movementId: this.worldId(), lines };
            return this.report('supplies', { type: 'difference-settled', data });
          }
          const lines = [{ lineId, itemCode, usableBase: base, damagedBase: 0, lostBase: 0 }];
          this.report('supplies', {
            type: 'stock-returned',
            data: { ...head, from: 'transit', siteId: null, shipmentId, lines },
          });
        },
      ];
    });
    const bringHome = [...this.atSite].flatMap(([lineId, there]): (() => void)[] => {
      if (there.usable + there.damaged === 0) return [];
      return [
        () => {
          const { usable, damaged, itemCode } = there;
          Object.assign(there, { usable: 0, damaged: 0 });
          const lines = [{ lineId, itemCode, usableBase: usable, damagedBase: damaged, lostBase: 0 }];
          const data = { ...head, from: 'site' as const, siteId: site.siteId, shipmentId: null, lines };
          this.report('supplies', { type: 'stock-returned', data });
        },
      ];
    });
    return [...settle, ...bringHome];
  }

  private teamJobs(): (() => void)[] {
    const { allocationId, teams } = this.state;
    return [...this.callUps].flatMap(([callUpId, status]): (() => void)[] => {
      const lineId = teams.find((line) => line.callUps.some((callUp) => callUp.callUpId === callUpId))?.lineId ?? '';
      const head = { allocationId, lineId, callUpId, teamId: callUpId };
      if (status === 'requested') {
        return [
          () => {
            this.callUps.set(callUpId, 'accepted');
            const answer = { teamName: 'team', strength: 12, answeredBy: 'leader', channel: 'system' as const };
            this.report('teams', { type: 'team-accepted', data: { ...head, ...answer } });
          },
        ];
      }
      if (status !== 'accepted') return [];
      return [
        () => {
          this.callUps.set(callUpId, 'ended');
          this.report('teams', { type: 'team-stood-down', data: { ...head, cause: 'completed', at: NOW } });
        },
      ];
    });
  }
}

import type { AllocationState } from '../allocation';
import { aGoodsLine, aSource, anAllocation, countingIds } from './testing/an-allocation';
import { advance, type Step } from './saga';
import type { SagaCommand } from './saga-commands';
import type { SagaEvent } from './saga-events';

const NOW = '2026-07-01T00:00:00.000Z';
const LOT = '0197f0c0-0000-7000-8000-000000000107';

/** Plays events one after the other; `last` is the step of the last one. */
function play(state: AllocationState, ...events: ((state: AllocationState) => SagaEvent)[]): Step {
  const nextId = countingIds();
  let step: Step = { state, commands: [], entries: [] };
  for (const event of events) step = advance(step.state, event(step.state), { nextId });
  return step;
}

/** The commands to other services, by name, in their order. */
const sent = (commands: readonly SagaCommand[]): string[] =>
  commands.flatMap((command) => ('send' in command ? [command.send] : []));

const submitted = (): SagaEvent => ({ type: 'submitted', data: { approvalTier: 'county' } });
const approved = (): SagaEvent => ({ type: 'approved', data: { useOrder: 'UO-1' } });
const cancelled = (): SagaEvent => ({ type: 'cancelled', data: { reason: 'false alarm' } });
const reserved = ({ allocationId, goods: [line] }: AllocationState): SagaEvent => ({
  type: 'stock-reserved',
  data: {
    allocationId,
    lineId: line.lineId,
    reservationId: String(line.reservationId),
    itemCode: line.itemCode,
    shares: [{ depotId: line.sources[0].depotId, lotId: LOT, expiryDate: null, quantityBase: 60 }],
    firm: false,
    expiresAt: NOW,
  },
});
const renewed = ({ allocationId, goods: [line] }: AllocationState): SagaEvent => ({
  type: 'reservation-renewed',
  data: { allocationId, lineId: line.lineId, reservationId: String(line.reservationId), firm: true, expiresAt: NOW },
});
const refused = ({ allocationId, goods: [line] }: AllocationState): SagaEvent => ({
  type: 'stock-refused',
  data: {
    allocationId,
    lineId: line.lineId,
    reservationId: String(line.reservationId),
    code: 'SUPPLIES_DEMAND_NOT_COVERED',
    reason: 'depot has 40 of 60',
    shortDepotIds: [line.sources[0].depotId],
  },
});
const released = ({ allocationId, goods: [line] }: AllocationState): SagaEvent => ({
  type: 'stock-released',
  data: {
    allocationId,
    lineId: line.lineId,
    reservationId: String(line.reservationId),
    cause: 'released',
    releasedBase: 60,
  },
});
const booked = ({ allocationId, assignment, shipments, goods }: AllocationState): SagaEvent => ({
  type: 'vehicles-assigned',
  data: {
    allocationId,
    assignmentId: String(assignment?.assignmentId),
    trips: shipments.map(({ shipmentId }) => ({
      tripId: shipmentId.replace('f00d', 'beef'),
      shipmentId,
      lineId: null,
      vehicleId: LOT,
      plate: 'plate',
      carrierName: 'fleet',
      driverName: 'driver',
      sourcing: 'own' as const,
      estimatedSeconds: 60,
      load: [{ lineId: goods[0].lineId, itemCode: 'LRS-015', quantityBase: 60 }],
    })),
  },
});
const noVehicle = ({ allocationId, assignment }: AllocationState): SagaEvent => ({
  type: 'assignment-refused',
  data: {
    allocationId,
    assignmentId: String(assignment?.assignmentId),
    sourcing: assignment?.sourcing ?? 'own',
    code: 'TRANSPORT_NO_VEHICLE',
    reason: 'none in reach',
  },
});
const stoodDown = ({ allocationId, teams: [line] }: AllocationState): SagaEvent => ({
  type: 'team-stood-down',
  data: {
    allocationId,
    lineId: line.lineId,
    callUpId: line.callUps[0].callUpId,
    teamId: null,
    cause: 'cancelled',
    at: NOW,
  },
});
const departed = ({ allocationId, trips: [trip] }: AllocationState): SagaEvent => ({
  type: 'trip-departed',
  data: {
    allocationId,
    tripId: trip.tripId,
    shipmentId: trip.shipmentId,
    plate: trip.plate,
    driverName: trip.driverName,
    passNumber: 'P-1',
    departedAt: NOW,
    estimatedArrival: NOW,
  },
});

describe('the saga step by step', () => {
  it('holds the goods softly when a plan is submitted', () => {
    const { state, commands } = play(anAllocation(), submitted);
    expect(state.phase).toBe('awaiting-approval');
    expect(sent(commands)).toEqual(['reserve-stock']);
    expect(commands[0]).toMatchObject({ data: { firm: false, sources: [{ quantityBase: 60 }] } });
  });

  it('asks for goods, vehicles and teams at the same time after the approval', () => {
    const { commands } = play(anAllocation(), submitted, reserved, approved);
    expect(sent(commands)).toEqual(['renew-reservation', 'call-up', 'assign-vehicles']);
  });

  it('orders the issue when goods are firm and vehicles booked, without waiting for the team', () => {
    const { state, commands } = play(anAllocation(), submitted, reserved, approved, booked, renewed);
    expect(state.phase).toBe('ready');
    expect(sent(commands)).toEqual(['order-issue']);
  });

  it('plans a refused line anew without the source that refused', () => {
    const { state, commands } = play(anAllocation(), submitted, refused);
    expect(commands).toContainEqual({ own: 'replan', lineId: state.goods[0].lineId });
    expect(state.goods[0].excludedDepotIds).toEqual([aSource().depotId]);
  });

  it('gives the vehicles back and asks again when a promise breaks after the approval', () => {
    const { state, commands } = play(anAllocation(), submitted, reserved, approved, booked, refused);
    expect(sent(commands)).toEqual(['release-vehicles']);
    expect(state.assignment).toBeNull();
  });

  it('takes a line that loses its promise after the issue was ordered out of its shipment and frees its trip', () => {
    const { state, commands } = play(anAllocation(), submitted, reserved, approved, booked, renewed, released);
    expect(sent(commands)).toEqual(['turn-back']);
    expect(state).toMatchObject({ phase: 'ready', shipments: [], attention: { owner: 'dispatcher' } });
    expect(state.goods[0]).toMatchObject({ reservation: 'none', shortBase: 60 });
  });

  it('tries own vehicles, then contracts, then requisition, and then releases everything', () => {
    const mobilised = play(anAllocation(), submitted, reserved, approved, renewed).state;
    const contract = play(mobilised, noVehicle);
    expect(contract.commands).toMatchObject([{ own: 'clear-deadline' }, { data: { sourcing: 'contract' } }, {}]);
    const requisition = play(mobilised, noVehicle, noVehicle);
    expect(requisition.state.assignment?.sourcing).toBe('requisition');
    const failing = play(mobilised, noVehicle, noVehicle, noVehicle);
    expect(failing.state).toMatchObject({ phase: 'releasing', outcome: 'failed' });
    expect(sent(failing.commands)).toEqual(['release-stock', 'stand-down']);
    const end = play(mobilised, noVehicle, noVehicle, noVehicle, released, stoodDown);
    expect(end.state.phase).toBe('failed');
  });

  it('rejects by releasing the soft promise', () => {
    const step = play(anAllocation({ teams: [] }), submitted, reserved, () => ({
      type: 'rejected',
      data: { reason: 'not needed' },
    }));
    expect(sent(step.commands)).toEqual(['release-stock']);
    expect(play(step.state, released).state.phase).toBe('rejected');
  });

  it('lapses when nobody decides in time', () => {
    const { state } = play(anAllocation({ teams: [] }), submitted, reserved, ({ allocationId }) => ({
      type: 'deadline-passed',
      data: { kind: 'approval', subjectId: allocationId },
    }));
    expect(state).toMatchObject({ phase: 'releasing', outcome: 'lapsed' });
  });

  it('calls everything home when it is cancelled after departure', () => {
    const { state, commands } = play(
      anAllocation(),
      submitted,
      reserved,
      approved,
      booked,
      renewed,
      departed,
      cancelled,
    );
    expect(state.phase).toBe('turning-back');
    expect(sent(commands)).toEqual(['release-stock', 'turn-back', 'stand-down']);
  });

  it.each([
    ['release-stock and stand-down', [submitted, reserved, approved, renewed, cancelled]],
    ['turn-back', [submitted, reserved, approved, booked, renewed, departed, cancelled]],
  ])('repeats its compensation (%s) with the same ids until it is confirmed', (_name, events) => {
    const first = play(anAllocation(), ...events);
    const release = ({ allocationId }: AllocationState): SagaEvent => ({
      type: 'deadline-passed',
      data: { kind: 'release', subjectId: allocationId },
    });
    const ids = (step: Step): unknown[] =>
      step.commands.flatMap((command) => ('send' in command ? [{ ...command.data, reason: '' }] : []));
    const again = play(first.state, release);
    expect(ids(again)).toEqual(ids(first));
    expect(ids(play(again.state, release))).toEqual(ids(first));
  });

  it('asks again with the same reservation when supplies does not answer, and names an owner after five tries', () => {
    const late = ({ goods: [line] }: AllocationState): SagaEvent => ({
      type: 'deadline-passed',
      data: { kind: 'reservation', subjectId: String(line.reservationId) },
    });
    const first = play(anAllocation(), submitted);
    const again = play(first.state, late);
    expect(again.commands[0]).toEqual(first.commands[0]);
    expect(again.state.attention).toBeNull();
    expect(play(first.state, late, late, late, late, late).state.attention?.owner).toBe('supplies');
  });

  it('gives back what is promised to an allocation that has ended', () => {
    const ended = anAllocation({ phase: 'failed', outcome: 'failed' });
    const late = play({ ...ended, goods: [aGoodsLine({ reservationId: LOT })] }, reserved);
    expect(sent(late.commands)).toEqual(['release-stock']);
    expect(late.state.phase).toBe('failed');
  });

  it('gives back a late promise of an earlier plan', () => {
    const state = play(anAllocation(), submitted).state;
    const late = play(state, (current) => {
      const event = reserved(current) as Extract<SagaEvent, { type: 'stock-reserved' }>;
      return { ...event, data: { ...event.data, reservationId: LOT } };
    });
    expect(sent(late.commands)).toEqual(['release-stock']);
    expect(late.state.goods[0].reservation).toBe('requested');
  });

  it('refuses to approve a draft', () => {
    expect(() => play(anAllocation(), approved)).toThrow('GATEWAY_TRANSITION_FORBIDDEN');
  });

  it('refuses to cancel twice', () => {
    expect(() => play(anAllocation(), submitted, cancelled, cancelled)).toThrow('GATEWAY_TRANSITION_FORBIDDEN');
  });

  it('leaves the state it was given untouched', () => {
    const state = anAllocation();
    const copy = structuredClone(state);
    play(state, submitted, reserved, approved);
    expect(state).toEqual(copy);
  });
});

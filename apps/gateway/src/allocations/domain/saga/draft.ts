import type { AllocationState, CallUp, GoodsLine, Phase, TeamLine, Trip } from '../allocation';
import { hasEnded, requireTransition } from '../phase-transitions';
import type { OwnCommand, SagaCommand, ServiceCommand, TimelineEntry } from './saga-commands';
import type { DeadlineKind } from './saga-events';
import { MAX_DOUBLINGS, TIMINGS } from './timings';

/** What a step of the saga needs from outside: new ids in the order they are asked for. */
export interface SagaContext {
  readonly nextId: () => string;
}

/**
 * The state a step works on: a private copy, the commands and the timeline entries it produces. `advance` copies the
 * state before and hands everything out after, so that seen from outside the step is a pure function.
 */
export class Draft {
  readonly state: AllocationState;
  readonly commands: SagaCommand[] = [];
  readonly entries: TimelineEntry[] = [];

  constructor(
    state: AllocationState,
    readonly context: SagaContext,
  ) {
    this.state = structuredClone(state);
  }

  send(command: ServiceCommand): void {
    this.commands.push(command);
  }

  ask(command: OwnCommand): void {
    this.commands.push(command);
  }

  note(step: string, what: string, why = ''): void {
    this.entries.push({ step, what, why });
  }

  enter(phase: Phase, why: string): void {
    requireTransition(this.state.phase, phase);
    this.note('phase', `${this.state.phase} → ${phase}`, why);
    this.state.phase = phase;
    if (hasEnded(phase)) this.state.attention = null;
  }

  setDeadline(kind: DeadlineKind, subjectId: string, deadline: { seconds: number; owner: string }): void {
    this.ask({ own: 'set-deadline', kind, subjectId, ...deadline });
  }

  /** Time for a service to answer; twice as long with every time it was asked in vain, up to an hour and a half. */
  awaitAnswer(kind: DeadlineKind, subjectId: string, owner: string): void {
    const retries = Math.min(this.state.retries[subjectId] ?? 0, MAX_DOUBLINGS);
    this.setDeadline(kind, subjectId, { seconds: TIMINGS.answerSeconds * 2 ** retries, owner });
  }

  clearDeadline(kind: DeadlineKind, subjectId: string): void {
    delete this.state.retries[subjectId];
    this.ask({ own: 'clear-deadline', kind, subjectId });
  }

  goodsLine(lineId: string): GoodsLine | undefined {
    return this.state.goods.find((line) => line.lineId === lineId);
  }

  trip(tripId: string): Trip | undefined {
    return this.state.trips.find((trip) => trip.tripId === tripId);
  }

  callUp(callUpId: string): { line: TeamLine; callUp: CallUp } | undefined {
    for (const line of this.state.teams) {
      const callUp = line.callUps.find((candidate) => candidate.callUpId === callUpId);
      if (callUp) return { line, callUp };
    }
    return undefined;
  }
}

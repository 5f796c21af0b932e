import type { AllocationState } from '../../allocation';
import { advance } from '../saga';
import type { SagaCommand, ServiceCommand } from '../saga-commands';
import type { DeadlineKind, SagaEvent } from '../saga-events';
import { countingIds } from './an-allocation';
import { Books } from './books';
import { tripJobs } from './drivers';
import { issueJobs, returnJobs } from './keepers';
import * as supplies from './pretended-supplies';
import * as teams from './pretended-teams';
import * as transport from './pretended-transport';
import type { Dice, Scene, Service } from './scene';
import { callUpJobs } from './team-leaders';

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

type Lanes<Message> = Record<Service, Message[]>;
const emptyLanes = <Message>(): Lanes<Message> => ({ supplies: [], teams: [], transport: [] });

/**
 * The other three services and the people, small enough to run thousands of times: commands and reports wait in one lane
 * per service and direction, so their order holds within a lane and nothing is promised between lanes. Refusals, delays
 * and early deadlines are drawn. It keeps books of what is held, against which the saga is checked.
 */
export class World {
  private readonly scene: Scene;
  private readonly deadlines = new Map<string, { kind: DeadlineKind; subjectId: string }>();
  private readonly toServices = emptyLanes<ServiceCommand>();
  private readonly toGateway = emptyLanes<SagaEvent>();
  private readonly nextId = countingIds();

  constructor(
    public state: AllocationState,
    dice: Dice,
    refusals: number,
  ) {
    this.scene = {
      books: new Books(),
      dice,
      refusals,
      newId: countingIds(1_000_000),
      allocation: () => this.state,
      report: (service, event) => this.toGateway[service].push(event),
    };
  }

  /** One event into the saga; its commands go into the lanes, replans are answered at once as in the gateway. */
  feed(event: SagaEvent): void {
    const step = advance(this.state, event, { nextId: this.nextId });
    this.state = step.state;
    for (const command of step.commands) this.route(command);
  }

  /** Carries one message of one lane; false when all lanes are empty. */
  carry(): boolean {
    const waiting = [
      ...firsts(this.toServices, (command) => this.serve(command)),
      ...firsts(this.toGateway, (event) => this.feed(event)),
    ];
    if (waiting.length === 0) return false;
    this.scene.dice.pick(waiting)();
    return true;
  }

  /** Lets one deadline pass; false when none is set. */
  passDeadline(): boolean {
    if (this.deadlines.size === 0) return false;
    const [name, deadline] = this.scene.dice.pick([...this.deadlines]);
    this.deadlines.delete(name);
    this.feed({ type: 'deadline-passed', data: deadline });
    return true;
  }

  /** One thing that a keeper, a driver or a team can do now; false when nobody can do anything. */
  work(): boolean {
    const jobs = [issueJobs, tripJobs, returnJobs, callUpJobs].flatMap((jobsOf) => jobsOf(this.scene));
    if (jobs.length === 0) return false;
    this.scene.dice.pick(jobs)();
    return true;
  }

  /** Everything that is still promised or out, in words. */
  held(): string[] {
    return this.scene.books.held();
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
    const covered = this.scene.dice.chance(0.7);
    const sources = covered ? line.sources.map((source) => ({ ...source, depotId: this.scene.newId() })) : [];
    this.feed({ type: 'replanned', data: { lineId, sources, shortBase: covered ? 0 : line.requestedBase } });
  }

  /** An order to issue is not answered: the keeper finds it among the shipments. */
  private serve(command: ServiceCommand): void {
    switch (command.send) {
      case 'reserve-stock':
        return supplies.reserve(this.scene, command.data);
      case 'renew-reservation':
        return supplies.renew(this.scene, command.data);
      case 'release-stock':
        return supplies.release(this.scene, command.data);
      case 'order-issue':
        return;
      case 'record-delivery':
        return supplies.recordDelivery(this.scene, command.data);
      case 'assign-vehicles':
        return transport.assign(this.scene, command.data);
      case 'release-vehicles':
        return transport.releaseVehicles(this.scene, command.data);
      case 'turn-back':
        return transport.turnBack(this.scene, command.data);
      case 'call-up':
        return teams.callUp(this.scene, command.data);
      case 'stand-down':
        return teams.standDown(this.scene, command.data);
    }
  }
}

/** For every lane in which something waits, the step that takes its first message. */
function firsts<Message>(lanes: Lanes<Message>, run: (message: Message) => void): (() => void)[] {
  return Object.values(lanes)
    .filter((lane) => lane.length > 0)
    .map((lane) => () => lane.splice(0, 1).forEach(run));
}

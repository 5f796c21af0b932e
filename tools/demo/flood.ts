import type { People } from './people';
import type { Allocation, CallUp, GoodsLine, Incident, Trip } from './shapes';
import { until } from './wait';

/** The village that is flooded, with the drawn (synthetic) position the seeds give it. */
export const VILLAGE = { regionCode: '140930101200', name: '楼子营村', latitude: 39.23805, longitude: 111.33835 };

export const FLOOD_GOODS = [
  { itemCode: 'LRS-015', quantityBase: 60 },
  { itemCode: 'LRS-005', quantityBase: 150 },
  { itemCode: 'FLD-022', quantityBase: 6 },
] as const;
export const FLOOD_TEAMS = [{ typeCode: 'PRO-02', count: 1 }] as const;
export const FLOOD_VEHICLES = [{ typeCode: 'TRK-01', count: 2 }] as const;
/** A large helicopter: no carrier of the demonstration data has one. */
export const NOBODY_HAS = [{ typeCode: 'AIR-01', count: 1 }] as const;

const PEOPLE_REACHED = 260;

export type Tell = (line: string) => void;

export interface FloodRequest {
  readonly goods?: readonly { readonly itemCode: string; readonly quantityBase: number }[];
  readonly teams?: readonly { readonly typeCode: string; readonly count: number }[];
  readonly vehicles?: readonly { readonly typeCode: string; readonly count: number }[];
}

/** The flood in Hequ county, step by step, through the public API alone. */
export class Flood {
  private allocationId = '';

  constructor(
    private readonly people: People,
    private readonly tell: Tell,
  ) {}

  get id(): string {
    return this.allocationId;
  }

  read(): Promise<Allocation> {
    return this.people.dispatcher.get<Allocation>(`/allocations/${this.allocationId}`);
  }

  /** Waits until the allocation fits. */
  reaches(what: string, fits: (allocation: Allocation) => boolean, timeoutMs?: number): Promise<Allocation> {
    return until(what, () => this.read(), fits, timeoutMs);
  }

  /** The dispatcher reports the incident and asks for goods, a team and trucks. */
  async ask(request: FloodRequest): Promise<Allocation> {
    const { dispatcher } = this.people;
    const incident = await dispatcher.post<Incident>('/incidents', {
      kind: 'flood',
      level: 'III',
      title: '楼子营村洪涝（演示）',
      regionCode: VILLAGE.regionCode,
      occurredAt: new Date(Date.now() - 60_000).toISOString(),
      affectedPeople: PEOPLE_REACHED,
      siteName: '楼子营村安置点（演示）',
      latitude: VILLAGE.latitude,
      longitude: VILLAGE.longitude,
    });
    this.tell(`dispatcher reports the flood in ${VILLAGE.name} (${VILLAGE.regionCode})`);
    const draft = await dispatcher.post<Allocation>('/allocations', {
      incidentId: incident.id,
      siteId: incident.sites[0].id,
      reason: 'houses under water, 260 people to shelter (demonstration)',
      ...request,
    });
    this.allocationId = draft.id;
    for (const line of draft.goods) this.tell(describePlan(line));
    return draft;
  }

  /** The goods are held softly, then the approver signs the use order. */
  async sign(): Promise<void> {
    await this.people.dispatcher.post(`/allocations/${this.allocationId}/submission`);
    await this.reaches('the soft promise', ({ goods }) =>
      goods.every((line) => ['held', 'none'].includes(line.reservation)),
    );
    await this.people.approver.post(`/allocations/${this.allocationId}/decision`, { decision: 'approve' });
    this.tell('approver signs the use order');
  }

  /** The team says yes by phone; the dispatcher enters it. */
  async answerCallUps(): Promise<void> {
    const { teams } = await this.read();
    for (const { callUpId } of teams.flatMap((line) => line.callUps)) {
      const callUp = await until(
        'the call-up',
        () => this.findCallUp(callUpId),
        (found) => found?.attempts.at(-1)?.answer === null,
      );
      const asked = callUp?.attempts.at(-1);
      await this.people.dispatcher.post(`/teams/call-ups/${callUpId}/answer`, {
        teamId: asked?.teamId,
        accepted: true,
        strength: 12,
        channel: 'phone',
        answeredBy: '值班队长（演示）',
      });
      this.tell(`${asked?.teamName ?? 'the team'} acknowledges by phone`);
    }
  }

  /** Keepers hand the shipments over to the trucks. */
  async issue(): Promise<void> {
    const { shipments } = await this.reaches('the issue orders', ({ phase }) => phase === 'ready');
    for (const { shipmentId } of shipments) {
      await until(
        'the issue order',
        () => this.people.keeper.post(`/supplies/issue-orders/${shipmentId}/confirmation`).catch(notYet),
        Boolean,
      );
    }
    this.tell(`keeper hands ${shipments.length} shipment(s) over`);
  }

  /** Every truck sets out with its pass. */
  async depart(): Promise<void> {
    for (const trip of await this.trips()) {
      await until(
        'the loading',
        () => this.trip(trip.id),
        ({ state }) => state === (trip.shipmentId ? 'loaded' : 'assigned'),
      );
      await this.people.driver.post(`/transport/trips/${trip.id}/departure`);
    }
    this.tell('driver sets out, trip by trip');
    await this.reaches('the departures', ({ trips }) => trips.every((trip) => trip.status !== 'assigned'));
  }

  /** Hand-over at the site; of the first tents one piece is damaged and one lost. */
  async deliver(): Promise<void> {
    let troubles = 1;
    for (const trip of await this.trips()) {
      const lines = trip.load.map((line) => {
        const isHit = troubles > 0 && line.itemCode === FLOOD_GOODS[0].itemCode && line.quantityBase > 2;
        if (isHit) troubles--;
        const [damagedBase, lostBase] = isHit ? [1, 1] : [0, 0];
        return { lineId: line.lineId, receivedBase: line.quantityBase - damagedBase - lostBase, damagedBase, lostBase };
      });
      await this.people.driver.post(`/transport/trips/${trip.id}/delivery`, { receiverName: '李主任（演示）', lines });
    }
    await this.teamArrives();
    this.tell('receiver signs; one tent is damaged and one is lost on the way');
    await this.reaches('the ledger to take the deliveries over', ({ phase }) => phase === 'on-site');
  }

  private async teamArrives(): Promise<void> {
    const { teams } = await this.read();
    for (const { callUpId } of teams.flatMap((line) => line.callUps)) {
      await this.reportProgress(callUpId, ['mustering', 'en-route', 'on-scene']);
    }
  }

  private async reportProgress(callUpId: string, states: readonly string[]): Promise<void> {
    for (const state of states) await this.people.dispatcher.post(`/teams/call-ups/${callUpId}/progress`, { state });
  }

  /** Everything at the site is given to people. */
  async handOut(): Promise<void> {
    const { goods, site } = await this.read();
    const lines = goods
      .filter((line) => line.account.atSiteBase > 0)
      .map((line) => ({ lineId: line.lineId, quantityBase: line.account.atSiteBase }));
    await this.people.keeper.post(`/supplies/sites/${site.siteId}/hand-outs`, {
      allocationId: this.allocationId,
      peopleReached: PEOPLE_REACHED,
      lines,
    });
    this.tell(`keeper hands out to ${PEOPLE_REACHED} people`);
    await this.reaches('the hand-out', ({ peopleReached }) => peopleReached === PEOPLE_REACHED);
  }

  /** Vehicles, team and recoverable goods come home; then the books close. */
  async comeHome(): Promise<Allocation> {
    for (const trip of await this.trips()) await this.people.driver.post(`/transport/trips/${trip.id}/return`);
    const { teams } = await this.read();
    for (const { callUpId } of teams.flatMap((line) => line.callUps)) {
      await this.reportProgress(callUpId, ['released']);
      await this.people.dispatcher.post(`/teams/call-ups/${callUpId}/stand-down`, { reason: 'task done' });
    }
    await this.returnGoods();
    this.tell('vehicles, team and recoverable goods are back');
    return this.reaches('the books to close', ({ phase }) => phase === 'closed');
  }

  private async returnGoods(): Promise<void> {
    const { goods, shipments, site } = await this.read();
    const lines = goods
      .map(({ lineId, account }) => ({
        lineId,
        usableBase: account.atSiteBase,
        damagedBase: account.damagedAtSiteBase,
      }))
      .filter(({ usableBase, damagedBase }) => usableBase + damagedBase > 0)
      .map((line) => ({ ...line, lostBase: 0 }));
    if (lines.length === 0) return;
    await this.people.keeper.post(`/supplies/sites/${site.siteId}/returns`, {
      allocationId: this.allocationId,
      depotId: shipments[0].depotId,
      lines,
    });
  }

  private async trips(): Promise<Trip[]> {
    const { trips } = await this.read();
    return Promise.all(trips.map(({ tripId }) => this.trip(tripId)));
  }

  private trip(tripId: string): Promise<Trip> {
    return this.people.driver.get<Trip>(`/transport/trips/${tripId}`);
  }

  private findCallUp(callUpId: string): Promise<CallUp | null> {
    return this.people.dispatcher.get<CallUp>(`/teams/call-ups/${callUpId}`).catch(notYet);
  }
}

/** What another service does not know yet is asked for again; anything else is a failure. */
function notYet(error: unknown): null {
  if (error instanceof Error && /: 404 /.test(error.message)) return null;
  throw error;
}

function describePlan(line: GoodsLine): string {
  const sources = line.sources.map((source) => `${source.quantityBase} from ${source.depotName}`).join(', ');
  const short = line.shortBase > 0 ? `; ${line.shortBase} short` : '';
  return `plan: ${line.requestedBase} ${line.unit} ${line.itemName}: ${sources || 'no source'}${short}`;
}

import { CallUp, DomainError, StandDown, TOPICS, type EventEnvelope } from '@ledger/contracts';
import type { HandlerAnswer, IncomingMessage } from '../bus/bus';
import { DeliveryShell, type DeliveryCounters, type EventHandlers, type ParkingPlace } from './delivery-shell';
import type { ParkedIdentity } from './parking';

const DONE: HandlerAnswer = { kind: 'done' };
const PAUSE: HandlerAnswer = { kind: 'pause', pauseMs: 2_000 };
const transient = (): Error => Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
const ID = '0197f0c0-0000-7000-8000-0000000000e1';

function messageOf(change: Partial<EventEnvelope<unknown>> = {}): IncomingMessage {
  const event = {
    specversion: '1.0',
    id: ID,
    source: '/gateway',
    type: CallUp.type,
    time: '2026-07-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    subject: 'a',
    partitionkey: 'a',
    sequence: 1,
    correlationid: 'a',
    causationid: 'a',
    realm: 'real',
    data: CallUp.example,
    ...change,
  };
  return {
    topic: TOPICS.dispatchCommands,
    partition: 0,
    offset: '1',
    key: 'a',
    value: Buffer.from(JSON.stringify(event)),
    headers: {},
  };
}

/** Plays handlers, parking place and counters, and remembers what they were asked for. */
class Surroundings implements EventHandlers, ParkingPlace, DeliveryCounters {
  readonly counted: string[] = [];
  readonly parked: { identity: ParkedIdentity; error: Error }[] = [];
  readonly lines: string[] = [];
  readonly stopping = new AbortController();
  tries = 0;
  passed = 0;
  heartbeats = 0;
  onTry: () => void = () => undefined;
  onPark: () => void = () => undefined;

  private readonly logger = {
    log: (line: string) => void this.lines.push(line),
    warn: (line: string) => void this.lines.push(`warn ${line}`),
    error: (line: string) => void this.lines.push(`error ${line}`),
  };

  handles = (type: string): boolean => type === CallUp.type;

  async handle(): Promise<void> {
    this.tries++;
    await Promise.resolve();
    this.onTry();
  }

  pass(): Promise<void> {
    this.passed++;
    return Promise.resolve();
  }

  async park(_message: IncomingMessage, identity: ParkedIdentity, error: Error): Promise<void> {
    await Promise.resolve();
    this.onPark();
    this.parked.push({ identity, error });
  }

  count(outcome: string, type: string): void {
    this.counted.push(`${outcome} ${type}`);
  }

  /** Delivers a message and lets all pauses between its tries pass. */
  async deliver(message: IncomingMessage): Promise<HandlerAnswer> {
    const shell = new DeliveryShell(this, this, this, this.logger);
    const heartbeat = (): Promise<void> => Promise.resolve(void this.heartbeats++);
    const answer = shell.deliver(message, { heartbeat, signal: this.stopping.signal });
    await jest.advanceTimersByTimeAsync(20_000);
    return answer;
  }
}

let around: Surroundings;

beforeEach(() => {
  jest.useFakeTimers();
  around = new Surroundings();
});
afterEach(() => jest.useRealTimers());

it('hands a good event to its handler and goes on', async () => {
  expect(await around.deliver(messageOf())).toEqual(DONE);
  expect([around.tries, around.counted]).toEqual([1, [`handled ${CallUp.type}`]]);
});

it('lets a known event that nobody handles here pass, counted in its aggregate', async () => {
  const answer = await around.deliver(messageOf({ type: StandDown.type, data: StandDown.example }));
  expect(answer).toEqual(DONE);
  expect([around.tries, around.passed, around.parked]).toEqual([0, 1, []]);
});

describe('a fault that passes', () => {
  it('is tried again in place, with a sign of life each time', async () => {
    around.onTry = () => {
      if (around.tries < 3) throw transient();
    };
    expect(await around.deliver(messageOf())).toEqual(DONE);
    expect([around.tries, around.heartbeats]).toEqual([3, 2]);
    expect(around.counted).toEqual([`retried ${CallUp.type}`, `retried ${CallUp.type}`, `handled ${CallUp.type}`]);
  });

  it('pauses the partition after five tries, within three seconds, and parks nothing', async () => {
    around.onTry = () => {
      throw transient();
    };
    const begun = Date.now();
    let ended = begun;
    around.count = (outcome, type) => {
      around.counted.push(`${outcome} ${type}`);
      ended = Date.now();
    };
    expect(await around.deliver(messageOf())).toEqual(PAUSE);
    expect(around.tries).toBeLessThanOrEqual(5);
    expect(around.tries).toBeGreaterThanOrEqual(3);
    expect(ended - begun).toBeLessThanOrEqual(3_000);
    expect([around.counted.at(-1), around.parked]).toEqual([`paused ${CallUp.type}`, []]);
  });

  it('does not wait for its next try when the consumer stops, and has no third', async () => {
    around.onTry = () => {
      setTimeout(() => around.stopping.abort(), 1);
      throw transient();
    };
    expect(await around.deliver(messageOf())).toEqual(PAUSE);
    expect(around.tries).toBe(2);
  });

  it('leaves nothing hanging on the signal of the consumer', async () => {
    const added = jest.spyOn(around.stopping.signal, 'addEventListener');
    const removed = jest.spyOn(around.stopping.signal, 'removeEventListener');
    around.onTry = () => {
      if (around.tries < 3) throw transient();
    };
    await around.deliver(messageOf());
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(added).toHaveBeenCalledTimes(2);
  });
});

describe('a fault that stays', () => {
  it.each<[string, Error, string]>([
    ['a refusal', new DomainError('TEAMS_NO_TEAM_LEFT'), 'warn'],
    ['a bug', new TypeError('x is not a function'), 'error'],
    ['a ledger that contradicts itself', new DomainError('SUPPLIES_LEDGER_CORRUPT'), 'error'],
  ])('%s parks the event after one try, and the partition goes on', async (_what, fault, level) => {
    around.onTry = () => {
      throw fault;
    };
    expect(await around.deliver(messageOf())).toEqual(DONE);
    expect(around.tries).toBe(1);
    const identity = { partitionKey: 'a', eventId: ID, type: CallUp.type };
    expect(around.parked).toEqual([{ identity, error: fault }]);
    expect(around.counted).toEqual([`parked ${CallUp.type}`]);
    expect(around.lines[0]).toMatch(new RegExp(`^${level} parked ${CallUp.type}`));
  });

  it('that is no error parks as one', async () => {
    around.handle = () => Promise.reject('just a text' as unknown as Error);
    expect(await around.deliver(messageOf())).toEqual(DONE);
    expect(around.parked[0].error).toEqual(new Error('just a text'));
  });

  it('that cannot be parked pauses the partition: nothing is lost', async () => {
    around.onTry = () => {
      throw new TypeError('x is not a function');
    };
    around.onPark = () => {
      throw transient();
    };
    expect(await around.deliver(messageOf())).toEqual(PAUSE);
    expect(around.counted).toEqual([`paused ${CallUp.type}`]);
  });
});

describe('a message that cannot be read', () => {
  it('is parked without a try', async () => {
    expect(await around.deliver({ ...messageOf(), value: Buffer.from('{') })).toEqual(DONE);
    expect([around.tries, around.counted]).toEqual([0, ['parked unknown']]);
    expect(around.parked[0]).toMatchObject({ identity: { eventId: null }, error: { code: 'EVENT_MALFORMED' } });
  });

  it('or has an unknown type is parked, and does not get a counter of its own', async () => {
    expect(await around.deliver(messageOf({ type: 'teams.surprise.v9' }))).toEqual(DONE);
    expect(around.counted).toEqual(['parked unknown']);
    expect(around.parked[0].error).toMatchObject({ code: 'EVENT_TYPE_UNKNOWN' });
  });

  it('and cannot be parked pauses the partition', async () => {
    around.onPark = () => {
      throw transient();
    };
    expect(await around.deliver({ ...messageOf(), value: null })).toEqual(PAUSE);
  });
});

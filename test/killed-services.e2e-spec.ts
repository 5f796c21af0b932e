import type { ServiceName } from '@ledger/embedded';
import { startTestStack, type TestStack } from '@ledger/testing';
import { playFlood, playWithoutVehicles } from '../tools/demo/play';
import { brokenInvariants } from './support/invariants';

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack.stop());

const SERVICES: readonly ServiceName[] = ['supplies', 'teams', 'transport', 'gateway'];
const PAIRS = SERVICES.flatMap((first, index) => SERVICES.slice(index + 1).map((second) => [first, second] as const));

/** After the signature, and while the goods are on the road. */
const EARLY = 5;
const LATE = 8;

interface Killing {
  /** Follows the story line by line. */
  readonly tell: () => void;
  /** Resolves when the services that were killed are back. */
  readonly back: () => Promise<void>;
}

/** Services die without warning at the n-th line of the story and are started again at once. */
function killAt(...kills: readonly (readonly [step: number, name: ServiceName])[]): Killing {
  let told = 0;
  const backs: Promise<void>[] = [];
  const tell = (): void => {
    told++;
    for (const [, name] of kills.filter(([step]) => step === told)) {
      const service = stack.service(name);
      backs.push(service.kill().then(() => service.restart()));
    }
  };
  return {
    tell,
    back: async () => {
      expect(backs).toHaveLength(kills.length);
      await Promise.all(backs);
    },
  };
}

describe('services that are killed in the middle', () => {
  it.each(PAIRS)(
    '%s early and %s late: the flood still ends, and every piece is accounted for',
    async (first, second) => {
      const killing = killAt([EARLY, first], [LATE, second]);
      const { allocation, checks } = await playFlood(stack.gatewayUrl, killing.tell);
      await killing.back();
      expect(checks.filter((check) => !check.isTrue)).toEqual([]);
      expect(allocation.phase).toBe('closed');
    },
  );

  it.each(SERVICES)('%s, while everything is released: nothing stays held', async (service) => {
    const killing = killAt([EARLY, service]);
    const { checks } = await playWithoutVehicles(stack.gatewayUrl, killing.tell);
    await killing.back();
    expect(checks.filter((check) => !check.isTrue)).toEqual([]);
  });

  it('leaves no broken invariant behind', async () => {
    expect(await brokenInvariants(stack)).toEqual([]);
  });
});

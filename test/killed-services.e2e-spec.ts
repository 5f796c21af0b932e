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

interface Killing {
  /** Follows the story line by line. */
  readonly tell: () => void;
  /** Resolves when the service that was killed is back. */
  readonly back: () => Promise<void>;
}

/** A service dies without warning at the n-th line of the story and is started again at once. */
function killAt(step: number, name: ServiceName): Killing {
  let told = 0;
  let back: Promise<void> | undefined;
  const service = stack.service(name);
  const tell = (): void => {
    told++;
    if (told === step) back = service.kill().then(() => service.restart());
  };
  return {
    tell,
    back: async () => {
      expect(back).toBeDefined();
      await back;
    },
  };
}

describe('services that are killed in the middle', () => {
  it.each(SERVICES.flatMap((service) => [5, 7, 9].map((step) => [service, step] as const)))(
    '%s, at step %i: the flood still ends, and every piece is accounted for',
    async (service, step) => {
      const killing = killAt(step, service);
      const { allocation, checks } = await playFlood(stack.gatewayUrl, killing.tell);
      await killing.back();
      expect(checks.filter((check) => !check.isTrue)).toEqual([]);
      expect(allocation.phase).toBe('closed');
    },
  );

  it.each(SERVICES)('%s, while everything is released: nothing stays held', async (service) => {
    const killing = killAt(5, service);
    const { checks } = await playWithoutVehicles(stack.gatewayUrl, killing.tell);
    await killing.back();
    expect(checks.filter((check) => !check.isTrue)).toEqual([]);
  });

  it('leaves no broken invariant behind', async () => {
    expect(await brokenInvariants(stack)).toEqual([]);
  });
});

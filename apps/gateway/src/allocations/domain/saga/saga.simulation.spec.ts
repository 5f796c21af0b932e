import fc from 'fast-check';
import { openPoints } from './closing';
import { hasEnded } from '../phase-transitions';
import type { AllocationState } from '../allocation';
import { aGoodsLine, aSource, anAllocation } from './testing/an-allocation';
import type { Dice } from './testing/scene';
import { World } from './testing/world';

const MAX_STEPS = 2_000;

interface Run {
  readonly seed: number;
  readonly refusals: number;
  readonly cancelAt: number | null;
  readonly earlyDeadlines: number;
  readonly rejects: boolean;
}

const runs = fc.record<Run>({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  refusals: fc.constantFrom(0, 0.1, 0.4),
  cancelAt: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  earlyDeadlines: fc.constantFrom(0, 0.05, 0.2),
  rejects: fc.boolean(),
});

/** A small generator of its own, so that one seed is one run for ever. */
function diceOf(seed: number): Dice {
  let state = seed;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)],
  };
}

function threeLines(): AllocationState {
  const line = (number: number, sources: number) =>
    aGoodsLine({
      lineId: `0197f0c0-0000-7000-8000-00000000a10${number}`,
      sources: Array.from({ length: sources }, (_, depot) =>
        aSource({ depotId: `0197f0c0-0000-7000-8000-00000000de0${depot}`, quantityBase: 20 }),
      ),
    });
  return anAllocation({ goods: [line(1, 1), line(2, 2), line(3, 3)] });
}

function simulate(run: Run): World {
  const dice = diceOf(run.seed);
  const world = new World(threeLines(), dice, run.refusals);
  world.feed({ type: 'submitted', data: { approvalTier: 'county' } });
  let decided = false;
  for (let step = 0; step < MAX_STEPS && !isDone(world); step++) {
    if (step === run.cancelAt && mayCancel(world.state)) world.feed({ type: 'cancelled', data: { reason: 'over' } });
    else if (!decided && world.state.phase === 'awaiting-approval' && dice.chance(0.2)) {
      decided = true;
      world.feed(
        run.rejects ? { type: 'rejected', data: { reason: 'no' } } : { type: 'approved', data: { useOrder: 'UO-1' } },
      );
    } else if (dice.chance(run.earlyDeadlines)) world.passDeadline();
    else if (dice.chance(0.5)) world.carry();
    else if (!world.work() && !world.carry()) world.passDeadline();
  }
  return world;
}

const isDone = (world: World): boolean => hasEnded(world.state.phase) && !world.carry();
const mayCancel = ({ phase }: AllocationState): boolean =>
  !hasEnded(phase) && phase !== 'releasing' && phase !== 'turning-back';

describe('the saga among slow, refusing services and early deadlines', () => {
  it('always ends, and then nothing is held and every piece is accounted for', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const world = simulate(run);
        const held = world.held();
        const open = openPoints(world.state);
        expect({ unended: hasEnded(world.state.phase) ? null : world.state.phase, held, open }).toEqual({
          unended: null,
          held: [],
          open: [],
        });
        for (const { account } of world.state.goods) {
          const { issuedBase, consumedBase, returnedBase, lostBase } = account;
          expect(issuedBase).toBe(consumedBase + returnedBase + lostBase);
          expect([account.inTransitBase, account.atSiteBase, account.damagedAtSiteBase]).toEqual([0, 0, 0]);
        }
      }),
      { numRuns: 2_000, seed: 140_930 },
    );
  });
});

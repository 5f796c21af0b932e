import fc from 'fast-check';
import { assign, type Giver, type Lane, type Pool, type Taker } from './assign';

interface Task {
  readonly pools: Pool[];
  readonly givers: Giver[];
  readonly takers: Taker[];
  readonly lanes: Lane[];
}

const small = fc
  .record({
    pools: fc.array(fc.nat(3), { minLength: 1, maxLength: 2 }),
    givers: fc.array(fc.tuple(fc.nat(1), fc.nat(3)), { minLength: 1, maxLength: 3 }),
    takers: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
    costs: fc.array(fc.option(fc.nat(4), { nil: undefined }), { minLength: 9, maxLength: 9 }),
  })
  .map(({ pools, givers, takers, costs }): Task => {
    const made = {
      pools: pools.map((quantity, index) => ({ id: `p${index}`, quantity })),
      givers: givers.map(([pool, quantity], index) => ({
        id: `g${index}`,
        poolId: `p${pool % pools.length}`,
        quantity,
      })),
      takers: takers.map((quantity, index) => ({ id: `t${index}`, quantity })),
    };
    const lanes = made.givers.flatMap((giver, row) =>
      made.takers.flatMap((taker, column) => {
        const cost = costs[row * 3 + column];
        return cost === undefined ? [] : [{ giverId: giver.id, takerId: taker.id, cost }];
      }),
    );
    return { ...made, lanes };
  });

/** Tries everything: the most that can be given, and the least that costs. */
function bruteForce({ pools, givers, takers, lanes }: Task): { quantity: number; cost: number } {
  const left = new Map([...pools, ...givers, ...takers].map(({ id, quantity }) => [id, quantity]));
  const poolOf = new Map(givers.map(({ id, poolId }) => [id, poolId]));
  let best = { quantity: 0, cost: 0 };
  const tryLane = (index: number, quantity: number, cost: number): void => {
    if (index === lanes.length) {
      if (quantity > best.quantity || (quantity === best.quantity && cost < best.cost)) best = { quantity, cost };
      return;
    }
    const lane = lanes[index];
    const ids = [String(poolOf.get(lane.giverId)), lane.giverId, lane.takerId];
    const most = Math.min(...ids.map((id) => left.get(id) ?? 0));
    for (let amount = 0; amount <= most; amount++) {
      for (const id of ids) left.set(id, (left.get(id) ?? 0) - amount);
      tryLane(index + 1, quantity + amount, cost + amount * lane.cost);
      for (const id of ids) left.set(id, (left.get(id) ?? 0) + amount);
    }
  };
  tryLane(0, 0, 0);
  return best;
}

const solve = ({ pools, givers, takers, lanes }: Task) => assign(pools, givers, takers, lanes);
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('the assignment', () => {
  it('gives as much as any other would, at the least cost: compared with trying everything', () => {
    fc.assert(
      fc.property(small, (task) => {
        const assigned = solve(task);
        expect({
          quantity: sum(assigned.map(({ quantity }) => quantity)),
          cost: sum(assigned.map(({ quantity, cost }) => quantity * cost)),
        }).toEqual(bruteForce(task));
      }),
      { numRuns: 300 },
    );
  });

  it('never gives more than a pool, a giver or a taker has room for', () => {
    fc.assert(
      fc.property(small, (task) => {
        const assigned = solve(task);
        const poolOf = new Map(task.givers.map(({ id, poolId }) => [id, poolId]));
        const used = (id: string): number =>
          sum(
            assigned
              .filter((lane) => [lane.giverId, lane.takerId, poolOf.get(lane.giverId)].includes(id))
              .map(({ quantity }) => quantity),
          );
        for (const { id, quantity } of [...task.pools, ...task.givers, ...task.takers]) {
          expect(used(id)).toBeLessThanOrEqual(quantity);
        }
      }),
    );
  });

  it('takes a first choice back when that lets more be given', () => {
    const assigned = assign(
      [{ id: 'p', quantity: 9 }],
      [
        { id: 'a', poolId: 'p', quantity: 5 },
        { id: 'b', poolId: 'p', quantity: 4 },
      ],
      [
        { id: 'x', quantity: 5 },
        { id: 'y', quantity: 5 },
      ],
      [
        { giverId: 'a', takerId: 'x', cost: 1 },
        { giverId: 'a', takerId: 'y', cost: 3 },
        { giverId: 'b', takerId: 'x', cost: 1 },
      ],
    );
    expect(assigned.map(({ giverId, takerId, quantity }) => [giverId, takerId, quantity])).toEqual([
      ['a', 'x', 1],
      ['a', 'y', 4],
      ['b', 'x', 4],
    ]);
  });

  it('is nothing where nothing is', () => {
    expect(assign([], [], [], [])).toEqual([]);
  });
});

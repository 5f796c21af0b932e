import fc from 'fast-check';
import type { TestService } from '@ledger/testing';
import { MOVEMENT_KINDS } from '../src/stock/domain/movement-kinds';
import { brokenInvariants } from './support/invariants';
import { LedgerWalk, STEP_KINDS, type Step } from './support/ledger-walk';
import { RICE, TENT, aDepot, aStandard, startSupplies } from './support/world';

const WALKS = 15;
const STEPS_PER_WALK = 110;
/** The same walks every time; another seed walks elsewhere. */
const SEED = Number(process.env.WALK_SEED ?? 20260701);
/** After this time a fault that was found is told as it is, without looking for a shorter way to it. */
const SEARCH_MS = 90_000;
const FLOOR = 2;
/** Steps that others need before them come more often; lots that are held or recalled are set free as often. */
const FREQUENT = [
  ...[
    'reserve',
    'issue',
    'deliver',
    'handOut',
    'reserve',
    'issue',
    'deliver',
    'handOut',
    'giveBack',
    'receive',
    'receiveToInspect',
    'inspect',
  ],
  ...['transfer', 'receiveTransfer', 'buildKits', 'setFree', 'setFree', 'withdraw'],
] as Step['kind'][];

let service: TestService;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...STEP_KINDS, ...FREQUENT),
    choices: fc.array(fc.nat(1_000), { minLength: 6, maxLength: 6 }),
  }),
  { minLength: STEPS_PER_WALK, maxLength: STEPS_PER_WALK },
);

async function aWalk(): Promise<LedgerWalk> {
  const depots = [await aDepot(service), await aDepot(service)];
  for (const item of [TENT, RICE]) await aStandard(service, depots[0].id, item, FLOOR);
  const walk = new LedgerWalk(service, depots, FLOOR);
  await walk.stockUp();
  return walk;
}

/** All balances of the lots of a walk that are not zero. */
async function balancesOf(walk: LedgerWalk): Promise<Map<string, number>> {
  const rows = await service.database.query<{ account: string; lot_id: string; quantity_base: string }>(
    `SELECT account, lot_id, quantity_base FROM balances WHERE lot_id = ANY($1) AND quantity_base <> 0`,
    [[...new Set(walk.model.pieces.map(({ lotId }) => lotId))]],
  );
  return new Map(rows.map((row) => [`${row.account} ${row.lot_id}`, Number(row.quantity_base)] as const).sort());
}

it('any sequence of movements leaves every balance as a heap of pieces would have it', async () => {
  const taken = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (walked) => {
      const walk = await aWalk();
      for (const step of walked) {
        if ((await walk.take(step)) === 'taken') taken.add(step.kind);
        expect(await balancesOf(walk)).toEqual(walk.model.balances());
      }
    }),
    { numRuns: WALKS, seed: SEED, interruptAfterTimeLimit: SEARCH_MS },
  );
  expect([...taken].sort()).toEqual([...STEP_KINDS].sort());
  const posted = await service.database.query<{ kind: string }>('SELECT DISTINCT kind FROM movements');
  expect(posted.map(({ kind }) => kind).sort()).toEqual([...MOVEMENT_KINDS].sort());
  expect(await brokenInvariants(service.database)).toEqual([]);
}, 120_000);

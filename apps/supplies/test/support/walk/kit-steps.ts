import { depotAccount } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import { BreakKitsUseCase } from '../../../src/kits/break-kits';
import { BuildKitsUseCase } from '../../../src/kits/build-kits';
import type { Piece } from '../pieces-model';
import { RICE, TENT } from '../world';
import { lotOf } from './store-steps';
import { expectSame, type Outcome, type Pick, type WalkWorld } from './walk-world';

/** One tent and two bags of rice. */
export const WALK_RECIPE = [
  { itemCode: TENT, quantityPerKit: 1, required: true },
  { itemCode: RICE, quantityPerKit: 2, required: true },
] as const;

interface KitLot {
  readonly lotId: string;
  /** What is in each kit. */
  readonly parts: readonly ReturnType<typeof lotOf>[];
  unbroken: number;
}

/** Kits that are put together and taken apart. */
export class KitSteps {
  private readonly kitLots: KitLot[] = [];

  constructor(
    private readonly world: WalkWorld,
    private readonly kitCode: string,
  ) {}

  async build(pick: Pick): Promise<Outcome> {
    const { model, caller } = this.world;
    const depot = pick(this.world.depots);
    const kits = pick([1, 2, 3]);
    const request = { depotId: depot.id, kits };
    const answer = await this.world.run(BuildKitsUseCase, (useCase, tx) =>
      useCase.execute(tx, { kitCode: this.kitCode, caller, request }, aCause()),
    );
    const free = WALK_RECIPE.map(({ itemCode }) => this.world.free(depot.id, itemCode));
    const covered = WALK_RECIPE.every(({ quantityPerKit }, index) => free[index].length >= quantityPerKit * kits);
    expectSame('building kits', covered, answer !== undefined);
    if (!answer) return 'refused';
    const contents = Array.from({ length: kits }, (_, kit) =>
      WALK_RECIPE.flatMap(({ quantityPerKit }, index) =>
        free[index].slice(kit * quantityPerKit, (kit + 1) * quantityPerKit),
      ),
    );
    model.move(contents.flat(), 'kitted');
    const groups = alike(contents);
    const built = answer.lots.map((lot) => lot.kits);
    if (built.join() !== groups.map((group) => group.length).join()) throw new Error(`kits of ${built.join()} alike`);
    groups.forEach((group, index) => {
      const { lotId } = answer.lots[index];
      const parts = group[0].map(lotOf);
      const kit = { lotId, itemCode: this.kitCode, expiryDate: earliest(group[0]) };
      model.receive(kit, depotAccount(depot.id, 'available'), group.length, 'kitted');
      this.kitLots.push({ lotId, parts, unbroken: group.length });
    });
    return 'taken';
  }

  async takeApart(pick: Pick): Promise<Outcome> {
    const kitLot = pick(this.kitLots);
    if (!kitLot) return 'nothing to do';
    const { model, caller } = this.world;
    const places = this.world.depots.flatMap(({ id }) =>
      (['available', 'quarantine'] as const).map((from) => ({ depotId: id, from, account: depotAccount(id, from) })),
    );
    const stocked = places.filter(({ account }) => model.at(account, kitLot.lotId).length > 0);
    const { depotId, from, account } = pick(stocked.length > 0 ? stocked : places);
    const kits = pick([1, 1, 2]);
    const request = { depotId, lotId: kitLot.lotId, kits, from, reason: 'x' };
    const answer = await this.world.run(BreakKitsUseCase, (useCase, tx) =>
      useCase.execute(tx, { kitCode: this.kitCode, caller, request }, aCause()),
    );
    const there = Math.max(0, model.unclaimed(account, kitLot.lotId));
    expectSame('taking kits apart', kits <= Math.min(kitLot.unbroken, there), answer !== undefined);
    if (!answer) return 'refused';
    kitLot.unbroken -= kits;
    model.move(model.at(account, kitLot.lotId).slice(0, kits), 'kitted');
    const isGood = model.isGood(kitLot.lotId);
    for (const part of [...Array<undefined>(kits)].flatMap(() => kitLot.parts)) {
      const [piece] = model.at('kitted', part.lotId);
      model.move([piece], isGood ? model.shelf(depotId, part.lotId) : depotAccount(depotId, 'quarantine'));
    }
    return 'taken';
  }
}

/** Kits one after the other with the same pieces of the same lots are one lot. */
function alike(contents: readonly Piece[][]): Piece[][][] {
  const keyOf = (kit: readonly Piece[]): string => kit.map(({ lotId }) => lotId).join();
  const groups: Piece[][][] = [];
  for (const kit of contents) {
    const last = groups[groups.length - 1];
    if (last && keyOf(last[0]) === keyOf(kit)) last.push(kit);
    else groups.push([kit]);
  }
  return groups;
}

function earliest(kit: readonly Piece[]): string | null {
  const days = kit.flatMap(({ expiryDate }) => (expiryDate === null ? [] : [expiryDate]));
  return days.sort()[0] ?? null;
}

import type { TestService } from '@ledger/testing';
import { CITY } from './kit-bench';
import { CountSteps } from './walk/count-steps';
import { DispatchSteps } from './walk/dispatch-steps';
import { InspectionSteps } from './walk/inspection-steps';
import { KitSteps, WALK_RECIPE } from './walk/kit-steps';
import { QualitySteps } from './walk/quality-steps';
import { ScrapSteps } from './walk/scrap-steps';
import { StoreSteps } from './walk/store-steps';
import { TransferSteps } from './walk/transfer-steps';
import { WalkWorld, type Outcome, type Pick } from './walk/walk-world';
import type { TestDepot } from './world';

/** One step of a walk; `choices` pick among whatever is there at that moment. */
export interface Step {
  readonly kind: keyof typeof STEPS;
  readonly choices: readonly number[];
}

/** The kit of the walks. */
const WALK_KIT = 'KIT-900';

/** Walks through the real use cases and the model of pieces side by side. */
export class LedgerWalk {
  private readonly world: WalkWorld;
  readonly dispatch: DispatchSteps;
  readonly store: StoreSteps;
  readonly inspection: InspectionSteps;
  readonly quality: QualitySteps;
  readonly scrap: ScrapSteps;
  readonly transfer: TransferSteps;
  readonly count: CountSteps;
  readonly kits: KitSteps;

  constructor(
    private readonly service: TestService,
    depots: readonly TestDepot[],
    /** What the first depot has to keep of every item. */
    floorBase: number,
  ) {
    this.world = new WalkWorld(service, depots, floorBase);
    this.dispatch = new DispatchSteps(this.world);
    this.store = new StoreSteps(this.world);
    this.inspection = new InspectionSteps(this.world, this.store);
    this.quality = new QualitySteps(this.world);
    this.scrap = new ScrapSteps(this.world);
    this.transfer = new TransferSteps(this.world);
    this.count = new CountSteps(this.world);
    this.kits = new KitSteps(this.world, WALK_KIT);
  }

  get model(): WalkWorld['model'] {
    return this.world.model;
  }

  /** Runs a step on both sides; throws when one takes what the other refuses. */
  async take({ kind, choices }: Step): Promise<Outcome> {
    const before = this.model.balances();
    const outcome = await STEPS[kind](this, chooser(choices));
    if (outcome === 'refused' && !sameEntries(before, this.model.balances())) {
      throw new Error(`the model moved pieces in a refused ${kind}`);
    }
    return outcome;
  }

  /** Stocks all depots with all batches, and says what the kit is made of. */
  async stockUp(): Promise<void> {
    await this.knowTheKit();
    await this.store.stockUp();
  }

  private async knowTheKit(): Promise<void> {
    const added = await this.service.database.query(
      `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_basis,
                          rotation_rule, hazard_class, weight_grams, volume_cubic_centimetres, size_basis, plan_reference)
       VALUES ($1, '应急包', 'kit', 'living_relief', '套', false, false, 'none', 'FIFO', '', 1, 1, 'estimate', '')
       ON CONFLICT DO NOTHING RETURNING code`,
      [WALK_KIT],
    );
    if (added.length === 0) return;
    const body = { components: WALK_RECIPE, followsRevision: 0, source: 'the walk' };
    const answer = await this.service.request('POST', `/api/v1/supplies/kits/${WALK_KIT}/recipes`, { as: CITY, body });
    if (answer.status !== 201) throw new Error(`a recipe answered ${JSON.stringify(answer.body)}`);
  }
}

const STEPS = {
  receive: (walk: LedgerWalk, pick: Pick) => walk.store.receive(pick),
  useUp: (walk: LedgerWalk, pick: Pick) => walk.store.useUp(pick),
  putAside: (walk: LedgerWalk, pick: Pick) => walk.store.putAside(pick),
  rotate: (walk: LedgerWalk, pick: Pick) => walk.store.rotate(pick),
  lend: (walk: LedgerWalk, pick: Pick) => walk.store.lend(pick),
  returnLoan: (walk: LedgerWalk, pick: Pick) => walk.store.returnLoan(pick),
  reverse: (walk: LedgerWalk, pick: Pick) => walk.store.reverse(pick),
  receiveToInspect: (walk: LedgerWalk, pick: Pick) => walk.inspection.receiveToInspect(pick),
  inspectAgain: (walk: LedgerWalk, pick: Pick) => walk.inspection.inspectAgain(pick),
  inspect: (walk: LedgerWalk, pick: Pick) => walk.inspection.inspect(pick),
  hold: (walk: LedgerWalk, pick: Pick) => walk.quality.hold(pick),
  recall: (walk: LedgerWalk, pick: Pick) => walk.quality.recall(pick),
  withdraw: (walk: LedgerWalk, pick: Pick) => walk.quality.withdraw(pick),
  setFree: (walk: LedgerWalk, pick: Pick) => walk.quality.setFree(pick),
  proposeScrap: (walk: LedgerWalk, pick: Pick) => walk.scrap.propose(pick),
  decideScrap: (walk: LedgerWalk, pick: Pick) => walk.scrap.decide(pick),
  sendBack: (walk: LedgerWalk, pick: Pick) => walk.scrap.sendBack(pick),
  transfer: (walk: LedgerWalk, pick: Pick) => walk.transfer.transfer(pick),
  receiveTransfer: (walk: LedgerWalk, pick: Pick) => walk.transfer.receiveTransfer(pick),
  settleTransfer: (walk: LedgerWalk, pick: Pick) => walk.transfer.settleTransfer(pick),
  count: (walk: LedgerWalk, pick: Pick) => walk.count.count(pick),
  buildKits: (walk: LedgerWalk, pick: Pick) => walk.kits.build(pick),
  takeKitsApart: (walk: LedgerWalk, pick: Pick) => walk.kits.takeApart(pick),
  reserve: (walk: LedgerWalk, pick: Pick) => walk.dispatch.reserve(pick),
  release: (walk: LedgerWalk, pick: Pick) => walk.dispatch.release(pick),
  issue: (walk: LedgerWalk, pick: Pick) => walk.dispatch.issue(pick),
  deliver: (walk: LedgerWalk, pick: Pick) => walk.dispatch.deliver(pick),
  settle: (walk: LedgerWalk, pick: Pick) => walk.dispatch.settle(pick),
  takeBack: (walk: LedgerWalk, pick: Pick) => walk.dispatch.takeBack(pick),
  handOut: (walk: LedgerWalk, pick: Pick) => walk.dispatch.handOut(pick),
  giveBack: (walk: LedgerWalk, pick: Pick) => walk.dispatch.giveBack(pick),
} as const;

export const STEP_KINDS = Object.keys(STEPS) as Step['kind'][];

function chooser(choices: readonly number[]): Pick {
  let next = 0;
  return (from) => from[choices[next++ % choices.length] % from.length];
}

const sameEntries = (one: Map<string, number>, other: Map<string, number>): boolean =>
  JSON.stringify([...one]) === JSON.stringify([...other]);

import { depotAccount } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import { DecideScrapUseCase } from '../../../src/warehouse/decide-scrap';
import { ProposeScrapUseCase } from '../../../src/warehouse/propose-scrap';
import { SendBackUseCase } from '../../../src/warehouse/send-back';
import { AMOUNTS, expectSame, type Outcome, type Pick, type Place, type WalkWorld } from './walk-world';

interface Proposal extends Place {
  readonly id: string;
  readonly quantityBase: number;
  readonly wasFree: boolean;
  open: boolean;
}

/** Goods that are scrapped, or go back to where they came from. */
export class ScrapSteps {
  private readonly proposals: Proposal[] = [];

  constructor(private readonly world: WalkWorld) {}

  async propose(pick: Pick): Promise<Outcome> {
    const from = pick(['available', 'quarantine'] as const);
    const place = this.world.pickPlace(pick, from);
    if (!place) return 'nothing to do';
    const { model, caller } = this.world;
    const { depot, lotId, account } = place;
    const quantityBase = pick(AMOUNTS);
    const record = { appraisers: ['x'], appraisalMethod: 'x', documentNumber: 'x', residualValueFen: 0 };
    const request = { depotId: depot.id, lotId, quantityBase, from, reason: 'damaged' as const, ...record };
    const answer = await this.world.run(ProposeScrapUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller, request }, aCause()),
    );
    expectSame('scrap proposal', quantityBase <= model.unclaimed(account, lotId), answer !== undefined);
    if (!answer) return 'refused';
    const quarantine = depotAccount(depot.id, 'quarantine');
    const wasFree = from === 'available';
    const proposal = { ...place, account: quarantine, id: answer.proposalId, quantityBase, wasFree, open: true };
    this.proposals.push(proposal);
    if (wasFree) {
      const moves = model.move(model.at(account, lotId).slice(0, quantityBase), quarantine);
      this.world.remember(String(answer.movementId), moves, { isKept: () => proposal.open });
    }
    model.claim(quarantine, lotId, quantityBase);
    return 'taken';
  }

  async decide(pick: Pick): Promise<Outcome> {
    const open = this.proposals.filter((each) => each.open);
    const proposal = pick(open.length > 0 ? open : this.proposals.slice(-1));
    if (!proposal) return 'nothing to do';
    const { model, caller, second } = this.world;
    const decision = pick(['approve', 'approve', 'reject'] as const);
    const decider = pick([second, second, second, caller]);
    const input = { proposalId: proposal.id, caller: decider, request: { decision, note: 'x' } };
    const answer = await this.world.run(DecideScrapUseCase, (useCase, tx) => useCase.execute(tx, input, aCause()));
    expectSame('scrap decision', proposal.open && decider === second, answer !== undefined);
    if (!answer) return 'refused';
    proposal.open = false;
    const { account, lotId, quantityBase, depot } = proposal;
    model.claim(account, lotId, -quantityBase);
    const goods = model.at(account, lotId).slice(0, quantityBase);
    const setFree = decision === 'reject' && proposal.wasFree && model.isGood(lotId);
    const to = decision === 'approve' ? 'scrapped' : setFree ? depotAccount(depot.id, 'available') : null;
    if (to !== null) this.world.remember(String(answer.movementId), model.move(goods, to));
    return 'taken';
  }

  /** Kits and found goods came from nowhere that could have them back. */
  async sendBack(pick: Pick): Promise<Outcome> {
    const place = this.world.pickPlace(pick, 'quarantine');
    if (!place) return 'nothing to do';
    const { model, caller } = this.world;
    const { depot, lotId, account } = place;
    const quantityBase = pick(AMOUNTS);
    const papers = { sentTo: 'x', reason: 'torn', documentNumber: 'x' };
    const request = { depotId: depot.id, lotId, quantityBase, ...papers };
    const answer = await this.world.run(SendBackUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller, request }, aCause()),
    );
    const there = model.at(account, lotId);
    const isBought = there[0].origin !== 'kitted';
    expectSame('send-back', isBought && quantityBase <= model.unclaimed(account, lotId), answer !== undefined);
    if (!answer) return 'refused';
    this.world.remember(answer.movementId, model.move(there.slice(0, quantityBase), 'supplier'));
    return 'taken';
  }
}

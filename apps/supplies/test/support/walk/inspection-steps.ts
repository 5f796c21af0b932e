import { depotAccount } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import { RecordReceiptUseCase } from '../../../src/stock/record-receipt';
import { OpenInspectionUseCase } from '../../../src/warehouse/open-inspection';
import { RecordInspectionUseCase } from '../../../src/warehouse/record-inspection';
import type { TestDepot } from '../world';
import type { StoreSteps } from './store-steps';
import { AMOUNTS, expectSame, type Outcome, type Pick, type WalkWorld } from './walk-world';

interface Inspection {
  readonly id: string;
  readonly depot: TestDepot;
  readonly lotId: string;
  readonly quantityBase: number;
  open: boolean;
}

/** Goods that wait in quarantine until somebody has looked at them. */
export class InspectionSteps {
  private readonly inspections: Inspection[] = [];

  constructor(
    private readonly world: WalkWorld,
    private readonly store: StoreSteps,
  ) {}

  async receiveToInspect(pick: Pick): Promise<Outcome> {
    const { model, caller } = this.world;
    const depot = pick(this.world.depots);
    const { batch, batchNumber } = this.store.batch(pick);
    const quantityBase = pick(AMOUNTS);
    const lines = [{ ...batch, batchNumber, quantityBase }];
    const request = { depotId: depot.id, origin: 'purchase' as const, toInspect: true, lines };
    const answer = await this.world.run(RecordReceiptUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller, request }, aCause()),
    );
    if (!answer) throw new Error('a receipt was refused');
    const [{ lotId, inspectionId }] = answer.lots;
    const lot = { lotId, itemCode: batch.itemCode, expiryDate: batch.expiryDate ?? null };
    const moves = model.receive(lot, depotAccount(depot.id, 'quarantine'), quantityBase);
    const inspection = this.opened({ id: String(inspectionId), depot, lotId, quantityBase });
    this.world.remember(answer.movementId, moves, { before: () => this.withdraw(inspection) });
    return 'taken';
  }

  async inspectAgain(pick: Pick): Promise<Outcome> {
    const place = this.world.pickPlace(pick, 'quarantine');
    if (!place) return 'nothing to do';
    const { depot, lotId, account } = place;
    const quantityBase = pick(AMOUNTS);
    const request = { depotId: depot.id, lotId, quantityBase, reason: 'repaired' };
    const answer = await this.world.run(OpenInspectionUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller: this.world.caller, request }, aCause()),
    );
    expectSame('inspection', quantityBase <= this.world.model.unclaimed(account, lotId), answer !== undefined);
    if (!answer) return 'refused';
    this.opened({ id: answer.inspectionId, depot, lotId, quantityBase });
    return 'taken';
  }

  async inspect(pick: Pick): Promise<Outcome> {
    const open = this.inspections.filter((each) => each.open);
    const inspection = pick(open.length > 0 ? open : this.inspections.slice(-1));
    if (!inspection) return 'nothing to do';
    const { model, caller } = this.world;
    const { id, depot, lotId, quantityBase } = inspection;
    const acceptedBase = pick([quantityBase, quantityBase - 1, 0, quantityBase + 1]);
    const rejectedBase = Math.max(0, quantityBase - acceptedBase);
    const request = { acceptedBase, rejectedBase, rejectionReason: rejectedBase > 0 ? 'torn' : undefined };
    const answer = await this.world.run(RecordInspectionUseCase, (useCase, tx) =>
      useCase.execute(tx, { inspectionId: id, caller, request }, aCause()),
    );
    const fits = acceptedBase <= quantityBase && (acceptedBase === 0 || model.isGood(lotId));
    expectSame('result of an inspection', inspection.open && fits, answer !== undefined);
    if (!answer) return 'refused';
    this.withdraw(inspection);
    const there = model.at(depotAccount(depot.id, 'quarantine'), lotId);
    const moves = model.move(there.slice(0, acceptedBase), depotAccount(depot.id, 'available'));
    if (answer.movementId) this.world.remember(answer.movementId, moves);
    return 'taken';
  }

  private opened(inspection: Omit<Inspection, 'open'>): Inspection {
    const opened = { ...inspection, open: true };
    this.inspections.push(opened);
    this.claim(opened, 1);
    return opened;
  }

  /** Ends an inspection, if it is open; returns how to take that back. */
  private withdraw(inspection: Inspection): () => void {
    if (!inspection.open) return () => undefined;
    inspection.open = false;
    this.claim(inspection, -1);
    return () => {
      inspection.open = true;
      this.claim(inspection, 1);
    };
  }

  private claim({ depot, lotId, quantityBase }: Inspection, times: 1 | -1): void {
    this.world.model.claim(depotAccount(depot.id, 'quarantine'), lotId, times * quantityBase);
  }
}

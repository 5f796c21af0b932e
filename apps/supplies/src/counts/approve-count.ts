import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { recorderOf } from '../stock/domain/recorder';
import { BookAdjustments } from './book-adjustments';
import { CountBalancesRepository } from './count-balances.repository';
import { CountLinesRepository, type Line } from './count-lines.repository';
import { CountSettingsRepository } from './count-settings.repository';
import { CountsRepository, requireTransition, type Count } from './counts.repository';
import { planAdjustments, varianceOf, type AccountNow } from './domain/plan-adjustments';
import { needsApprover } from './domain/tolerance';
import type { CountStateResponse } from './dto/count.dto';
import { countedOf, itemCodesOf } from './submit-count';

export interface CountApproval {
  readonly countId: string;
  readonly caller: Caller;
  readonly note?: string;
}

/** Lets the ledger follow what was counted. */
@Injectable()
export class ApproveCountUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly counts: CountsRepository,
    private readonly lines: CountLinesRepository,
    private readonly balances: CountBalancesRepository,
    private readonly settings: CountSettingsRepository,
    private readonly booking: BookAdjustments,
  ) {}

  /**
   * Four eyes: neither who handed the count in nor who counted anything in it approves it. Above the limits of a class
   * an approver has to sign. Lines that the ledger has overtaken are not forced: nothing is posted, the count goes back
   * to counting them, and the answer names them with state `recounting`.
   * @throws DomainError in this order: SUPPLIES_COUNT_NOT_FOUND, what the depot does not allow,
   *   SUPPLIES_COUNT_TRANSITION_FORBIDDEN, SUPPLIES_COUNT_APPROVAL_BY_COUNTER, SUPPLIES_COUNT_APPROVER_REQUIRED
   */
  async execute(tx: Tx, { countId, caller, note }: CountApproval, cause: Cause): Promise<CountStateResponse> {
    const count = await this.counts.lockFor(tx, caller, countId, 'update');
    const depot = await this.depots.findFor(tx, caller, count.depotId);
    requireTransition(count.state, 'approve');
    await this.assertOtherPerson(tx, count, caller);
    const lines = (await this.lines.lock(tx, count.id)).filter((line) => varianceOf(countedOf(line)) !== 0);
    await this.assertMayApprove(tx, count, lines, caller);
    const plan = planAdjustments(lines.map(countedOf), await this.accountsNow(tx, count, lines));
    const by = recorderOf(caller);
    if (plan.overtaken.length > 0) {
      await this.lines.reopen(tx, plan.overtaken, count.round + 1);
      const decision = { event: 'overtake', by, lineIds: plan.overtaken, reason: note } as const;
      const state = await this.counts.decide(tx, count, decision);
      return { countId: count.id, state, recountLineIds: [...plan.overtaken], movementIds: [] };
    }
    const booked = await this.booking.execute(
      tx,
      { count, depot, lines, adjustments: plan.adjustments, by, note },
      cause,
    );
    await this.lines.close(tx, count.id, booked);
    const state = await this.counts.decide(tx, count, { event: 'approve', by, reason: note });
    const movementIds = [...new Set(booked.flatMap(({ movementId }) => movementId ?? []))];
    return { countId: count.id, state, recountLineIds: [], movementIds };
  }

  private async assertOtherPerson(tx: Tx, count: Count, caller: Caller): Promise<void> {
    const isOwn = count.submittedById === caller.userId || (await this.lines.isCounter(tx, count.id, caller.userId));
    if (isOwn) throw new DomainError('SUPPLIES_COUNT_APPROVAL_BY_COUNTER');
  }

  private async assertMayApprove(tx: Tx, count: Count, lines: readonly Line[], caller: Caller): Promise<void> {
    const rules = await this.settings.rulesFor(tx, count.regionCode, itemCodesOf(lines));
    const variances = lines.map((line) => ({
      varianceBase: varianceOf(countedOf(line)),
      class: rules.classOf(line.itemCode),
      unitValueFen: rules.unitValueFenOf(line.itemCode),
    }));
    if (needsApprover(variances, rules.classes) && !caller.roles.includes('approver')) {
      throw new DomainError('SUPPLIES_COUNT_APPROVER_REQUIRED');
    }
  }

  private async accountsNow(tx: Tx, count: Count, lines: readonly Line[]): Promise<Map<string, AccountNow>> {
    const { balanceOf } = await this.balances.at(tx, count.depotId, lines, undefined);
    const found = lines.filter(({ origin }) => origin === 'found').map(({ id }) => id);
    const booked = await this.balances.bookedSince(tx, count.depotId, found);
    return new Map(
      lines.map((line) => [
        line.id,
        { availableBase: balanceOf(line).availableBase, bookedSince: booked.has(line.id) },
      ]),
    );
  }
}

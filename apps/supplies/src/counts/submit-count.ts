import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { CountLinesRepository, type Line } from './count-lines.repository';
import { CountSettingsRepository, type CountRules } from './count-settings.repository';
import { CountsRepository, requireTransition, type Count } from './counts.repository';
import { varianceOf } from './domain/plan-adjustments';
import { exceedsTolerance } from './domain/tolerance';
import type { CountStateResponse } from './dto/count.dto';

export interface CountSubmission {
  readonly countId: string;
  readonly caller: Caller;
  readonly note?: string;
}

/** Hands a count in: for another count of what differs too much, for approval, or as done. */
@Injectable()
export class SubmitCountUseCase {
  constructor(
    private readonly counts: CountsRepository,
    private readonly lines: CountLinesRepository,
    private readonly settings: CountSettingsRepository,
  ) {}

  /**
   * Lines whose variance exceeds the tolerance of their class and that were counted only once, and lines whose balance
   * moved between two parts, go into another round, which somebody else counts.
   * @throws DomainError in this order: SUPPLIES_COUNT_NOT_FOUND, SUPPLIES_COUNT_TRANSITION_FORBIDDEN,
   *   SUPPLIES_COUNT_INCOMPLETE while a line is not counted
   */
  async execute(tx: Tx, { countId, caller, note }: CountSubmission): Promise<CountStateResponse> {
    const count = await this.counts.lockFor(tx, caller, countId, 'update');
    requireTransition(count.state, 'submit');
    const lines = await this.lines.lock(tx, count.id);
    assertCounted(lines);
    const rules = await this.settings.rulesFor(tx, count.regionCode, itemCodesOf(lines));
    const again = lines.filter((line) => hasToBeCountedAgain(line, rules)).map(({ id }) => id);
    const by = recorderOf(caller);
    if (again.length > 0) {
      await this.lines.reopen(tx, again, count.round + 1);
      const state = await this.counts.decide(tx, count, { event: 'demand-recount', by, lineIds: again, reason: note });
      return { countId: count.id, state, recountLineIds: again, movementIds: [] };
    }
    return this.handIn(tx, count, lines, { by, reason: note });
  }

  private async handIn(
    tx: Tx,
    count: Count,
    lines: readonly Line[],
    decision: { by: ReturnType<typeof recorderOf>; reason?: string },
  ): Promise<CountStateResponse> {
    const isExact = lines.every((line) => varianceOf(countedOf(line)) === 0);
    if (isExact) await this.lines.close(tx, count.id, []);
    const event = isExact ? 'submit-without-variance' : 'submit';
    const state = await this.counts.decide(tx, count, { event, ...decision });
    return { countId: count.id, state, recountLineIds: [], movementIds: [] };
  }
}

export const itemCodesOf = (lines: readonly Line[]): string[] => [...new Set(lines.map(({ itemCode }) => itemCode))];

/** The figures of a line that was counted. */
export function countedOf(line: Line) {
  return {
    id: line.id,
    countedBase: line.countedBase ?? 0,
    balanceBase: line.balanceBase ?? 0,
    availableBase: line.availableBase ?? 0,
  };
}

function hasToBeCountedAgain(line: Line, rules: CountRules): boolean {
  if (line.movedBetweenParts) return true;
  const { balanceBase } = countedOf(line);
  return (
    line.timesCounted < 2 && exceedsTolerance(varianceOf(countedOf(line)), balanceBase, rules.rulesOf(line.itemCode))
  );
}

function assertCounted(lines: readonly Line[]): void {
  const openLines = lines.filter(({ state }) => state !== 'counted').length;
  if (openLines > 0) throw new DomainError('SUPPLIES_COUNT_INCOMPLETE', { facts: { openLines } });
}

import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { CountLinesRepository, type Line } from './count-lines.repository';
import { CountsRepository, requireTransition } from './counts.repository';
import { varianceOf } from './domain/plan-adjustments';
import type { CountStateResponse, RejectCountRequest } from './dto/count.dto';
import { countedOf } from './submit-count';

export interface CountRejection {
  readonly countId: string;
  readonly caller: Caller;
  readonly request: RejectCountRequest;
}

/** Sends a count back: the named lines, or all that differ, are counted again by somebody else. */
@Injectable()
export class RejectCountUseCase {
  constructor(
    private readonly counts: CountsRepository,
    private readonly lines: CountLinesRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_COUNT_NOT_FOUND, SUPPLIES_COUNT_TRANSITION_FORBIDDEN,
   *   SUPPLIES_COUNT_APPROVAL_BY_COUNTER, REQUEST_INVALID for a line of another count
   */
  async execute(tx: Tx, { countId, caller, request }: CountRejection): Promise<CountStateResponse> {
    const count = await this.counts.lockFor(tx, caller, countId, 'update');
    requireTransition(count.state, 'reject');
    const isOwn = count.submittedById === caller.userId || (await this.lines.isCounter(tx, count.id, caller.userId));
    if (isOwn) throw new DomainError('SUPPLIES_COUNT_APPROVAL_BY_COUNTER');
    const lineIds = rejectedLines(await this.lines.lock(tx, count.id), request.lineIds);
    await this.lines.reopen(tx, lineIds, count.round + 1);
    const decision = { event: 'reject', by: recorderOf(caller), lineIds, reason: request.reason } as const;
    const state = await this.counts.decide(tx, count, decision);
    return { countId: count.id, state, recountLineIds: lineIds, movementIds: [] };
  }
}

function rejectedLines(lines: readonly Line[], named: readonly string[] | undefined): string[] {
  if (!named) return lines.filter((line) => varianceOf(countedOf(line)) !== 0).map(({ id }) => id);
  const known = new Set(lines.map(({ id }) => id));
  const lineIds = [...new Set(named.map((id) => id.toLowerCase()))];
  const errors = lineIds.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/lineIds/${index}`, reason: 'is no line of this count' }],
  );
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
  return lineIds;
}

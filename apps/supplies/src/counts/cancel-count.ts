import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Deadlines, type Deadline, type Tx } from '@ledger/platform';
import { DEADLINE, recorderOf } from '../stock/domain/recorder';
import { CountLinesRepository } from './count-lines.repository';
import { COUNT_WAITING, CountsRepository } from './counts.repository';
import { nextCountState } from './domain/count-state';
import type { CountStateResponse } from './dto/count.dto';

export interface CountCancellation {
  readonly countId: string;
  readonly caller: Caller;
  readonly reason: string;
}

/** Gives a count up: nothing is posted, and its lots may be counted anew. */
@Injectable()
export class CancelCountUseCase implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly counts: CountsRepository,
    private readonly lines: CountLinesRepository,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(COUNT_WAITING, (tx, deadline) => this.expire(tx, deadline));
  }

  /** @throws DomainError SUPPLIES_COUNT_NOT_FOUND, SUPPLIES_COUNT_TRANSITION_FORBIDDEN */
  async execute(tx: Tx, { countId, caller, reason }: CountCancellation): Promise<CountStateResponse> {
    const count = await this.counts.lockFor(tx, caller, countId, 'update');
    const state = await this.counts.decide(tx, count, { event: 'cancel', by: recorderOf(caller), reason });
    await this.lines.letGo(tx, count.id);
    return { countId: count.id, state, recountLineIds: [], movementIds: [] };
  }

  /** A count that nobody went on with does not keep its lots from being counted for ever. */
  private async expire(tx: Tx, { subjectId }: Deadline): Promise<void> {
    const count = await this.counts.lock(tx, subjectId, 'update');
    if (!count || !nextCountState(count.state, 'expire')) return;
    await this.counts.decide(tx, count, { event: 'expire', by: DEADLINE, reason: 'nobody went on with it' });
    await this.lines.letGo(tx, count.id);
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deadlines, newId, type Deadline, type Tx } from '@ledger/platform';
import { AdvanceAllocation } from './advance-allocation';
import { AllocationsRepository } from './allocations.repository';
import { deadlineName } from './command-sender';
import { DEADLINE_KINDS, type DeadlineKind } from './domain/saga/saga-events';

/** Tells the saga when a step is late. */
@Injectable()
export class AllocationDeadlines implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly repository: AllocationsRepository,
    private readonly advance: AdvanceAllocation,
  ) {}

  onModuleInit(): void {
    for (const kind of DEADLINE_KINDS) {
      this.deadlines.on(deadlineName(kind), (tx, deadline) => this.pass(tx, kind, deadline));
    }
  }

  private async pass(tx: Tx, kind: DeadlineKind, { subjectId, payload }: Deadline): Promise<void> {
    const { state } = await this.repository.lock(tx, String(payload.allocationId));
    const event = { type: 'deadline-passed', data: { kind, subjectId } } as const;
    await this.advance.execute(tx, state, event, { actor: 'clock', eventId: newId() });
  }
}

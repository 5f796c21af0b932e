import { Injectable } from '@nestjs/common';
import { AllocationChanged } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import { AllocationsRepository, type EntryOrigin } from './allocations.repository';
import { CommandSender } from './command-sender';
import type { AllocationState } from './domain/allocation';
import { advance } from './domain/saga/saga';
import type { SagaCommand, TimelineEntry } from './domain/saga/saga-commands';
import type { SagaEvent } from './domain/saga/saga-events';
import { LinePlanner } from './line-planner';

interface Advanced {
  readonly state: AllocationState;
  readonly commands: SagaCommand[];
  readonly entries: TimelineEntry[];
}

/**
 * Takes a locked allocation through one event: the pure step, the replans it asks for, and then everything it decided
 * into the same transaction: state, timeline, commands, deadlines.
 */
@Injectable()
export class AdvanceAllocation {
  constructor(
    private readonly repository: AllocationsRepository,
    private readonly planner: LinePlanner,
    private readonly sender: CommandSender,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param state  as it was locked in this transaction
   * @throws DomainError GATEWAY_TRANSITION_FORBIDDEN
   */
  async execute(tx: Tx, state: AllocationState, event: SagaEvent, origin: EntryOrigin): Promise<AllocationState> {
    const { allocationId, phase: from, realm } = state;
    const after = await this.step(tx, state, event);
    const cause: Cause = { correlationId: allocationId, causationId: origin.eventId, realm };
    await this.repository.save(tx, after.state);
    await this.repository.append(tx, allocationId, after.entries, origin);
    await this.sender.run(tx, allocationId, after.commands, cause);
    if (after.state.phase !== from) await this.announce(tx, after, { from, actor: origin.actor, cause });
    return after.state;
  }

  private async step(tx: Tx, state: AllocationState, event: SagaEvent): Promise<Advanced> {
    const step = advance(state, event, { nextId: newId });
    const advanced = { state: step.state, commands: [...step.commands], entries: [...step.entries] };
    for (const command of step.commands) {
      if (!('own' in command) || command.own !== 'replan') continue;
      const line = advanced.state.goods.find((candidate) => candidate.lineId === command.lineId);
      if (!line) continue;
      const plan = await this.planner.plan(tx, advanced.state, line);
      const data = { lineId: line.lineId, ...plan };
      const next = await this.step(tx, advanced.state, { type: 'replanned', data });
      advanced.state = next.state;
      advanced.commands.push(...next.commands);
      advanced.entries.push(...next.entries);
    }
    return advanced;
  }

  private async announce(
    tx: Tx,
    after: Advanced,
    change: { readonly from: string; readonly actor: string; readonly cause: Cause },
  ): Promise<void> {
    const { state, entries } = after;
    const reason = entries.findLast((entry) => entry.step === 'phase')?.why ?? '';
    const data = {
      allocationId: state.allocationId,
      incidentId: state.incidentId,
      regionCode: state.site.regionCode,
      from: change.from,
      to: state.phase,
      actor: change.actor,
      reason: reason.slice(0, 500),
    };
    await this.outbox.add(tx, AllocationChanged, data, change.cause);
  }
}

import { Injectable } from '@nestjs/common';
import {
  AssignVehicles,
  CallUp,
  OrderIssue,
  RecordDelivery,
  ReleaseStock,
  ReleaseVehicles,
  RenewReservation,
  ReserveStock,
  StandDown,
  TurnBack,
  type EventDefinition,
} from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import type { OwnCommand, SagaCommand, ServiceCommand } from './domain/saga/saga-commands';
import type { DeadlineKind } from './domain/saga/saga-events';

const CONTRACTS: Readonly<Record<ServiceCommand['send'], EventDefinition>> = {
  'reserve-stock': ReserveStock,
  'renew-reservation': RenewReservation,
  'release-stock': ReleaseStock,
  'order-issue': OrderIssue,
  'record-delivery': RecordDelivery,
  'assign-vehicles': AssignVehicles,
  'release-vehicles': ReleaseVehicles,
  'turn-back': TurnBack,
  'call-up': CallUp,
  'stand-down': StandDown,
} as unknown as Record<ServiceCommand['send'], EventDefinition>;

export const deadlineName = (kind: DeadlineKind): string => `allocation.${kind}`;

/** Carries out what the saga asked for: commands into the outbox, deadlines into their rows. */
@Injectable()
export class CommandSender {
  constructor(
    private readonly outbox: Outbox,
    private readonly deadlines: Deadlines,
  ) {}

  async run(tx: Tx, allocationId: string, commands: readonly SagaCommand[], cause: Cause): Promise<void> {
    for (const command of commands) {
      if ('send' in command) await this.outbox.add(tx, CONTRACTS[command.send], command.data, cause);
      else await this.runOwn(tx, allocationId, command);
    }
  }

  private async runOwn(tx: Tx, allocationId: string, command: OwnCommand): Promise<void> {
    if (command.own === 'set-deadline') {
      await this.deadlines.schedule(tx, {
        kind: deadlineName(command.kind),
        subjectId: command.subjectId,
        dueInSeconds: command.seconds,
        owner: command.owner,
        payload: { allocationId },
      });
    } else if (command.own === 'clear-deadline') {
      await this.deadlines.cancel(tx, deadlineName(command.kind), command.subjectId);
    }
  }
}

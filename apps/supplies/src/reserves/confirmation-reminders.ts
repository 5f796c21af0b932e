import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReserveConfirmationDue, confirmationDue, startOfDayInChina, type Realm } from '@ledger/contracts';
import { Deadlines, Outbox, newId, type Cause, type Deadline, type Tx } from '@ledger/platform';
import { DEADLINE } from '../stock/domain/recorder';
import { ContractsRepository } from './contracts.repository';
import type { ReserveContract } from './domain/contract';

/** Kind of the deadline that reminds an enterprise of its figures. */
export const CONFIRMATION_DUE = 'reserve-confirmation-due';
/** Whoever telephones the enterprise. */
const OWNER = 'stock-manager';
/** Reminded in the morning of the day, in China. */
const REMIND_AT_HOUR = 8;
const REMIND_AGAIN_DAYS = 7;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Reminds enterprises of the figures they have to confirm: on the day they fall due, and every week until they come.
 * Whether a figure still counts never hangs on this: it follows from rows and clock alone (`whyUncounted`).
 * Source: plan 004 §22 (capacity monitoring).
 */
@Injectable()
export class ConfirmationReminders implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly contracts: ContractsRepository,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(CONFIRMATION_DUE, (tx, deadline) => this.remind(tx, deadline));
  }

  /** Sets the next reminder of a contract that changed, or takes it away when nothing has to be confirmed. */
  async schedule(tx: Tx, contract: ReserveContract, cause: Cause): Promise<void> {
    const due = confirmationDue(contract, tx.now);
    if (contract.state !== 'active' || !due) {
      return this.deadlines.cancel(tx, CONFIRMATION_DUE, contract.contractId);
    }
    const morning = startOfDayInChina(due.dueOn).getTime() + REMIND_AT_HOUR * 60 * 60 * 1000;
    await this.set(tx, contract.contractId, Math.max(0, Math.ceil((morning - tx.now.getTime()) / 1000)), cause);
  }

  /** A contract that was confirmed, suspended or ended while the deadline waited is left alone. */
  private async remind(tx: Tx, { subjectId, payload }: Deadline): Promise<void> {
    const contract = await this.contracts.lock(tx, subjectId);
    const due = contract && confirmationDue(contract, tx.now);
    if (!contract || !due || contract.state !== 'active') return;
    const cause: Cause = { correlationId: subjectId, causationId: subjectId, realm: payload.realm as Realm };
    if (due.overdueDays < 0) return this.schedule(tx, contract, cause);
    const { contractId, documentNumber, enterpriseOrganisationId, counterpartyName, regionCode, itemCode } = contract;
    const parties = { contractId, documentNumber, enterpriseOrganisationId, counterpartyName, regionCode, itemCode };
    await this.outbox.add(tx, ReserveConfirmationDue, { ...parties, ...due }, cause);
    await tx.execute(
      `INSERT INTO reserve_contract_changes (id, contract_id, kind, details, recorded_by)
       VALUES ($1, $2, 'reminded', $3, $4)`,
      [newId(), contractId, JSON.stringify(due), DEADLINE.name],
    );
    await this.set(tx, contractId, REMIND_AGAIN_DAYS * DAY_SECONDS, cause);
  }

  private async set(tx: Tx, subjectId: string, dueInSeconds: number, { realm }: Cause): Promise<void> {
    await this.deadlines.schedule(tx, {
      kind: CONFIRMATION_DUE,
      subjectId,
      dueInSeconds,
      owner: OWNER,
      payload: { realm },
    });
  }
}

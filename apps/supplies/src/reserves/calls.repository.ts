import { Injectable } from '@nestjs/common';
import { DomainError, type ReserveCallState } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';
import { ContractsRepository } from './contracts.repository';
import type { ReserveCall } from './domain/call';
import { nextCallState, type CallEvent } from './domain/call-state';
import type { ReserveContract } from './domain/contract';
import { DEFAULT_CALL_RULE, type CallRule } from './domain/decide-call';

interface CallRow {
  readonly id: string;
  readonly contract_id: string;
  readonly state: ReserveCallState;
  readonly quantity_base: string;
  readonly received_base: string;
  readonly released_base: string;
  readonly needed_by: Date;
  readonly promised_by: Date | null;
  readonly destination_depot_id: string | null;
  readonly destination_region_code: string;
  readonly breaks_minimum: boolean;
  readonly use_order: string | null;
  readonly reason: string;
  readonly amount_fen: string | null;
  readonly approval_reason: string | null;
  readonly placed_by_id: string;
  readonly escalation: number;
}

export type NewCall = Omit<ReserveCall, 'receivedBase' | 'releasedBase' | 'promisedBy' | 'placedById' | 'escalation'>;

/** What an event changes of a call besides its state. */
export interface CallUpdate {
  readonly receivedBase?: number;
  readonly releasedBase?: number;
  readonly promisedBy?: Date;
  readonly approvedBy?: Recorder;
}

/** Writes calls of reserve contracts. The contract is always locked before its call. */
@Injectable()
export class CallsRepository {
  constructor(private readonly contracts: ContractsRepository) {}

  /** Locks a call after its contract; undefined for an id that is no call. */
  async lock(tx: Tx, callId: string): Promise<{ call: ReserveCall; contract: ReserveContract } | undefined> {
    const [found] = await tx.query<{ contract_id: string }>(
      'SELECT contract_id FROM reserve_contract_calls WHERE id = $1',
      [callId],
    );
    const contract = found && (await this.contracts.lock(tx, found.contract_id));
    if (!contract) return undefined;
    const [row] = await tx.query<CallRow>('SELECT * FROM reserve_contract_calls WHERE id = $1 FOR UPDATE', [callId]);
    return { call: callOf(row), contract };
  }

  async insert(tx: Tx, call: NewCall, placedBy: Recorder): Promise<ReserveCall> {
    const [row] = await tx.query<CallRow>(
      `INSERT INTO reserve_contract_calls (id, contract_id, state, quantity_base, needed_by, destination_depot_id,
         destination_region_code, breaks_minimum, use_order, reason, amount_fen, approval_reason, placed_by, placed_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING *`,
      [
        call.callId,
        call.contractId,
        call.state,
        call.quantityBase,
        call.neededBy.toISOString(),
        call.destinationDepotId,
        call.destinationRegionCode,
        call.breaksMinimum,
        call.useOrder,
        call.reason,
        call.amountFen,
        call.approvalReason,
        placedBy.name,
        placedBy.userId,
      ],
    );
    return callOf(row);
  }

  /**
   * Moves a locked call to the state that follows an event.
   * @throws DomainError SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN
   */
  async apply(tx: Tx, call: ReserveCall, event: CallEvent, update: CallUpdate = {}): Promise<ReserveCall> {
    const state = nextCallState(call.state, event);
    if (!state) {
      throw new DomainError('SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN', {
        detail: `a call that is ${call.state} cannot ${event.replaceAll('-', ' ')}`,
        facts: { state: call.state },
      });
    }
    const [row] = await tx.query<CallRow>(
      `UPDATE reserve_contract_calls
       SET state = $2, received_base = coalesce($3, received_base), released_base = coalesce($4, released_base),
           promised_by = coalesce($5::timestamptz, promised_by), approved_by = coalesce($6, approved_by),
           approved_by_id = coalesce($7, approved_by_id), updated_at = now(),
           approved_at = CASE WHEN $7::uuid IS NULL THEN approved_at ELSE now() END
       WHERE id = $1 RETURNING *`,
      [
        call.callId,
        state,
        update.receivedBase ?? null,
        update.releasedBase ?? null,
        update.promisedBy?.toISOString() ?? null,
        update.approvedBy?.name ?? null,
        update.approvedBy?.userId ?? null,
      ],
    );
    return callOf(row);
  }

  async escalate(tx: Tx, callId: string): Promise<ReserveCall> {
    const [row] = await tx.query<CallRow>(
      `UPDATE reserve_contract_calls
       SET late_since = coalesce(late_since, now()), escalation = escalation + 1, updated_at = now()
       WHERE id = $1 RETURNING *`,
      [callId],
    );
    return callOf(row);
  }

  async insertReceipt(
    tx: Tx,
    receipt: { readonly movementId: string; readonly quantityBase: number },
    call: ReserveCall,
    term: number,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO reserve_contract_call_receipts (movement_id, call_id, contract_id, quantity_base, term)
       VALUES ($1, $2, $3, $4, $5)`,
      [receipt.movementId, call.callId, call.contractId, receipt.quantityBase, term],
    );
  }

  async findReceipt(tx: Tx, movementId: string): Promise<{ callId: string; quantityBase: number } | undefined> {
    const [row] = await tx.query<{ call_id: string; quantity_base: string }>(
      'SELECT call_id, quantity_base FROM reserve_contract_call_receipts WHERE movement_id = $1',
      [movementId],
    );
    return row && { callId: row.call_id, quantityBase: safeInteger(row.quantity_base) };
  }

  /** The rule in force on a day: of the nearest region above that has one, the latest; else the estimate. */
  async ruleFor(tx: Tx, regionCode: string, day: string): Promise<CallRule> {
    const [row] = await tx.query<{ from_quantity_base: string | null; from_amount_fen: string | null }>(
      `SELECT from_quantity_base, from_amount_fen FROM reserve_contract_call_rules
       WHERE starts_with($1, region_code) AND valid_from <= $2::date
       ORDER BY length(region_code) DESC, valid_from DESC, recorded_at DESC LIMIT 1`,
      [regionCode, day],
    );
    if (!row) return DEFAULT_CALL_RULE;
    return {
      fromQuantityBase: row.from_quantity_base === null ? null : safeInteger(row.from_quantity_base),
      fromAmountFen: row.from_amount_fen === null ? null : safeInteger(row.from_amount_fen),
    };
  }

  async insertRule(
    tx: Tx,
    rule: CallRule & { readonly regionCode: string; readonly validFrom: string; readonly basis: string },
    recordedBy: Recorder,
  ): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO reserve_contract_call_rules (id, region_code, valid_from, from_quantity_base, from_amount_fen, basis,
                                                recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        rule.regionCode,
        rule.validFrom,
        rule.fromQuantityBase,
        rule.fromAmountFen,
        rule.basis,
        recordedBy.name,
        recordedBy.userId,
      ],
    );
    return id;
  }
}

function callOf(row: CallRow): ReserveCall {
  return {
    callId: row.id,
    contractId: row.contract_id,
    state: row.state,
    quantityBase: safeInteger(row.quantity_base),
    receivedBase: safeInteger(row.received_base),
    releasedBase: safeInteger(row.released_base),
    neededBy: row.needed_by,
    promisedBy: row.promised_by,
    destinationDepotId: row.destination_depot_id,
    destinationRegionCode: row.destination_region_code,
    breaksMinimum: row.breaks_minimum,
    useOrder: row.use_order,
    reason: row.reason,
    amountFen: row.amount_fen === null ? null : safeInteger(row.amount_fen),
    approvalReason: row.approval_reason,
    placedById: row.placed_by_id,
    escalation: row.escalation,
  };
}

import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type KeyInputLevel, type ReserveState } from '@ledger/contracts';
import { faultCode, type Tx } from '@ledger/platform';
import { CONTRACT_COLUMNS, contractOf, type ContractRow } from './contract-rows';
import type { ChangeableTerms, ReserveContract } from './domain/contract';
import { CONTRACT_IN_REACH, isCounterparty, mayManage, reachOf } from './reach';

/** A contract about to be written: nothing called, drawn or confirmed yet. */
export type NewContract = Omit<
  ReserveContract,
  'state' | 'term' | 'calledBase' | 'drawnBase' | 'activatedAt' | 'belowMinimumSince' | 'confirmation'
>;

export interface ConfirmedFigures {
  readonly confirmedAt: Date;
  readonly stockBase: number | null;
  readonly ratePerDay: number | null;
  readonly startUpHours: number | null;
  readonly keyInputsLevel: KeyInputLevel | null;
}

const UNIQUE_VIOLATION = '23505';

/** Writes reserve contracts. A contract is locked before its calls, both before depots and balances. */
@Injectable()
export class ContractsRepository {
  async find(tx: Tx, contractId: string): Promise<ReserveContract | undefined> {
    const [row] = await tx.query<ContractRow>(
      `SELECT ${CONTRACT_COLUMNS} FROM reserve_contracts AS contract WHERE contract.id = $1`,
      [contractId],
    );
    return row && contractOf(row);
  }

  /** Locks the bare row first and reads after that, so that what a lock waited for is seen. */
  async lock(tx: Tx, contractId: string): Promise<ReserveContract | undefined> {
    await tx.query('SELECT 1 FROM reserve_contracts WHERE id = $1 FOR UPDATE', [contractId]);
    return this.find(tx, contractId);
  }

  /**
   * Locks a contract that the caller may change or call.
   * @throws DomainError SUPPLIES_RESERVE_CONTRACT_NOT_FOUND, also for one out of the caller's reach
   */
  async lockManaged(tx: Tx, caller: Caller, contractId: string): Promise<ReserveContract> {
    const contract = await this.lock(tx, contractId);
    if (!contract || !mayManage(caller, contract)) throw new DomainError('SUPPLIES_RESERVE_CONTRACT_NOT_FOUND');
    return contract;
  }

  /** Whether the caller may read a contract, by its region, the regions it serves, or as the counterparty. */
  async isInReach(tx: Tx, caller: Caller, contract: ReserveContract): Promise<boolean> {
    if (isCounterparty(caller, contract)) return true;
    const rows = await tx.query(
      `SELECT 1 FROM reserve_contracts AS contract WHERE contract.id = $4 AND (${CONTRACT_IN_REACH})`,
      [...reachOf(caller), contract.contractId],
    );
    return rows.length > 0;
  }

  /** @throws DomainError SUPPLIES_RESERVE_CONTRACT_EXISTS */
  async insert(tx: Tx, contract: NewContract, recorder: { name: string; userId: string | null }): Promise<void> {
    await tx
      .execute(
        `INSERT INTO reserve_contracts (id, document_number, mode, state, region_code, organisation_id,
           counterparty_name, enterprise_organisation_id, item_code, valid_from, valid_to, response_hours,
           quantity_base, minimum_base, rate_per_day, start_up_hours, output_every_hours, unit_price_fen, restored_by,
           confirm_every_days, grace_days, contact_name, contact_phone, synthetic, created_by, created_by_id)
         VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                 $21, $22, $23, $24, $25)`,
        [
          contract.contractId,
          contract.documentNumber,
          contract.mode,
          contract.regionCode,
          contract.organisationId,
          contract.counterpartyName,
          contract.enterpriseOrganisationId,
          contract.itemCode,
          contract.validFrom,
          contract.validTo,
          contract.responseHours,
          contract.quantityBase,
          contract.minimumBase,
          contract.ratePerDay,
          contract.startUpHours,
          contract.outputEveryHours,
          contract.unitPriceFen,
          contract.restoredBy,
          contract.confirmEveryDays,
          contract.graceDays,
          contract.contactName,
          contract.contactPhone,
          contract.synthetic,
          recorder.name,
          recorder.userId,
        ],
      )
      .catch(sayThatItExists);
    await insertRegions(tx, contract.contractId, contract.serves);
  }

  async setState(tx: Tx, contractId: string, state: ReserveState): Promise<void> {
    await tx.execute(
      `UPDATE reserve_contracts SET state = $2, updated_at = now(),
              activated_at = CASE WHEN $2 = 'active' THEN coalesce(activated_at, now()) ELSE activated_at END
       WHERE id = $1`,
      [contractId, state],
    );
  }

  /**
   * Writes the terms; with `renewed`, a new term begins, in which nothing is drawn yet.
   * @throws DomainError SUPPLIES_RESERVE_CONTRACT_EXISTS
   */
  async updateTerms(
    tx: Tx,
    contractId: string,
    terms: ChangeableTerms,
    { renewed }: { renewed: boolean },
  ): Promise<void> {
    await tx
      .execute(
        `UPDATE reserve_contracts
         SET document_number = $2, counterparty_name = $3, valid_to = $4, response_hours = $5, quantity_base = $6,
             minimum_base = $7, rate_per_day = $8, start_up_hours = $9, output_every_hours = $10, unit_price_fen = $11,
             confirm_every_days = $12, grace_days = $13, contact_name = $14, contact_phone = $15, updated_at = now(),
             drawn_base = CASE WHEN $16 THEN 0 ELSE drawn_base END, term = term + CASE WHEN $16 THEN 1 ELSE 0 END
         WHERE id = $1`,
        [
          contractId,
          terms.documentNumber,
          terms.counterpartyName,
          terms.validTo,
          terms.responseHours,
          terms.quantityBase,
          terms.minimumBase,
          terms.ratePerDay,
          terms.startUpHours,
          terms.outputEveryHours,
          terms.unitPriceFen,
          terms.confirmEveryDays,
          terms.graceDays,
          terms.contactName,
          terms.contactPhone,
          renewed,
        ],
      )
      .catch(sayThatItExists);
    await tx.execute('DELETE FROM reserve_contract_regions WHERE contract_id = $1 AND region_code <> ALL($2)', [
      contractId,
      terms.serves,
    ]);
    await insertRegions(tx, contractId, terms.serves);
  }

  /** Keeps the latest confirmed figures at hand, with what was received from the enterprise after that moment. */
  async keepFigures(tx: Tx, contractId: string, figures: ConfirmedFigures): Promise<void> {
    await tx.execute(
      `UPDATE reserve_contracts
       SET confirmed_at = $2::timestamptz, confirmed_stock_base = $3, confirmed_rate_per_day = $4,
           confirmed_start_up_hours = $5, key_inputs_level = $6, updated_at = now(),
           taken_since_base = (
             SELECT coalesce(sum(receipt.quantity_base), 0) FROM reserve_contract_call_receipts AS receipt
             WHERE receipt.contract_id = $1 AND receipt.received_at > $2::timestamptz AND NOT EXISTS (
               SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = receipt.movement_id))
       WHERE id = $1`,
      [
        contractId,
        figures.confirmedAt.toISOString(),
        figures.stockBase,
        figures.ratePerDay,
        figures.startUpHours,
        figures.keyInputsLevel,
      ],
    );
  }

  /**
   * Takes called pieces off what can still be called, or gives them back when negative. The guard has the last word: of
   * two callers for the last pieces only one finds them.
   * @throws DomainError SUPPLIES_RESERVE_EXHAUSTED
   */
  async addCalled(tx: Tx, contractId: string, changeBase: number): Promise<void> {
    const changed = await tx.execute(
      `UPDATE reserve_contracts SET called_base = called_base + $2::bigint, updated_at = now()
       WHERE id = $1 AND called_base + $2::bigint >= 0 AND called_base + $2::bigint + drawn_base <= quantity_base`,
      [contractId, changeBase],
    );
    if (changed === 0) throw new DomainError('SUPPLIES_RESERVE_EXHAUSTED');
  }

  /** Books pieces that came in: no longer waited for, gone from the enterprise's store, and drawn unless restored. */
  async addReceived(tx: Tx, contractId: string, quantityBase: number): Promise<void> {
    await tx.execute(
      `UPDATE reserve_contracts
       SET called_base = called_base - $2::bigint, updated_at = now(),
           drawn_base = drawn_base + CASE WHEN restored_by = 'renewal' THEN $2::bigint ELSE 0 END,
           taken_since_base = taken_since_base + CASE WHEN confirmed_at < now() THEN $2::bigint ELSE 0 END
       WHERE id = $1`,
      [contractId, quantityBase],
    );
  }

  /**
   * Undoes `addReceived` for a receipt of a term: its pieces are waited for again.
   * @throws DomainError SUPPLIES_RESERVE_EXHAUSTED when others have called what was restored in the meantime
   */
  async undoReceived(
    tx: Tx,
    contractId: string,
    receipt: { readonly movementId: string; readonly quantityBase: number },
  ): Promise<void> {
    const changed = await tx.execute(
      `UPDATE reserve_contracts AS contract
       SET called_base = contract.called_base + $2::bigint, drawn_base = contract.drawn_base - undone.drawn,
           taken_since_base = contract.taken_since_base - undone.taken, updated_at = now()
       FROM (SELECT CASE WHEN own.restored_by = 'renewal' AND own.term = receipt.term THEN $2::bigint ELSE 0 END AS drawn,
                    CASE WHEN own.confirmed_at < receipt.received_at THEN $2::bigint ELSE 0 END AS taken
             FROM reserve_contract_call_receipts AS receipt JOIN reserve_contracts AS own ON own.id = receipt.contract_id
             WHERE receipt.movement_id = $3) AS undone
       WHERE contract.id = $1
         AND contract.called_base + $2::bigint + contract.drawn_base - undone.drawn <= contract.quantity_base`,
      [contractId, receipt.quantityBase, receipt.movementId],
    );
    if (changed === 0) {
      throw new DomainError('SUPPLIES_RESERVE_EXHAUSTED', { detail: 'what was restored has been called by others' });
    }
  }

  async markMinimum(tx: Tx, contractId: string, isBelow: boolean): Promise<void> {
    await tx.execute('UPDATE reserve_contracts SET below_minimum_since = CASE WHEN $2 THEN now() END WHERE id = $1', [
      contractId,
      isBelow,
    ]);
  }
}

async function insertRegions(tx: Tx, contractId: string, serves: readonly string[]): Promise<void> {
  await tx.execute(
    `INSERT INTO reserve_contract_regions (contract_id, region_code) SELECT $1, unnest($2::text[])
     ON CONFLICT DO NOTHING`,
    [contractId, serves],
  );
}

function sayThatItExists(error: unknown): never {
  if (faultCode(error) === UNIQUE_VIOLATION) throw new DomainError('SUPPLIES_RESERVE_CONTRACT_EXISTS');
  throw error;
}

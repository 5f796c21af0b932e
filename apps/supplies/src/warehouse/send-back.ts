import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller, type OutsideAccount } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { RECEIPT_SOURCES, type LotOrigin, type ReceiptOrigin } from '../stock/domain/lot';
import { recorderOf } from '../stock/domain/recorder';
import { LotsRepository } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import type { SendBackRequest, SendBackResponse } from './dto/scrap.dto';
import { QuarantineRepository } from './quarantine.repository';
import { assertUnbound } from './unbound-pieces';

export interface SendBackInput {
  readonly caller: Caller;
  readonly request: SendBackRequest;
}

/** Sends goods from quarantine back to whoever they came from. */
@Injectable()
export class SendBackUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly lots: LotsRepository,
    private readonly quarantine: QuarantineRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * The goods go to the account they were received from, so that supplier and donor accounts tell what was kept.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_LOT_NOT_FOUND,
   *   SUPPLIES_LOT_NOT_SENT_BACK for goods that were built or found here, SUPPLIES_QUANTITY_EXCEEDS_BALANCE
   */
  async execute(tx: Tx, { caller, request }: SendBackInput, cause: Cause): Promise<SendBackResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'clear');
    const lot = (await this.lots.share(tx, [request.lotId])).get(request.lotId.toLowerCase());
    const there = lot && (await this.quarantine.lock(tx, depot.id, [lot.id])).get(lot.id);
    if (!lot || !there) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const to = sourceOf(lot.origin);
    const { quantityBase, sentTo, reason, documentNumber } = request;
    assertUnbound(there, lot.id, quantityBase);
    const id = newId();
    const posting = {
      lotId: lot.id,
      itemCode: lot.itemCode,
      expiryDate: lot.expiryDate,
      from: depotAccount(depot.id, 'quarantine'),
      to,
      quantityBase,
      lineId: null,
    };
    const header = { businessKey: `send-back:${id}`, kind: 'send-back', depotId: depot.id } as const;
    const movement = { ...header, recordedBy: recorderOf(caller), note: reason };
    const { movementId } = await this.stock.post(tx, movement, [posting], cause);
    await tx.execute(
      `INSERT INTO scrap_send_backs (id, depot_id, lot_id, quantity_base, sent_to, reason, document_number, movement_id,
                                     recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[id, depot.id, lot.id, quantityBase, sentTo, reason, documentNumber, movementId],
        ...[caller.displayName, caller.userId],
      ],
    );
    return { sendBackId: id, movementId, depotId: depot.id, lotId: lot.id, quantityBase };
  }
}

/** @throws DomainError SUPPLIES_LOT_NOT_SENT_BACK */
function sourceOf(origin: LotOrigin): OutsideAccount {
  if (origin in RECEIPT_SOURCES) return RECEIPT_SOURCES[origin as ReceiptOrigin];
  throw new DomainError('SUPPLIES_LOT_NOT_SENT_BACK', { facts: { origin } });
}

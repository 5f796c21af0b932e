import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { StockRepository } from '../stock/stock.repository';
import { settlementPostings, type SettledLot } from './domain/plan-settlement';
import { TransfersRepository, type Transfer } from './transfers.repository';

export interface SettlementToBook {
  readonly settlementId: string;
  readonly transfer: Transfer;
  readonly lines: readonly SettledLot[];
  readonly note: string;
  readonly caller: Caller;
}

/** Moves the goods of a settlement, whether one person settled it or two. */
@Injectable()
export class BookSettlement {
  constructor(
    private readonly transfers: TransfersRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * @returns the movement's id
   * @throws DomainError what `settlementPostings` refuses
   */
  async execute(tx: Tx, settlement: SettlementToBook, cause: Cause): Promise<string> {
    const { settlementId, transfer, lines, note, caller } = settlement;
    const underWay = await this.transfers.underWay(tx, transfer.id);
    const ends = { transferId: transfer.id, fromDepotId: transfer.from.id, toDepotId: transfer.to.id };
    const posted = await this.stock.post(
      tx,
      {
        businessKey: `difference:${settlementId}`,
        kind: 'difference',
        recordedBy: recorderOf(caller),
        depotId: transfer.to.id,
        shipmentId: transfer.id,
        note,
      },
      settlementPostings({ ...ends, lines }, underWay, chinaDay(tx.now)),
      cause,
    );
    return posted.movementId;
  }
}

import { Injectable } from '@nestjs/common';
import { StockReturned, type Caller } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import type { Posting } from '../stock/domain/posting';
import { recorderOf } from '../stock/domain/recorder';
import { StockRepository } from '../stock/stock.repository';
import type { ReturnResponse } from './dto/return.dto';
import { ReturnsRepository, type GoodsReturn, type ReturnedLine } from './returns.repository';

/** Goods that a keeper inspected and put away, from wherever they came. */
export interface InspectedGoods {
  readonly from: GoodsReturn['from'];
  readonly allocationId: string;
  readonly depotId: string;
  readonly caller: Caller;
  readonly returnedAt: Date;
  readonly note?: string;
  readonly lines: readonly ReturnedLine[];
  readonly postings: readonly Posting[];
}

/** Writes a return: its movement, its record and its event, the same for sites and for shipments that turned back. */
@Injectable()
export class BookReturn {
  constructor(
    private readonly returns: ReturnsRepository,
    private readonly stock: StockRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(tx: Tx, goods: InspectedGoods, cause: Cause): Promise<ReturnResponse> {
    const { from, allocationId, depotId, caller, returnedAt, note, lines } = goods;
    const id = newId();
    const kind = 'siteId' in from ? 'return' : 'take-back';
    const header = { businessKey: `${kind}:${id}`, kind, recordedBy: recorderOf(caller) } as const;
    const place = { allocationId, depotId, ...from };
    const { movementId } = await this.stock.post(tx, { ...header, ...place, note }, goods.postings, cause);
    const [recordedBy, recordedById] = [caller.displayName, caller.userId];
    const record = { id, from, allocationId, depotId, movementId, returnedAt, recordedBy, recordedById, note, lines };
    await this.returns.insert(tx, record);
    await this.outbox.add(
      tx,
      StockReturned,
      {
        allocationId,
        from: 'siteId' in from ? 'site' : 'transit',
        siteId: 'siteId' in from ? from.siteId : null,
        shipmentId: 'shipmentId' in from ? from.shipmentId : null,
        depotId,
        movementId,
        lines: [...lines],
        returnedAt: returnedAt.toISOString(),
      },
      cause,
    );
    return { returnId: id, movementId, depotId, returnedAt: returnedAt.toISOString(), lines: [...lines] };
  }
}

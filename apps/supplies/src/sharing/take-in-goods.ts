import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, transitAccount, type Account, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { RECEIPT_SOURCES, whyNotIssuable, type ReceiptOrigin } from '../stock/domain/lot';
import type { MovementKind } from '../stock/domain/movement-kinds';
import type { Posting } from '../stock/domain/posting';
import { recorderOf } from '../stock/domain/recorder';
import { LotsRepository, type Lot } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import type { ArrivedLotRequest } from './dto/loan.dto';
import { JourneysRepository, type ArrivedLot, type Journey, type SentLot } from './journeys.repository';

export interface Arrival {
  readonly caller: Caller;
  readonly journey: Journey;
  readonly kind: MovementKind;
  readonly lines: readonly ArrivedLotRequest[];
  readonly note: string | null;
  /** Goods of other owners become this region's: a replacement changes hands when it is taken in. */
  readonly newOwner?: string;
}

/** Takes in goods that were on the road; what did not come is lost, and never vanishes. */
@Injectable()
export class TakeInGoods {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly journeys: JourneysRepository,
    private readonly lots: LotsRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * @returns what arrived, and the movement
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND, SUPPLIES_DEPOT_CLOSED, SUPPLIES_JOURNEY_OVER,
   *   SUPPLIES_JOURNEY_MISMATCH, SUPPLIES_DEPOT_FULL
   */
  async execute(
    tx: Tx,
    { caller, journey: { id }, kind, lines, note, newOwner }: Arrival,
    cause: Cause,
  ): Promise<{ arrived: ArrivedLot[]; movementId: string }> {
    const journey = await this.journeys.find(tx, id, 'FOR UPDATE');
    const depot = await this.depots.findFor(tx, caller, journey.toDepotId, 'receive');
    if (journey.state !== 'on-the-road') throw new DomainError('SUPPLIES_JOURNEY_OVER');
    const sent = await this.journeys.sentLots(tx, id);
    const counted = matched(sent, lines);
    const goods = counted.map(({ lot, line }) => ({
      itemCode: lot.itemCode,
      quantityBase: line.receivedBase + line.damagedBase,
    }));
    await this.depots.assertRoomFor(tx, depot, goods);
    const arrived: ArrivedLot[] = [];
    const postings: Posting[] = [];
    for (const { lot, line } of counted) {
      const newLot = isReplaced(lot, line, newOwner) ? await this.lotOf(tx, lot, newOwner) : null;
      const { receivedBase, damagedBase, lostBase } = line;
      arrived.push({ lotId: lot.id, receivedBase, damagedBase, lostBase, newLotId: newLot?.id ?? null });
      postings.push(
        ...postingsOf({ journeyId: id, depotId: depot.id, today: chinaDay(tx.now) }, { lot, line, newLot }),
      );
    }
    const recordedBy = recorderOf(caller);
    const header = { businessKey: `${journey.purpose}-received:${id}`, kind, depotId: depot.id, recordedBy };
    const { movementId } = await this.stock.post(tx, { ...header, note: note ?? undefined }, postings, cause);
    await this.journeys.receive(tx, id, { movementId, receivedBy: recordedBy.name, lots: arrived });
    return { arrived, movementId };
  }

  private async lotOf(tx: Tx, lot: SentLot, ownerRegionCode: string): Promise<Lot> {
    const { itemCode, batchNumber, productionDate, expiryDate, origin } = lot;
    const batch = { itemCode, batchNumber, productionDate, expiryDate, origin, ownerRegionCode, synthetic: false };
    return (await this.lots.findOrCreate(tx, [batch]))[0];
  }
}

const isReplaced = (lot: SentLot, line: ArrivedLotRequest, newOwner: string | undefined): newOwner is string =>
  newOwner !== undefined && !lot.ownerRegionCode.startsWith(newOwner) && line.receivedBase + line.damagedBase > 0;

/** @throws DomainError SUPPLIES_JOURNEY_MISMATCH */
function matched(sent: readonly SentLot[], lines: readonly ArrivedLotRequest[]) {
  const byLot = new Map(lines.map((line) => [line.lotId.toLowerCase(), line]));
  const faults = sent.filter(({ id, sentBase }) => {
    const line = byLot.get(id);
    return !line || line.receivedBase + line.damagedBase + line.lostBase !== sentBase;
  });
  if (faults.length > 0 || byLot.size !== lines.length || byLot.size !== sent.length) {
    throw new DomainError('SUPPLIES_JOURNEY_MISMATCH', { facts: { lots: sent.length, wrong: faults.length } });
  }
  return sent.map((lot) => ({ lot, line: byLot.get(lot.id) as ArrivedLotRequest }));
}

interface Where {
  readonly journeyId: string;
  readonly depotId: string;
  readonly today: Day;
}

interface CountedLot {
  readonly lot: SentLot;
  readonly line: ArrivedLotRequest;
  readonly newLot: Lot | null;
}

/** A replaced piece leaves its old lot as rotated out and comes in as one of the new owner's lot of the same batch. */
function postingsOf(where: Where, { lot, line, newLot }: CountedLot): Posting[] {
  const transit = transitAccount(where.journeyId);
  const usable = depotAccount(where.depotId, whyNotIssuable(newLot ?? lot, where.today) ? 'quarantine' : 'available');
  const damaged = depotAccount(where.depotId, 'quarantine');
  const move = (from: Account, to: Account, quantityBase: number, lotId = lot.id): Posting[] => {
    const { itemCode, expiryDate } = lot;
    return quantityBase > 0 ? [{ from, to, quantityBase, lotId, itemCode, expiryDate, lineId: null }] : [];
  };
  const lost = move(transit, 'lost', line.lostBase);
  if (!newLot) {
    return [...move(transit, usable, line.receivedBase), ...move(transit, damaged, line.damagedBase), ...lost];
  }
  const source = RECEIPT_SOURCES[lot.origin as ReceiptOrigin] ?? 'supplier';
  return [
    ...move(transit, 'rotated-out', line.receivedBase + line.damagedBase),
    ...move(source, usable, line.receivedBase, newLot.id),
    ...move(source, damaged, line.damagedBase, newLot.id),
    ...lost,
  ];
}

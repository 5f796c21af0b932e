import { Injectable } from '@nestjs/common';
import { DomainError, LotQualityChanged, depotAccount, type Caller } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { whyNotIssuable, type LotQuality } from '../stock/domain/lot';
import type { Posting } from '../stock/domain/posting';
import { recorderOf } from '../stock/domain/recorder';
import type { KnownLot } from '../stock/lots.repository';
import { StockRepository, type MovementToPost } from '../stock/stock.repository';
import { mayDecideAbout, nextQuality, putBackBase, qualityAfter, type QualityAction } from './domain/lot-quality';
import type { MovedPiecesResponse, QualityChangeResponse } from './dto/lot-quality.dto';
import { LotTraces } from './lot-traces';
import { QuarantineRepository, unboundBase } from './quarantine.repository';
import { RecallsRepository, type HeldPieces, type NewNotice } from './recalls.repository';

export interface QualityChange {
  readonly lotId: string;
  readonly action: QualityAction;
  readonly caller: Caller;
  readonly reason: string;
  readonly noticeNumber?: string;
  readonly noticeSource?: string;
  /** `batch`: every lot with the same item and batch number that the caller decides about. */
  readonly scope: 'lot' | 'batch';
}

interface ChangedLot {
  readonly lot: KnownLot;
  readonly quality: LotQuality;
  readonly notice: NewNotice;
}

/** Pieces of one lot in one depot that change between free stock and quarantine. */
interface MovedPieces {
  readonly changed: ChangedLot;
  readonly depotId: string;
  readonly quantityBase: number;
}

/** Keeps an event well below the size the bus takes. */
const LOTS_PER_MOVEMENT = 400;

/** Holds, recalls and releases a lot or a whole batch, in all depots at once. */
@Injectable()
export class ChangeLotQualityUseCase {
  constructor(
    private readonly recalls: RecallsRepository,
    private readonly quarantine: QuarantineRepository,
    private readonly stock: StockRepository,
    private readonly traces: LotTraces,
    private readonly outbox: Outbox,
  ) {}

  /**
   * A hold or recall moves every free piece into quarantine, one movement per depot, and answers where the pieces are
   * that it cannot move. A release puts back what was taken, as far as it is there and waits for nothing else; a
   * withdrawn recall leaves the lot held. Announces LotQualityChanged for every lot.
   * @throws DomainError in this order: SUPPLIES_LOT_NOT_FOUND (also when the caller does not decide about it),
   *   SUPPLIES_LOT_QUALITY_CONFLICT, SUPPLIES_RECALL_BY_RECALLER
   */
  async execute(tx: Tx, change: QualityChange, cause: Cause): Promise<QualityChangeResponse> {
    const locked = await this.recalls.lockLots(tx, change.lotId, change.scope);
    const lots = await this.decidedBy(tx, change, locked);
    const changed = lots.flatMap((lot) => changedLot(lot, change));
    await this.recalls.setQuality(
      tx,
      changed.map(({ lot, quality }) => ({ lotId: lot.id, quality })),
    );
    const moves = await this.movesOf(tx, change, changed);
    await this.recalls.insertNotices(
      tx,
      changed.map(({ notice }) => notice),
    );
    const moved = await this.post(tx, change, moves, cause);
    for (const each of changed) await this.announce(tx, each, cause);
    return {
      action: change.action,
      lots: changed.map(({ lot, quality, notice }) => ({ lotId: lot.id, noticeId: notice.id, quality })),
      lotsOfOthers: locked.length - lots.length,
      moved,
      trace: await this.traces.of(tx, change.caller, change.lotId),
    };
  }

  /** The lots of the change that the caller decides about; the one that was named must be among them. */
  private async decidedBy(tx: Tx, { caller, lotId, action }: QualityChange, locked: KnownLot[]): Promise<KnownLot[]> {
    const pieces = await this.recalls.lockPieces(
      tx,
      locked.map(({ id }) => id),
    );
    const holders = (id: string): HeldPieces[] => pieces.filter((each) => each.lotId === id);
    const lots = locked.filter(({ id, ownerRegionCode }) => mayDecideAbout(caller, ownerRegionCode, holders(id)));
    const named = lots.find(({ id }) => id === lotId.toLowerCase());
    if (!named) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    nextQuality(named.quality, action);
    if (action === 'withdraw' && (await this.recalls.recallerOf(tx, named.id)) === caller.userId) {
      throw new DomainError('SUPPLIES_RECALL_BY_RECALLER');
    }
    return lots;
  }

  private async movesOf(tx: Tx, { action }: QualityChange, changed: readonly ChangedLot[]): Promise<MovedPieces[]> {
    if (action === 'withdraw') return [];
    if (action === 'release') return this.putBack(tx, changed);
    const pieces = await this.recalls.lockPieces(
      tx,
      changed.map(({ lot }) => lot.id),
    );
    const byLot = new Map(changed.map((each) => [each.lot.id, each]));
    return pieces
      .filter(({ availableBase }) => availableBase > 0)
      .map(({ lotId, depotId, availableBase }) => ({
        changed: byLot.get(lotId) as ChangedLot,
        depotId,
        quantityBase: availableBase,
      }));
  }

  /** Pieces that are past their date by now stay in quarantine. */
  private async putBack(tx: Tx, changed: readonly ChangedLot[]): Promise<MovedPieces[]> {
    const moves: MovedPieces[] = [];
    for (const each of changed) {
      if (whyNotIssuable({ ...each.lot, quality: each.quality }, chinaDay(tx.now))) continue;
      for (const { depotId, takenBase } of await this.recalls.takenSinceGood(tx, each.lot.id)) {
        const there = (await this.quarantine.lock(tx, depotId, [each.lot.id])).get(each.lot.id);
        const quantityBase = putBackBase({ takenBase, unboundBase: unboundBase(there) });
        if (quantityBase > 0) moves.push({ changed: each, depotId, quantityBase });
      }
    }
    return moves;
  }

  private async post(
    tx: Tx,
    change: QualityChange,
    moves: readonly MovedPieces[],
    cause: Cause,
  ): Promise<MovedPiecesResponse[]> {
    if (moves.length === 0) return [];
    const groups = [...Map.groupBy(moves, ({ depotId }) => depotId).values()].flatMap(chunksOf);
    const posted = await this.stock.postAll(
      tx,
      groups.map((group) => movementOf(change, group, cause)),
    );
    const moved = groups.flatMap((group, index) =>
      group.map(({ changed, depotId, quantityBase }) => ({
        noticeId: changed.notice.id,
        lotId: changed.lot.id,
        depotId,
        movementId: posted[index].movementId,
        quantityBase,
      })),
    );
    await this.recalls.insertMovements(tx, moved);
    return moved.map(({ noticeId: _noticeId, ...response }) => response);
  }

  private async announce(tx: Tx, { lot, quality, notice }: ChangedLot, cause: Cause): Promise<void> {
    await this.outbox.add(
      tx,
      LotQualityChanged,
      {
        noticeId: notice.id,
        lotId: lot.id,
        itemCode: lot.itemCode,
        batchNumber: lot.batchNumber,
        ownerRegionCode: lot.ownerRegionCode,
        action: notice.action,
        quality,
        reason: notice.reason,
        noticeNumber: notice.noticeNumber,
        noticeSource: notice.noticeSource,
        changedAt: tx.now.toISOString(),
      },
      cause,
    );
  }
}

/** Of a batch, lots that the action is not for (recalled before) are left as they are. */
function changedLot(lot: KnownLot, change: QualityChange): ChangedLot[] {
  const quality = qualityAfter(lot.quality, change.action);
  if (!quality) return [];
  const { action, reason, caller, noticeNumber = null, noticeSource = null } = change;
  const recorded = { recordedBy: caller.displayName, recordedById: caller.userId };
  const notice = { id: newId(), lotId: lot.id, action, reason, noticeNumber, noticeSource, ...recorded };
  return [{ lot, quality, notice }];
}

function chunksOf(moves: readonly MovedPieces[]): MovedPieces[][] {
  const chunks: MovedPieces[][] = [];
  for (let start = 0; start < moves.length; start += LOTS_PER_MOVEMENT) {
    chunks.push(moves.slice(start, start + LOTS_PER_MOVEMENT));
  }
  return chunks;
}

function movementOf(change: QualityChange, group: readonly MovedPieces[], cause: Cause): MovementToPost {
  const [{ depotId, changed }] = group;
  const isRelease = change.action === 'release';
  const [from, to] = [depotAccount(depotId, 'available'), depotAccount(depotId, 'quarantine')];
  const postings = group.map(({ changed: { lot }, quantityBase }): Posting => ({
    lotId: lot.id,
    itemCode: lot.itemCode,
    expiryDate: lot.expiryDate,
    from: isRelease ? to : from,
    to: isRelease ? from : to,
    quantityBase,
    lineId: null,
  }));
  return {
    movement: {
      businessKey: `${change.action}:${changed.notice.id}:${depotId}`,
      kind: isRelease ? 'put-away' : 'quarantine',
      recordedBy: recorderOf(change.caller),
      depotId,
      note: change.reason,
    },
    postings,
    cause,
  };
}

import { Injectable } from '@nestjs/common';
import { depotAccount, type Account } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import type { Depot } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import { whyNotIssuable } from '../stock/domain/lot';
import type { Posting } from '../stock/domain/posting';
import type { Recorder } from '../stock/domain/recorder';
import { LotsRepository } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import type { AdjustedLine, Line } from './count-lines.repository';
import type { Count } from './counts.repository';
import type { Adjustment } from './domain/plan-adjustments';

interface ApprovedAdjustments {
  readonly count: Count;
  readonly depot: Depot;
  readonly lines: readonly Line[];
  readonly adjustments: readonly Adjustment[];
  readonly by: Recorder;
  readonly note?: string;
}

interface BookedLot {
  readonly id: string;
  readonly account: Account;
  /** Where found pieces go: into quarantine when the lot is held or recalled. */
  readonly foundAccount: Account;
}

/** Keeps one event well below the size the bus takes; a count with more variances is booked in several movements. */
const POSTINGS_PER_MOVEMENT = 1_000;

/** Posts the adjustments of an approved count: what was counted too much comes from, what is missing goes to `count-difference`. */
@Injectable()
export class BookAdjustments {
  constructor(
    private readonly lots: LotsRepository,
    private readonly stock: StockRepository,
  ) {}

  /** @returns the adjustments with the lot and the movement of each */
  async execute(tx: Tx, approved: ApprovedAdjustments, cause: Cause): Promise<(Adjustment & AdjustedLine)[]> {
    const { adjustments } = approved;
    const lots = await this.lotsOf(tx, approved);
    const lines = new Map(approved.lines.map((line) => [line.id, line]));
    const moved = adjustments.filter(({ changeBase }) => changeBase !== 0);
    const postings = moved.map((adjustment) => postingOf(adjustment, lines, lots));
    const movementIds = await this.post(tx, approved, postings, cause);
    const movementOf = new Map(
      moved.map(({ lineId }, index) => [lineId, movementIds[Math.floor(index / POSTINGS_PER_MOVEMENT)]]),
    );
    return adjustments.map((adjustment) => ({
      ...adjustment,
      lotId: (lots.get(adjustment.lineId) as BookedLot).id,
      movementId: movementOf.get(adjustment.lineId) ?? null,
    }));
  }

  private async post(
    tx: Tx,
    { count, depot, by, note }: ApprovedAdjustments,
    postings: readonly Posting[],
    cause: Cause,
  ): Promise<string[]> {
    const list = [];
    for (let start = 0; start < postings.length; start += POSTINGS_PER_MOVEMENT) {
      const header = { businessKey: `count:${count.id}:${start}`, kind: 'count', depotId: depot.id } as const;
      const part = postings.slice(start, start + POSTINGS_PER_MOVEMENT);
      list.push({ movement: { ...header, recordedBy: by, note }, postings: part, cause });
    }
    if (list.length === 0) return [];
    return (await this.stock.postAll(tx, list)).map(({ movementId }) => movementId);
  }

  /** The lot of every line, with the account that is adjusted; batches that nobody knew become lots of origin `found`. */
  private async lotsOf(tx: Tx, { depot, lines }: ApprovedAdjustments): Promise<Map<string, BookedLot>> {
    const unknown = lines.filter(({ lotId }) => lotId === null);
    const made =
      unknown.length === 0
        ? []
        : await this.lots.findOrCreate(
            tx,
            unknown.map((line) => batchOf(line, depot)),
          );
    const today = chinaDay(tx.now);
    const lots = new Map<string, BookedLot>();
    unknown.forEach((line, index) => {
      const lot = made[index];
      const state = line.place === 'quarantine' || whyNotIssuable(lot, today) ? 'quarantine' : 'available';
      const account = depotAccount(depot.id, state);
      lots.set(line.id, { id: lot.id, account, foundAccount: account });
    });
    const known = await this.lots.share(
      tx,
      lines.flatMap(({ lotId }) => (lotId === null ? [] : [lotId])),
    );
    for (const { id, lotId, place } of lines) {
      const state = place === 'shelf' ? 'available' : 'quarantine';
      if (lotId === null) continue;
      const found = known.get(lotId)?.quality === 'good' ? state : 'quarantine';
      const foundAccount = depotAccount(depot.id, found);
      lots.set(id, { id: lotId, account: depotAccount(depot.id, state), foundAccount });
    }
    return lots;
  }
}

/** The depot's region owns what is found in it. */
function batchOf(line: Line, depot: Depot) {
  return {
    itemCode: line.itemCode,
    batchNumber: line.batchNumber,
    productionDate: line.productionDate,
    expiryDate: line.expiryDate,
    origin: 'found' as const,
    ownerRegionCode: depot.regionCode,
    synthetic: false,
  };
}

function postingOf(
  { lineId, changeBase }: Adjustment,
  lines: ReadonlyMap<string, Line>,
  lots: ReadonlyMap<string, BookedLot>,
): Posting {
  const [line, lot] = [lines.get(lineId) as Line, lots.get(lineId) as BookedLot];
  const [from, to]: Account[] =
    changeBase > 0 ? ['count-difference', lot.foundAccount] : [lot.account, 'count-difference'];
  return {
    lotId: lot.id,
    itemCode: line.itemCode,
    expiryDate: line.expiryDate,
    from,
    to,
    quantityBase: Math.abs(changeBase),
    lineId: null,
  };
}

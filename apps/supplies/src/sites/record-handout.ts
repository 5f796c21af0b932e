import { Injectable } from '@nestjs/common';
import { HandoutRecorded, type Caller } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import { IssueOrdersRepository } from '../shipments/issue-orders.repository';
import { chinaDay } from '../stock/domain/calendar';
import type { Posting } from '../stock/domain/posting';
import { recorderOf } from '../stock/domain/recorder';
import { assertLines, reportedTime } from '../stock/domain/request-lines';
import { StockRepository } from '../stock/stock.repository';
import { handoutPostings } from './domain/plan-handout';
import { lineAtSite } from './domain/site-line';
import type { RecordHandoutRequest, RecordHandoutResponse } from './dto/handout.dto';
import { HandoutList } from './handout-list';
import { HandoutsRepository, type Handout } from './handouts.repository';
import { SitesRepository, type Site } from './sites.repository';

export interface HandoutInput {
  readonly siteId: string;
  readonly caller: Caller;
  readonly request: RecordHandoutRequest;
}

/** Records that goods were given to people at a site. */
@Injectable()
export class RecordHandoutUseCase {
  constructor(
    private readonly sites: SitesRepository,
    private readonly orders: IssueOrdersRepository,
    private readonly handouts: HandoutsRepository,
    private readonly list: HandoutList,
    private readonly stock: StockRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Consumed goods leave the books; recoverable ones stay in the site's account and are only recorded as handed out.
   * Announces HandoutRecorded, which stops the relief clock. With a list of households people are counted once per
   * allocation, however often they are served.
   * @throws DomainError in this order: SUPPLIES_SITE_NOT_FOUND (also out of the caller's region), REQUEST_INVALID,
   *   per line SUPPLIES_QUANTITY_EXCEEDS_BALANCE, SUPPLIES_LOT_NOT_ISSUABLE, and for the list what `HandoutList.plan` says
   * Source: plan 004 §23 (control of distribution and use), plan 002 aims (relief clock).
   */
  async execute(tx: Tx, input: HandoutInput, cause: Cause): Promise<RecordHandoutResponse> {
    const { caller, request } = input;
    const site = await this.sites.lockFor(tx, caller, input.siteId);
    assertLines(request.lines, ({ quantityBase }) => quantityBase);
    const handedOutAt = reportedTime(request.handedOutAt, tx.now, '/handedOutAt');
    const planned = await this.plan(tx, site, input);
    const itemOf = (lineId: string) => planned.lines.find((line) => line.lineId.toLowerCase() === lineId)?.itemCode;
    const { served, peopleReached } = await this.list.plan(tx, { site, caller, request, itemOf });
    const handoutId = newId();
    const movementId = await this.post(tx, { handoutId, siteId: site.id, input }, planned.postings, cause);
    const handout: Handout = {
      id: handoutId,
      siteId: site.id,
      allocationId: request.allocationId,
      movementId,
      peopleReached,
      handedOutAt,
      recordedBy: caller.displayName,
      recordedById: caller.userId,
      note: request.note,
      lines: planned.lines,
    };
    await this.handouts.insert(tx, handout);
    const warnings = await this.list.record(tx, site, handoutId, served);
    await this.announce(tx, site, handout, cause);
    const { lines } = planned;
    const households = served.length;
    return {
      handoutId,
      movementId,
      handedOutAt: handedOutAt.toISOString(),
      lines,
      peopleReached,
      households,
      warnings,
    };
  }

  private async plan(tx: Tx, site: Site, { caller, request }: HandoutInput) {
    const { allocationId } = request;
    const lineIds = request.lines.map(({ lineId }) => lineId);
    const atSite = await this.sites.lines(tx, { siteId: site.id, allocationId }, lineIds);
    const rules = {
      today: chinaDay(tx.now),
      overriddenLotIds: await this.orders.overriddenLots(tx, allocationId, caller.userId),
    };
    const postings: Posting[] = [];
    const lines = request.lines.map(({ lineId, quantityBase }) => {
      const line = lineAtSite(atSite, lineId, quantityBase);
      postings.push(...handoutPostings(line, quantityBase, rules));
      return { lineId, itemCode: line.itemCode, quantityBase, consumed: !line.recoverable };
    });
    return { postings, lines };
  }

  private async post(
    tx: Tx,
    { handoutId, siteId, input }: { handoutId: string; siteId: string; input: HandoutInput },
    postings: readonly Posting[],
    cause: Cause,
  ): Promise<string | null> {
    if (postings.length === 0) return null;
    const { allocationId, note } = input.request;
    const header = { businessKey: `hand-out:${handoutId}`, kind: 'hand-out', allocationId, siteId, note } as const;
    return (await this.stock.post(tx, { ...header, recordedBy: recorderOf(input.caller) }, postings, cause)).movementId;
  }

  private async announce(tx: Tx, site: Site, handout: Handout, cause: Cause): Promise<void> {
    await this.outbox.add(
      tx,
      HandoutRecorded,
      {
        allocationId: handout.allocationId,
        incidentId: (await this.orders.incidentOf(tx, site.id, handout.allocationId)) ?? site.incidentId,
        siteId: site.id,
        handoutId: handout.id,
        movementId: handout.movementId,
        lines: [...handout.lines],
        peopleReached: handout.peopleReached,
        recordedBy: handout.recordedBy,
        handedOutAt: handout.handedOutAt.toISOString(),
      },
      cause,
    );
  }
}

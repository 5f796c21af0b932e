import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { lineAtSite } from '../sites/domain/site-line';
import { HandoutListsRepository } from '../sites/handout-lists.repository';
import { SitesRepository } from '../sites/sites.repository';
import { chinaDay } from '../stock/domain/calendar';
import type { Posting } from '../stock/domain/posting';
import { inspectedBase } from '../stock/domain/put-away';
import { assertLines, reportedTime } from '../stock/domain/request-lines';
import { BookReturn } from './book-return';
import { returnPostings } from './domain/plan-return';
import type { RecordReturnRequest, ReturnResponse } from './dto/return.dto';

export interface ReturnInput {
  readonly siteId: string;
  readonly caller: Caller;
  readonly request: RecordReturnRequest;
}

/** Takes goods back from a site into a depot, after inspection. */
@Injectable()
export class RecordReturnUseCase {
  constructor(
    private readonly sites: SitesRepository,
    private readonly depots: DepotsRepository,
    private readonly bookReturn: BookReturn,
    private readonly handoutLists: HandoutListsRepository,
  ) {}

  /**
   * Usable pieces become free stock again, damaged ones go to quarantine, missing ones are written off.
   * @throws DomainError in this order: SUPPLIES_SITE_NOT_FOUND, SUPPLIES_DEPOT_NOT_FOUND (both also out of the caller's
   *   reach), REQUEST_INVALID, and per line SUPPLIES_QUANTITY_EXCEEDS_BALANCE when it never came to the site,
   *   SUPPLIES_ITEM_NOT_RECOVERABLE, SUPPLIES_RETURN_EXCEEDS_DELIVERY
   */
  async execute(tx: Tx, { siteId, caller, request }: ReturnInput, cause: Cause): Promise<ReturnResponse> {
    const site = await this.sites.lockFor(tx, caller, siteId);
    const depot = await this.depots.findFor(tx, caller, request.depotId);
    assertLines(request.lines, inspectedBase);
    const returnedAt = reportedTime(request.returnedAt, tx.now, '/returnedAt');
    const place = { siteId: site.id, allocationId: request.allocationId };
    const lineIds = request.lines.map(({ lineId }) => lineId);
    await this.assertHandout(tx, place, request);
    const atSite = await this.sites.lines(tx, place, lineIds);
    const postings: Posting[] = [];
    const lines = request.lines.map(({ lineId, usableBase, damagedBase, lostBase }) => {
      const inspection = { usableBase, damagedBase, lostBase };
      const line = lineAtSite(atSite, lineId, inspectedBase(inspection));
      postings.push(...returnPostings(depot.id, inspection, line, chinaDay(tx.now)));
      return { lineId: line.lineId, itemCode: line.itemCode, ...inspection };
    });
    const { allocationId, note } = request;
    const goods = { allocationId, depotId: depot.id, caller, returnedAt, note, lines, postings };
    const answer = await this.bookReturn.execute(tx, { from: { siteId: site.id }, ...goods }, cause);
    if (request.handoutId) await this.handoutLists.linkRemainder(tx, answer.returnId, request.handoutId);
    return answer;
  }

  /** The remainder of a hand-out is of its lines, at its site. */
  private async assertHandout(
    tx: Tx,
    place: { readonly siteId: string; readonly allocationId: string },
    { handoutId, lines }: RecordReturnRequest,
  ): Promise<void> {
    if (handoutId === undefined) return;
    const handedOut = await this.handoutLists.linesOf(tx, place, handoutId);
    const isRemainder = handedOut && lines.every(({ lineId }) => handedOut.has(lineId.toLowerCase()));
    if (isRemainder) return;
    const reason = handedOut ? 'did not hand out all of these lines' : 'is no hand-out of this allocation at this site';
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/handoutId', reason }] });
  }
}

import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DraftPurchaseOrders } from '../purchasing/draft-purchase-orders';
import { responseOf } from '../purchasing/drafts.controller';
import { OpenOrders } from '../purchasing/open-orders';
import { mayActAt, type Place } from '../scope';
import { withoutOrdered } from '../standards/domain/needs-of-gaps';
import type { PurchaseNeed } from '../standards/domain/purchase-need';
import { chinaDay, type Day } from '../stock/domain/calendar';
import type { DraftReplenishmentRequest, DraftReplenishmentResponse, ReplenishmentNeedResponse } from './dto/order.dto';
import { RotationNeedsQueries } from './rotation-needs.queries';

/** Needs of one call; more are drafted region by region. */
const MAX_NEEDS = 1000;

/** Hands what rotation leaves to be bought over to purchasing. */
@Injectable()
export class DraftReplenishmentUseCase {
  constructor(
    private readonly needs: RotationNeedsQueries,
    private readonly openOrders: OpenOrders,
    private readonly draftPurchaseOrders: DraftPurchaseOrders,
  ) {}

  /**
   * For depots that are open and that the caller may order for. What is ordered or drafted already, for whatever reason, is not drafted again, also when two ask at once.
   * @throws DomainError SUPPLIES_GAP_LIST_TOO_WIDE; those of the purchasing feature
   * Source: plan 004 §22 (purchase with storage; rotation).
   */
  async execute(
    tx: Tx,
    caller: Caller,
    request: DraftReplenishmentRequest,
    cause: Cause,
  ): Promise<DraftReplenishmentResponse> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('draft orders from gaps', 0))`);
    const page = { ...request, limit: MAX_NEEDS, offset: 0 };
    const { items, total } = await this.needs.needsOn(tx, chinaDay(tx.now), caller, page);
    if (total > MAX_NEEDS) {
      throw new DomainError('SUPPLIES_GAP_LIST_TOO_WIDE', { facts: { needs: total, most: MAX_NEEDS } });
    }
    const receiving = await this.receiving(tx, caller, items);
    const needs = items
      .filter(({ depotId }) => receiving.has(depotId))
      .map((need) => needOf(need, request.neededBy ?? null));
    const open = await this.openOrders.of(tx, [...new Set(needs.map(({ depotId }) => depotId))]);
    const input = { caller, needs: withoutOrdered(needs, open) };
    const { orders, unmet } = responseOf(await this.draftPurchaseOrders.execute(tx, input, cause));
    return { orders, unmet };
  }

  /** Depots that can take goods in and that the caller may order for. */
  private async receiving(tx: Tx, caller: Caller, needs: readonly ReplenishmentNeedResponse[]): Promise<Set<string>> {
    const depots = await tx.query<Place & { readonly id: string }>(
      `SELECT id, region_code AS "regionCode", organisation_id AS "organisationId" FROM depots
       WHERE id = ANY($1) AND state = 'open'`,
      [needs.map(({ depotId }) => depotId)],
    );
    return new Set(depots.filter((depot) => mayActAt(caller, depot)).map(({ id }) => id));
  }
}

const needOf = (need: ReplenishmentNeedResponse, neededBy: Day | null): PurchaseNeed => ({
  itemCode: need.itemCode,
  quantityBase: need.missingBase,
  depotId: need.depotId,
  neededBy,
  reason: `${need.depotCode}: ${need.missingBase} short of the standard of ${need.floorBase} after rotation`,
});

import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DraftPurchaseOrders } from '../purchasing/draft-purchase-orders';
import { responseOf } from '../purchasing/drafts.controller';
import { OpenOrders } from '../purchasing/open-orders';
import { mayActAt, regionPattern } from '../scope';
import { columnsOf, targetOf, type Contribution, type Target } from './domain/target';
import { needsOfGaps, withoutOrdered, type Choice, type ReceivingDepot } from './domain/needs-of-gaps';
import type { DraftOrdersRequest, DraftOrdersResponse, ItemChoice } from './dto/draft-orders.dto';
import { GapsQueries } from './gaps.queries';

/** Orders of one call; more are drafted region by region. */
const MAX_NEEDS = 1000;
const MAX_UNPLACED = 200;

/** Turns the gap list into draft purchase orders under framework agreements. */
@Injectable()
export class DraftOrdersUseCase {
  constructor(
    private readonly gaps: GapsQueries,
    private readonly openOrders: OpenOrders,
    private readonly draftPurchaseOrders: DraftPurchaseOrders,
  ) {}

  /**
   * Goods go to a depot of the place that lacks them, or of the nearest tier above within the caller's reach. What is
   * ordered or drafted already is not drafted again, also when two ask at once.
   * @throws DomainError in this order: REQUEST_INVALID for a choice that does not meet what it is chosen for,
   *   SUPPLIES_GAP_LIST_TOO_WIDE; those of the purchasing feature
   * Source: plan 004 §22 (purchase with storage, emergency and advance purchase).
   */
  async execute(tx: Tx, caller: Caller, request: DraftOrdersRequest, cause: Cause): Promise<DraftOrdersResponse> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('draft orders from gaps', 0))`);
    const { region, day, places, input } = await this.gaps.list(caller, request, tx);
    const plan = {
      depots: await receivers(tx, caller),
      choices: choicesOf(request.choices, input.contributions),
      contributions: input.contributions,
      neededBy: request.neededBy ?? null,
    };
    const { needs, unplaced } = needsOfGaps(places, plan);
    const open = await this.openOrders.of(tx, [...new Set(needs.map(({ depotId }) => depotId))]);
    const rest = withoutOrdered(needs, open);
    if (rest.length > MAX_NEEDS) {
      throw new DomainError('SUPPLIES_GAP_LIST_TOO_WIDE', { facts: { needs: rest.length, most: MAX_NEEDS } });
    }
    const { kind, season } = request;
    const drafts = await this.draftPurchaseOrders.execute(tx, { caller, needs: rest, kind, season }, cause);
    return {
      ...{ day, region, ...responseOf(drafts) },
      unplaced: unplaced.slice(0, MAX_UNPLACED).map(({ target, regionCode, gapBase, why }) => ({
        ...{ regionCode, ...columnsOf(target), gapBase, why },
      })),
    };
  }
}

/** Open depots that the caller may order for, warehouses first. */
async function receivers(tx: Tx, caller: Caller): Promise<ReceivingDepot[]> {
  const rows = await tx.query<ReceivingDepot & { readonly organisationId: string }>(
    `SELECT id AS "depotId", region_code AS "regionCode", organisation_id AS "organisationId" FROM depots
     WHERE region_code LIKE $1 AND state = 'open' ORDER BY kind = 'warehouse' DESC, code`,
    [regionPattern(caller.regionCode)],
  );
  return rows.filter((depot) => mayActAt(caller, depot));
}

function choicesOf(choices: readonly ItemChoice[], contributions: readonly Contribution[]): Map<Target, Choice> {
  const chosen = new Map<Target, Choice>();
  const errors: { pointer: string; reason: string }[] = [];
  choices.forEach(({ itemCode, category = null, capability = null }, index) => {
    const isOne = (category === null) !== (capability === null);
    const target = targetOf({ itemCode: null, category, capability });
    const met = contributions.find((each) => each.itemCode === itemCode && each.target === target);
    if (isOne && met) chosen.set(target, { itemCode, perUnit: met.perUnit });
    else errors.push({ pointer: `/choices/${index}`, reason: 'does not meet what it is chosen for' });
  });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
  return chosen;
}

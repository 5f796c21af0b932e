import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Idempotency, RequestIdentity, RequireAction, causeOfRequest, type Identity } from '@ledger/platform';
import { DraftPurchaseOrders, type ReasonedDrafts } from './draft-purchase-orders';
import { DraftFromNeedsRequest, DraftFromNeedsResponse } from './dto/draft.dto';

@Controller('purchasing/drafts')
export class DraftsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly draftPurchaseOrders: DraftPurchaseOrders,
  ) {}

  /** Turns needs into draft orders under framework agreements, and says which needs no agreement covers. */
  @Post()
  @HttpCode(201)
  @RequireAction('purchase.draft')
  draft(
    @Body() { kind, season, needs }: DraftFromNeedsRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DraftFromNeedsResponse> {
    const wanted = needs.map(({ neededBy = null, ...need }) => ({ ...need, neededBy }));
    const input = { caller: identity.caller, kind, season, needs: wanted };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, async (tx) =>
      responseOf(await this.draftPurchaseOrders.execute(tx, input, cause)),
    );
  }
}

/** Drafts as they are answered. */
export function responseOf({ orders, unmet }: ReasonedDrafts): DraftFromNeedsResponse {
  return {
    orders: orders.map(({ lines, ...order }) => ({
      ...order,
      lines: lines.map(({ need, ...line }) => ({
        ...line,
        itemCode: need.itemCode,
        neededBase: need.quantityBase,
        need: need.reason,
      })),
    })),
    unmet: unmet.map(({ need, quantityBase, why, reasoning }) => ({
      ...{ itemCode: need.itemCode, depotId: need.depotId, quantityBase, why, need: need.reason, reasoning },
    })),
  };
}

import type { Caller } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';

/** What has to be bought, and why: one line of a shortage. */
export interface PurchaseNeed {
  readonly itemCode: string;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
  /** The depot that is to receive the goods. */
  readonly depotId: string;
  /** The day by which they have to be there; null when nothing presses. */
  readonly neededBy: Day | null;
  /** For the people who sign: which standard of which region is not kept, and by how much. */
  readonly reason: string;
}

/** Why no draft could be made for a need. */
export const UNMET_REASONS = ['no-framework', 'too-late', 'no-capacity'] as const;
export type UnmetReason = (typeof UNMET_REASONS)[number];

/** A line of a draft order and the need that it answers. */
export interface DraftedLine {
  readonly need: PurchaseNeed;
  /** May be more than was needed, where the agreement sells whole packs or has a least quantity. */
  readonly quantityBase: number;
  readonly unitPriceFen: number;
  readonly amountFen: number;
}

/** A purchase order in draft, made from one framework agreement for one depot. */
export interface DraftedOrder {
  readonly orderId: string;
  readonly frameworkId: string;
  readonly supplierName: string;
  readonly depotId: string;
  readonly leadTimeDays: number;
  /** Sum of the lines. */
  readonly amountFen: number;
  readonly lines: readonly DraftedLine[];
}

/** A need, or the part of one, that no framework agreement covers. */
export interface UnmetNeed {
  readonly need: PurchaseNeed;
  readonly quantityBase: number;
  readonly why: UnmetReason;
}

export interface PurchaseDrafts {
  readonly orders: readonly DraftedOrder[];
  readonly unmet: readonly UnmetNeed[];
}

/**
 * The service that turns needs into draft purchase orders; the purchasing feature implements it as `DraftPurchaseOrders`
 * and exports it from its module. Framework agreements are chosen by price among those that deliver in time, the
 * shorter lead time first where prices are equal. Drafts bind nobody: they take the purchasing feature's own approval.
 * @typeParam Transaction  `Tx` of the platform; rules know no database, so it is left open here
 * @typeParam Reason  `Cause` of the platform
 */
export interface DraftsPurchaseOrders<Transaction, Reason> {
  execute(
    tx: Transaction,
    input: { readonly caller: Caller; readonly needs: readonly PurchaseNeed[] },
    cause: Reason,
  ): Promise<PurchaseDrafts>;
}

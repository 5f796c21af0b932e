import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository, type Depot } from '../catalogue/depots.repository';
import type {
  DraftedLine,
  DraftedOrder,
  DraftsPurchaseOrders,
  PurchaseDrafts,
  PurchaseNeed,
  UnmetNeed,
} from '../standards/domain/purchase-need';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { chooseAgreements, type AgreementOffer, type ChosenShare } from './domain/choose-agreements';
import type { FrameworkTerms } from './domain/framework-terms';
import { leadTimeRecord } from './domain/lead-time';
import { orderAmountFen } from './domain/order-line';
import type { OrderKind } from './dto/order.dto';
import { FrameworksRepository, serves } from './frameworks.repository';
import { OrdersRepository, type NewOrder } from './orders.repository';
import { SuppliersRepository, isAdmitted } from './suppliers.repository';

export interface NeedsToDraft {
  readonly caller: Caller;
  readonly needs: readonly PurchaseNeed[];
  readonly kind?: OrderKind;
  /** Needed for an advance purchase. */
  readonly season?: string;
  readonly origin?: NewOrder['origin'];
}

export interface ReasonedLine extends DraftedLine {
  readonly packBase: number;
  readonly reasoning: string;
}

export interface ReasonedOrder extends DraftedOrder {
  readonly number: string;
  readonly documentNumber: string;
  readonly lines: readonly ReasonedLine[];
}

/** Drafts with the sentences that say why. */
export interface ReasonedDrafts extends PurchaseDrafts {
  readonly orders: readonly ReasonedOrder[];
  readonly unmet: readonly (UnmetNeed & { readonly reasoning: string })[];
}

/**
 * Turns needs into draft purchase orders, one per agreement and depot. Drafts take nothing from an agreement and bind
 * nobody: they are submitted and signed like any other order.
 * Source: plan 004 §22 (advance purchase, agreement share).
 */
@Injectable()
export class DraftPurchaseOrders implements DraftsPurchaseOrders<Tx, Cause> {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly suppliers: SuppliersRepository,
    private readonly frameworks: FrameworksRepository,
    private readonly orders: OrdersRepository,
  ) {}

  /**
   * @throws DomainError SUPPLIES_DEPOT_NOT_FOUND for a depot out of the caller's reach, REQUEST_INVALID for an advance
   *   purchase without its season, and for a draft beyond what an order may cost
   */
  async execute(tx: Tx, input: NeedsToDraft, _cause: Cause): Promise<ReasonedDrafts> {
    const { kind = 'ordinary', season } = input;
    if (kind === 'advance' && season == null) {
      throw new DomainError('REQUEST_INVALID', {
        errors: [{ pointer: '/season', reason: 'is needed for an advance purchase' }],
      });
    }
    const depots = await this.depotsOf(tx, input);
    const choice = await this.choose(tx, input.needs, depots);
    const orders: ReasonedOrder[] = [];
    for (const shares of ordersOf(choice.shares)) {
      orders.push(await this.draft(tx, { ...input, kind }, depots, shares));
    }
    return { orders, unmet: choice.unmet };
  }

  /** What would be drafted, without drafting it. */
  async choose(tx: Tx, needs: readonly PurchaseNeed[], depots: ReadonlyMap<string, Pick<Depot, 'regionCode'>>) {
    const today = chinaDay(tx.now);
    const itemCodes = [...new Set(needs.map(({ itemCode }) => itemCode))];
    const admitted = (await this.frameworks.inForce(tx, itemCodes, today)).filter((terms) =>
      isAdmitted({ ...terms, state: terms.supplierState }, today),
    );
    const deliveries = await this.suppliers.deliveries(
      tx,
      admitted.map(({ supplierId }) => supplierId),
    );
    const recordOf = (supplierId: string) => leadTimeRecord(deliveries.get(supplierId) ?? [], today);
    const offersOf = (need: PurchaseNeed): AgreementOffer[] => {
      const regionCode = String(depots.get(need.depotId)?.regionCode);
      return admitted
        .filter((terms) => serves(terms, regionCode))
        .flatMap((terms) => offersIn(terms, need.itemCode, recordOf(terms.supplierId)));
    };
    return chooseAgreements(needs, offersOf, today);
  }

  private async depotsOf(tx: Tx, { caller, needs }: NeedsToDraft): Promise<Map<string, Depot>> {
    const depots = new Map<string, Depot>();
    for (const depotId of new Set(needs.map((need) => need.depotId))) {
      depots.set(depotId, await this.depots.findFor(tx, caller, depotId));
    }
    return depots;
  }

  private async draft(
    tx: Tx,
    input: NeedsToDraft & { readonly kind: OrderKind },
    depots: ReadonlyMap<string, Depot>,
    shares: readonly ChosenShare[],
  ): Promise<ReasonedOrder> {
    const [{ offer, need }] = shares;
    const depot = depots.get(need.depotId) as Depot;
    const amountFen = orderAmountFen(shares.map(pricedOf));
    const leadTimeDays = Math.max(...shares.map((share) => share.offer.leadTimeDays));
    const { orderId, number } = await this.orders.insert(tx, {
      ...{ kind: input.kind, depotId: depot.id, place: depot, supplierId: offer.supplierId },
      ...{
        frameworkId: offer.agreementId,
        origin: input.origin ?? 'needs',
        reason: null,
        season: input.season ?? null,
      },
      ...{ neededBy: earliest(shares), leadTimeDays, amountFen, draftedBy: recorderOf(input.caller) },
      lines: shares.map(lineOf),
    });
    const { agreementId: frameworkId, documentNumber, supplierName } = offer;
    return {
      ...{ orderId, number, frameworkId, documentNumber, supplierName, depotId: depot.id, leadTimeDays, amountFen },
      lines: shares.map((share) => ({
        ...{ need: share.need, quantityBase: share.quantityBase, amountFen: share.amountFen },
        ...{ unitPriceFen: share.offer.unitPriceFen, packBase: share.offer.packBase, reasoning: share.reasoning },
      })),
    };
  }
}

function offersIn(terms: FrameworkTerms, itemCode: string, record: AgreementOffer['record']): AgreementOffer[] {
  return terms.items
    .filter((item) => item.itemCode === itemCode)
    .map((item) => ({
      ...{ agreementId: terms.frameworkId, documentNumber: terms.documentNumber, supplierId: terms.supplierId },
      ...{ supplierName: terms.supplierName, itemCode, unitPriceFen: item.unitPriceFen, packBase: item.packBase },
      ...{ minimumBase: item.minimumBase, leadTimeDays: item.leadTimeDays, record },
      ...{ tolerancePermille: terms.tolerancePermille },
      remainingBase: item.maximumBase === null ? null : item.maximumBase - item.calledBase,
    }));
}

const pricedOf = ({ quantityBase, offer }: ChosenShare) => ({
  ...{ quantityBase, packBase: offer.packBase, unitPriceFen: offer.unitPriceFen },
});

/** As many lines as one order may have. */
const MAX_LINES = 200;

/** One order per agreement and depot, or several where it would be too long. */
function ordersOf(shares: readonly ChosenShare[]): ChosenShare[][] {
  return [...Map.groupBy(shares, orderKeyOf).values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MAX_LINES) }, (_, part) =>
      group.slice(part * MAX_LINES, (part + 1) * MAX_LINES),
    ),
  );
}

const orderKeyOf = ({ offer, need }: ChosenShare): string => `${offer.agreementId} ${need.depotId}`;

function earliest(shares: readonly ChosenShare[]): Day | null {
  const days = shares.flatMap(({ need }) => need.neededBy ?? []).sort();
  return days[0] ?? null;
}

const lineOf = ({ need, offer, quantityBase, reasoning }: ChosenShare) => ({
  ...{ itemCode: need.itemCode, quantityBase, packBase: offer.packBase, unitPriceFen: offer.unitPriceFen },
  ...{ tolerancePermille: offer.tolerancePermille, need: need.reason, reasoning },
});
